//! The records in an SQLite file: opened at the first use, with this version's schema, and written by one
//! writer of this process at a time.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use parking_lot::{Mutex as SyncMutex, MutexGuard, RwLock};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, SqliteConnection, SqlitePool};
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout};

use super::alone;
use super::database::{Database, LOCKED, Prepared, newest};
use super::lock::{Lock, lock};
use super::mark::Mark;
use super::place::Place;
use super::place_files::Places;
use crate::error::RecordsError;
use crate::schema::{OLDEST_SCHEMA, accept_newer};

/// The migrations from the schema of any earlier version to this version's. A published migration is never
/// changed, because existing databases contain its checksum.
pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// How long a write waits for other writers in this process.
const BUSY: Duration = Duration::from_secs(3);

/// How often a migration is tried, and the pause between two tries.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(50);

/// The records in an SQLite file. Clones share everything.
#[derive(Clone, Debug)]
pub(crate) struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    options: SqliteConnectOptions,
    /// The path of the database; `None` if it is in memory.
    place: Option<Place>,
    /// Serialises the writers of this process. SQLite allows one writer; a rejected one would back
    /// off for longer than a write takes.
    writing: Mutex<()>,
    /// The open database. It is replaced by another when its file was replaced.
    open: RwLock<Arc<Database>>,
    mark: SyncMutex<Mark>,
    state: SyncMutex<State>,
    /// The files that stand for the places at providers.
    places: Places,
}

/// What is known about the database's files.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Since when the files are missing or replaced; `None` while they are in place.
    pub(super) astray: Option<Instant>,
    /// When a trial write last succeeded.
    pub(super) tried: Option<Instant>,
}

/// The path of the database at `url`; `None` if it is in memory, or `url` is no address of an SQLite database.
pub(crate) fn file(url: &str) -> Option<PathBuf> {
    if !url.starts_with("sqlite:") {
        return None;
    }
    file_of(&SqliteConnectOptions::from_str(url).ok()?, url)
}

fn file_of(options: &SqliteConnectOptions, url: &str) -> Option<PathBuf> {
    let is_in_memory = url.contains(":memory:") || url.contains("mode=memory");
    (!is_in_memory).then(|| options.get_filename().to_owned())
}

