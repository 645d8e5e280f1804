use std::str::FromStr;
use std::time::Duration;

use domain::{Quote, QuoteId};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::key::Key;

/// What is kept on disk: quotes, attempts at the partner, and how many there were today.
#[derive(Clone, Debug)]
pub struct Records(SqlitePool);

/// One attempt at the partner, as it is recorded: no secret, no signature, and nothing
/// that tells who asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempted<'a> {
    /// When it was made.
    pub(crate) at: Timestamp,
    /// The call's name.
    pub(crate) call: &'static str,
    /// 1 for the first of a request.
    pub(crate) attempt: u32,
    /// The parameters.
    pub(crate) parameters: &'a serde_json::Value,
    /// `ok`, or the error's name.
    pub(crate) outcome: &'static str,
    /// How long it took.
    pub(crate) latency: Duration,
    /// Calls of the day, this one included.
    pub(crate) quota_used: u32,
}

/// The records cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum RecordsError {
    /// The folder of the database cannot be made.
    #[error("the folder of the database cannot be made: {0}")]
    Folder(#[from] std::io::Error),
    /// The database cannot be brought to this version's shape.
    #[error("the database cannot be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A record that cannot be read back.
    #[error("a record cannot be read: {0}")]
    Garbled(#[from] serde_json::Error),
}

impl Records {
    /// Opens the database at `url` (`sqlite://PATH`), making file and folder if need be.
    ///
    /// # Errors
    /// [`RecordsError`] when that fails.
    pub async fn open(url: &str) -> Result<Self, RecordsError> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // What was recorded is still there after a power loss.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(2));
        if let Some(folder) = options.get_filename().parent() {
            std::fs::create_dir_all(folder)?;
        }
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await?;
        sqlx::migrate!().run(&pool).await?;
        Ok(Self(pool))
    }

    pub(crate) fn pool(&self) -> &SqlitePool {
        &self.0
    }

    /// Keeps a quote under its id and, if the partner answered it, under what was asked.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub(crate) async fn keep(&self, key: Option<&Key>, quote: &Quote) -> Result<(), RecordsError> {
        let json = serde_json::to_string(quote)?;
        sqlx::query("INSERT INTO quotes (id, quoted_at, quote, key) VALUES (?, ?, ?, ?)")
            .bind(quote.id.as_str())
            .bind(quote.quoted_at.timestamp().as_second())
            .bind(json)
            .bind(key.map(Key::bytes))
            .execute(&self.0)
            .await?;
        Ok(())
    }

    /// The latest quote for what was asked.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub(crate) async fn latest(&self, key: &Key) -> Result<Option<Quote>, RecordsError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT quote FROM quotes WHERE key = ? ORDER BY quoted_at DESC LIMIT 1")
                .bind(key.bytes())
                .fetch_optional(&self.0)
                .await?;
        Ok(row.map(|(json,)| serde_json::from_str(&json)).transpose()?)
    }

    /// Takes one of the calls of `day` that `app_id` may make: how many were taken with
    /// it, or `None` when all `most` are.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be counted.
    pub(crate) async fn take_call(
        &self,
        app_id: &str,
        day: Date,
        most: u32,
    ) -> Result<Option<u32>, RecordsError> {
        let row: Option<(u32,)> = sqlx::query_as(
            "INSERT INTO quota (app_id, day, used) SELECT ?1, ?2, 1 WHERE ?3 > 0
             ON CONFLICT (app_id, day) DO UPDATE SET used = used + 1 WHERE used < ?3
             RETURNING used",
        )
        .bind(app_id)
        .bind(day.to_string())
        .bind(most)
        .fetch_optional(&self.0)
        .await?;
        Ok(row.map(|(used,)| used))
    }

    /// Records an attempt.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub(crate) async fn note(&self, attempted: &Attempted<'_>) -> Result<(), RecordsError> {
        sqlx::query(
            "INSERT INTO attempts (at, call, attempt, parameters, outcome, latency_ms, quota_used)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(attempted.at.as_millisecond())
        .bind(attempted.call)
        .bind(attempted.attempt)
        .bind(attempted.parameters.to_string())
        .bind(attempted.outcome)
        .bind(i64::try_from(attempted.latency.as_millis()).unwrap_or(i64::MAX))
        .bind(attempted.quota_used)
        .execute(&self.0)
        .await?;
        Ok(())
    }

    /// The quote of that id.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn quote(&self, id: &QuoteId) -> Result<Option<Quote>, RecordsError> {
        let row: Option<(String,)> = sqlx::query_as("SELECT quote FROM quotes WHERE id = ?")
            .bind(id.as_str())
            .fetch_optional(&self.0)
            .await?;
        Ok(row.map(|(json,)| serde_json::from_str(&json)).transpose()?)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`RecordsError`] when it does not.
    pub async fn ping(&self) -> Result<(), RecordsError> {
        sqlx::query("SELECT 1").execute(&self.0).await?;
        Ok(())
    }

    /// Writes what is left to write and closes the database.
    pub async fn close(&self) {
        self.0.close().await;
    }
}
