use std::str::FromStr;
use std::time::Duration;

use domain::{Quote, QuoteId};
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

/// What is kept on disk: quotes by their id.
#[derive(Clone, Debug)]
pub struct Records(SqlitePool);

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

    /// Keeps a quote under its id.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn keep(&self, quote: &Quote) -> Result<(), RecordsError> {
        let json = serde_json::to_string(quote)?;
        sqlx::query("INSERT INTO quotes (id, quoted_at, quote) VALUES (?, ?, ?)")
            .bind(quote.id.as_str())
            .bind(quote.quoted_at.timestamp().as_second())
            .bind(json)
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
