//! All that is kept on disk: quotes, attempts at the partner, and how many there were today.

mod backup;
mod error;
mod log;
mod mark;
mod open;
mod place;
mod renew;
mod set_aside;
mod trial;
mod write;

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use domain::{Quote, QuoteId};
use parking_lot::{Mutex as SyncMutex, MutexGuard, RwLock};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, SqliteConnection, SqlitePool};
use tokio::sync::Mutex;
use tokio::time::timeout;

use self::mark::Mark;
use self::open::Database;
use self::place::Place;
use crate::key::Key;

pub use self::backup::{BackupError, Restored};
pub use self::error::RecordsError;
pub(crate) use self::set_aside::SetAside;

/// How long a write waits for another process's. It bounds what a shopper waits for the records.
const LOCKED: Duration = Duration::from_millis(500);
/// How long a write waits for those of the same process.
const BUSY: Duration = Duration::from_secs(3);

/// What is kept on disk: quotes, attempts at the partner, and how many there were today.
/// Clones share everything.
#[derive(Clone, Debug)]
pub struct Records(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    options: SqliteConnectOptions,
    /// Where the database is; `None` for one in memory.
    place: Option<Place>,
    /// Serialises the writers of this process. SQLite allows one writer; a rejected one would back
    /// off for longer than a write takes.
    writing: Mutex<()>,
    /// The database that is open; another one after its file was replaced.
    open: RwLock<Arc<Database>>,
    mark: SyncMutex<Mark>,
    state: SyncMutex<State>,
}

/// What was noticed of the database's files.
#[derive(Debug, Default)]
struct State {
    /// When the files were first found missing or replaced; `None` while they are in place.
    astray: Option<tokio::time::Instant>,
    /// When a trial write last succeeded.
    tried: Option<tokio::time::Instant>,
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
            // A shopper does not wait for the disk: see `Self::sync` and `Self::tidy`.
            .synchronous(SqliteSynchronous::Normal)
            .pragma("wal_autocheckpoint", "0")
            .busy_timeout(LOCKED);
        let path = options.get_filename();
        let is_file = path.parent().is_some_and(|folder| folder != "");
        let place = is_file.then(|| Place::new(path.to_owned()));
        let open = RwLock::new(Arc::new(Database::new(&options, 0)));
        let (mark, state, writing) = Default::default();
        Ok(Self(Arc::new(Inner { options, place, writing, open, mark, state })))
    }

    /// The records in the database at `url`, looked at now. A database that another process holds
    /// is waited for, within [`Self::PATIENCE`].
    ///
    /// # Errors
    /// [`RecordsError`] when that fails.
    pub async fn open(url: &str) -> Result<Self, RecordsError> {
        let records = Self::at(url)?;
        records.prepare().await?;
        Ok(records)
    }

    /// The database that is open, in this version's shape.
    async fn database(&self) -> Result<Arc<Database>, RecordsError> {
        let database = self.current();
        self.prepared(&database).await?;
        Ok(database)
    }

    /// Connections to the database, in this version's shape.
    pub(crate) async fn pool(&self) -> Result<SqlitePool, RecordsError> {
        Ok(self.database().await?.pool.clone())
    }

    /// Makes a change, all of it or nothing. While `work` runs, [`Self::number`] stays.
    pub(crate) async fn change<T>(
        &self,
        work: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T, RecordsError>,
    ) -> Result<T, RecordsError> {
        let _writing = timeout(BUSY, self.0.writing.lock()).await.map_err(|_| RecordsError::Busy)?;
        let database = self.database().await?;
        if self.state().astray.is_some() {
            return Err(RecordsError::Astray);
        }
        let mut connection = database.pool.acquire().await?;
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

    /// The latest quote for what was asked.
    pub(crate) async fn latest(&self, key: &Key) -> Result<Option<Quote>, RecordsError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT quote FROM quotes WHERE key = ? ORDER BY quoted_at DESC LIMIT 1")
                .bind(key.bytes())
                .fetch_optional(&self.pool().await?)
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
            .fetch_optional(&self.pool().await?)
            .await?;
        Ok(row.map(|(json,)| serde_json::from_str(&json)).transpose()?)
    }

    /// Closes the database.
    pub async fn close(&self) {
        self.current().close().await;
    }

    /// Which of the databases that this process opened is open.
    pub(crate) fn number(&self) -> u64 {
        self.current().number
    }

    /// The database that is open, whatever its shape.
    fn current(&self) -> Arc<Database> {
        Arc::clone(&self.0.open.read())
    }

    fn mark(&self) -> MutexGuard<'_, Mark> {
        self.0.mark.lock()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock()
    }
}
