use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use domain::{Quote, QuoteId};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, SqliteConnection, SqlitePool};
use tokio::sync::{Mutex, OnceCell};

use crate::entry::{Begun, Entry};
use crate::key::Key;
use crate::quota::Taken;
use crate::{history, quota, searches};

/// How long a write waits for another process's. Nobody who wants a price waits for longer.
const BUSY: Duration = Duration::from_millis(500);

/// What is kept on disk: quotes, attempts at the partner, and how many there were today.
/// Clones share everything.
#[derive(Clone, Debug)]
pub struct Records {
    pool: SqlitePool,
    /// Held by who writes: SQLite lets one write at a time, and whoever it turns away sleeps
    /// for longer than the other writes.
    writing: Arc<Mutex<()>>,
    /// The database's file; `None` for one in memory.
    file: Option<PathBuf>,
    /// Whether the database has this version's shape.
    prepared: Arc<OnceCell<()>>,
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
    /// The disk does not take what was written.
    #[error("the disk failed: {0}")]
    Sync(std::io::Error),
    /// It failed a moment ago and is left alone for another.
    #[error("the database failed a moment ago")]
    Resting,
}

impl RecordsError {
    /// Whether there can be no database at that place at all: a wrong setting, and not a
    /// database in trouble.
    pub fn is_misplaced(&self) -> bool {
        const CANNOT_OPEN: &str = "14";
        let cannot_open = |error: &sqlx::Error| {
            error.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == CANNOT_OPEN)
        };
        match self {
            Self::Folder(_) => true,
            Self::Database(error) | Self::Migration(sqlx::migrate::MigrateError::Execute(error)) => {
                cannot_open(error)
            }
            _ => false,
        }
    }
}

impl Records {
    /// The records in the database at `url` (`sqlite://PATH`), which is looked at only when
    /// something is read or written; file and folder are made then, if need be.
    ///
    /// # Errors
    /// [`RecordsError`] when `url` is none.
    pub fn at(url: &str) -> Result<Self, RecordsError> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Nobody who wants a price waits for the disk: see `Self::sync` and `Self::tidy`.
            .synchronous(SqliteSynchronous::Normal)
            .pragma("wal_autocheckpoint", "0")
            .busy_timeout(BUSY);
        let file =
            Some(options.get_filename()).filter(|path| path.parent().is_some_and(|folder| folder != ""));
        let file = file.map(PathBuf::from);
        let pool =
            SqlitePoolOptions::new().max_connections(4).acquire_timeout(2 * BUSY).connect_lazy_with(options);
        Ok(Self { pool, writing: Arc::default(), file, prepared: Arc::default() })
    }

    /// The records in the database at `url`, looked at now.
    ///
    /// # Errors
    /// [`RecordsError`] when that fails.
    pub async fn open(url: &str) -> Result<Self, RecordsError> {
        let records = Self::at(url)?;
        records.prepare().await?;
        Ok(records)
    }

    /// Makes folder and database, or brings it to this version's shape, unless that is done.
    ///
    /// # Errors
    /// [`RecordsError`] when that fails; everything else tries again.
    pub async fn prepare(&self) -> Result<(), RecordsError> {
        self.pool().await.map(drop)
    }

    /// The database, in this version's shape.
    pub(crate) async fn pool(&self) -> Result<&SqlitePool, RecordsError> {
        let prepare = || async {
            if let Some(folder) = self.file.as_deref().and_then(Path::parent) {
                std::fs::create_dir_all(folder)?;
            }
            // On a connection of its own: one on which a migration failed is of no more use, as in
            // `Self::change`. A database in memory is kept by another meanwhile.
            let _kept = self.pool.acquire().await?;
            let options = SqliteConnectOptions::clone(&self.pool.connect_options());
            let own = SqlitePoolOptions::new().max_connections(1).connect_lazy_with(options);
            let done = sqlx::migrate!().run(&own).await;
            own.close().await;
            Ok::<_, RecordsError>(done?)
        };
        self.prepared.get_or_try_init(prepare).await?;
        Ok(&self.pool)
    }

    /// Writes all of `entries` or none. What is written outlives this process at once, and a
    /// power loss after [`Self::sync`].
    pub(crate) async fn write(&self, entries: &[Entry]) -> Result<(), RecordsError> {
        self.change(async |change| {
            for entry in entries {
                write_one(change, entry).await?;
            }
            Ok(())
        })
        .await
    }

    /// Makes a change, all of it or nothing.
    pub(crate) async fn change<T>(
        &self,
        work: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T, RecordsError>,
    ) -> Result<T, RecordsError> {
        let pool = self.pool().await?;
        let _writing = self.writing.lock().await;
        let mut connection = pool.acquire().await?;
        let done = async {
            let mut change = connection.begin_with("BEGIN IMMEDIATE").await?;
            let done = work(&mut change).await?;
            change.commit().await?;
            Ok(done)
        }
        .await;
        if done.is_err() {
            // SQLite may have rolled the change back by itself, as on a full disk, which sqlx
            // does not learn of: it would refuse to begin another on this connection.
            connection.close_on_drop();
        }
        done
    }

    /// Brings all that was written to the disk. It is what SQLite does at the end of each
    /// change with `synchronous=FULL`, but others can write meanwhile: the log is only ever
    /// added to, and no lock is held on it.
    pub(crate) async fn sync(&self) -> Result<(), RecordsError> {
        let Some(mut log) = self.file.clone().map(PathBuf::into_os_string) else { return Ok(()) };
        log.push("-wal");
        tokio::task::spawn_blocking(move || match File::open(log) {
            Ok(log) => log.sync_data(),
            // All of it is in the database's own file already.
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        })
        .await
        .map_err(|error| RecordsError::Sync(std::io::Error::other(error)))?
        .map_err(RecordsError::Sync)
    }

    /// Moves what was written from the log of the database to its place, so that the log
    /// does not grow. Others may read and write meanwhile.
    pub(crate) async fn tidy(&self) -> Result<(), RecordsError> {
        sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(self.pool().await?).await?;
        Ok(())
    }

    /// The latest quote for what was asked.
    pub(crate) async fn latest(&self, key: &Key) -> Result<Option<Quote>, RecordsError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT quote FROM quotes WHERE key = ? ORDER BY quoted_at DESC LIMIT 1")
                .bind(key.bytes())
                .fetch_optional(self.pool().await?)
                .await?;
        Ok(row.map(|(json,)| serde_json::from_str(&json)).transpose()?)
    }

    /// The quote of that id.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn quote(&self, id: &QuoteId) -> Result<Option<Quote>, RecordsError> {
        let row: Option<(String,)> = sqlx::query_as("SELECT quote FROM quotes WHERE id = ?")
            .bind(id.as_str())
            .fetch_optional(self.pool().await?)
            .await?;
        Ok(row.map(|(json,)| serde_json::from_str(&json)).transpose()?)
    }

    /// Whether the database answers.
    pub(crate) async fn ping(&self) -> Result<(), RecordsError> {
        sqlx::query("SELECT 1").execute(self.pool().await?).await?;
        Ok(())
    }

    /// Closes the database.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Counts and records an attempt whose beginning could not be written: its row.