impl Store {
    /// The records in the database at `url` (`sqlite://PATH`). It is opened at the first read or write, and
    /// file and folder are created then if necessary.
    pub(crate) fn at(url: &str) -> Result<Self, RecordsError> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A shopper does not wait for the disk or for a checkpoint: see `Self::sync` and `Self::tidy`.
            .synchronous(SqliteSynchronous::Normal)
            .pragma("wal_autocheckpoint", "0")
            .busy_timeout(LOCKED);
        let place = file_of(&options, url).map(Place::new);
        let open = RwLock::new(Arc::new(Database::new(&options, 0)));
        let (mark, state, writing, places) = Default::default();
        Ok(Self(Arc::new(Inner { options, place, writing, open, mark, state, places })))
    }

    /// Creates folder and database, or updates the schema to this version's, unless that is done.
    pub(crate) async fn prepare(&self) -> Result<(), RecordsError> {
        self.database().await.map(drop)
    }

    /// The open database, with this version's schema.
    pub(super) async fn database(&self) -> Result<Arc<Database>, RecordsError> {
        let database = self.current();
        self.prepared(&database).await?;
        Ok(database)
    }

    /// Connections to the database, with this version's schema.
    pub(super) async fn pool(&self) -> Result<SqlitePool, RecordsError> {
        Ok(self.database().await?.pool.clone())
    }

    pub(super) async fn prepared<'a>(&self, database: &'a Database) -> Result<&'a Prepared, RecordsError> {
        if database.pool.is_closed() {
            return Err(RecordsError::Closed);
        }
        database.prepared.get_or_try_init(|| self.open_now()).await
    }

    async fn open_now(&self) -> Result<Prepared, RecordsError> {
        let place = self.0.place.as_ref();
        if let Some(place) = place {
            place.make_folder()?;
        }
        let lock = match place {
            Some(place) => lock(place).await?,
            None => None,
        };
        let mut keeper = SqliteConnection::connect_with(&self.0.options).await?;
        migrate(&self.0.options, &mut keeper).await?;
        if let Some(Lock::Alone(_)) = lock
            && let Err(error) = alone::end_leases(&mut keeper).await
        {
            tracing::warn!(%error, "what a killed process held is free only when its time is over");
        }
        let newest = newest(&mut keeper).await?;
        if let Some(place) = place {
            match Mark::read(&place.beside(".mark")) {
                Ok(read) => self.learn(read, newest),
                Err(error) => tracing::warn!(%error, "the mark beside the database cannot be read"),
            }
        }
        Ok(Prepared {
            keeper: Mutex::new(Some(keeper)),
            identity: place.map(|place| place.identity()),
            newest,
            since: Instant::now(),
            lock: Mutex::new(lock.and_then(Lock::shared)),
        })
    }

    /// Merges the counts from the mark beside the database, which was read.
    fn learn(&self, read: Mark, newest: Option<Timestamp>) {
        if read.is_after(newest) {
            tracing::warn!(
                "the database knows less than was recorded at this place: it is an older copy, or a new one; \
                 the day's calls are counted on from the higher figure"
            );
        }
        self.mark().learn(read);
    }

    /// The time by the records; see [`Records::time_by_records`](crate::Records::time_by_records).
    pub(crate) fn time_by_records(&self) -> Option<Timestamp> {
        let database = self.current();
        let prepared = database.known()?;
        let gone_by = SignedDuration::try_from(prepared.since.elapsed()).ok()?;
        prepared.newest?.checked_add(gone_by).ok()
    }

    /// How long the database has been open.
    pub(crate) fn open_for(&self) -> Duration {
        self.current().known().map_or(Duration::ZERO, |prepared| prepared.since.elapsed())
    }

    /// Runs `work` in a transaction, which makes all of its changes or none. While it runs, [`Self::number`] does
    /// not change.
    pub(super) async fn change<T>(
        &self,
        work: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T, RecordsError>,
    ) -> Result<T, RecordsError> {
        self.change_at_once(async |connection| {
            let mut change = connection.begin_with("BEGIN IMMEDIATE").await?;
            let done = work(&mut change).await?;
            change.commit().await?;
            Ok(done)
        })
        .await
    }

    /// As [`Self::change`], for work of one statement, which is a transaction by itself.
    pub(super) async fn change_at_once<T>(
        &self,
        statement: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T, RecordsError>,
    ) -> Result<T, RecordsError> {
        let _writing = timeout(BUSY, self.0.writing.lock()).await.map_err(|_| RecordsError::Busy)?;
        let database = self.database().await?;
        if self.state().astray.is_some() {
            return Err(RecordsError::Astray);
        }
        let mut connection = database.pool.acquire().await?;
        let done = statement(&mut connection).await;
        if done.is_err() {
            // SQLite may have rolled the transaction back by itself, as on a full disk. sqlx does not notice
            // that, and would refuse to begin another transaction on this connection.
            connection.close_on_drop();
        }
        done
    }

    /// Closes the database.
    pub(crate) async fn close(&self) {
        self.current().close().await;
    }

    /// The number of the open database, among those that this process has opened.
    pub(crate) fn number(&self) -> u64 {
        self.current().number
    }

    /// The open database, whatever its schema.
    pub(super) fn current(&self) -> Arc<Database> {
        Arc::clone(&self.0.open.read())
    }

    pub(super) fn mark(&self) -> MutexGuard<'_, Mark> {
        self.0.mark.lock()
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock()
    }

    /// The path of the database; `None` if it is in memory.
    pub(super) fn place(&self) -> Option<&Place> {
        self.0.place.as_ref()
    }

    /// The files that stand for the places at providers.
    pub(super) fn provider_places(&self) -> &Places {
        &self.0.places
    }

    /// The options for connections to the database.
    pub(super) fn options(&self) -> &SqliteConnectOptions {
        &self.0.options
    }

    /// Stops the writers of this process until the guard is dropped.
    pub(super) async fn hold_writers(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.writing.lock().await
    }

    /// Makes `database` the open one.
    pub(super) fn replace(&self, database: Arc<Database>) {
        *self.0.open.write() = database;
    }
}

/// Updates the schema to this version's. SQLite has no lock for that: if another process does the same at
/// this moment, a migration may fail because it is already made. The next try continues after it.
async fn migrate(options: &SqliteConnectOptions, keeper: &mut SqliteConnection) -> Result<(), RecordsError> {
    let mut tries = 1..=TRIES;
    loop {
        // On a separate connection, because a connection on which a migration failed cannot be used again.
        let own = SqlitePoolOptions::new().max_connections(1).connect_lazy_with(options.clone());
        let done = MIGRATIONS.run(&own).await;
        own.close().await;
        let oldest = async || sqlx::query_scalar(OLDEST_SCHEMA).fetch_one(&mut *keeper).await;
        match accept_newer(done, &MIGRATIONS, oldest).await {
            Err(error) if error.is_of_the_statement() && tries.next().is_some() => sleep(PAUSE).await,
            done => return done,
        }
    }
}