async fn made(change: &mut SqliteConnection, begun: &Begun, taken: Taken) -> Result<i64, RecordsError> {
    quota::count_made(change, begun, taken).await?;
    Ok(quota::insert_attempt(change, begun, taken.spent().calls).await?)
}

async fn write_one(change: &mut SqliteConnection, entry: &Entry) -> Result<(), RecordsError> {
    let (row, outcome) = match entry {
        Entry::Quoted { key, quote, confirmed } => {
            sqlx::query("INSERT INTO quotes (id, quoted_at, quote, key) VALUES (?, ?, ?, ?)")
                .bind(quote.id.as_str())
                .bind(quote.quoted_at.timestamp().as_second())
                .bind(serde_json::to_string(quote)?)
                .bind(key.as_ref().map(Key::bytes))
                .execute(&mut *change)
                .await?;
            // Public pages show names that the partner gave, never what somebody typed.
            if let Some(model) = confirmed {
                history::add(change, quote, model).await?;
            }
            return Ok(());
        }
        Entry::Found(key, items, at) => return searches::add(change, key, items, *at).await,
        Entry::Ended(row, outcome) => (*row, outcome),
        Entry::Made(begun, taken, outcome) => (made(change, begun, *taken).await?, outcome),
        Entry::NeverLeft { begun, row, taken, outcome } => {
            let row = match row {
                Some(row) => *row,
                None => made(change, begun, *taken).await?,
            };
            quota::give_back(change, begun).await?;
            (row, outcome)
        }
    };
    sqlx::query("INSERT INTO outcomes (attempt, outcome, code, latency_ms) VALUES (?, ?, ?, ?)")
        .bind(row)
        .bind(outcome.name)
        .bind(outcome.code.as_deref())
        .bind(i64::try_from(outcome.latency.as_millis()).unwrap_or(i64::MAX))
        .execute(change)
        .await?;
    Ok(())
}
