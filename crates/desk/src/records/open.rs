//! Opening a database: folder, file, this version's shape, and what this process has to know of it.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Connection, SqliteConnection, SqlitePool};
use tokio::sync::{Mutex, OnceCell};
use tokio::time::{Instant, sleep};

use super::mark::Mark;
use super::place::Identity;
use super::{LOCKED, Records, RecordsError};

/// A database that is open, or will be at its first use.
#[derive(Debug)]
pub(super) struct Database {
    pub(super) pool: SqlitePool,
    /// Which of the databases that this process opened it is: rows of one mean nothing in another.
    pub(super) number: u64,
    prepared: OnceCell<Prepared>,
}

/// What is known of a database in this version's shape.
#[derive(Debug)]
pub(super) struct Prepared {
    /// Always open, so that SQLite keeps the write-ahead log, and what a file held can be read
    /// after it was removed. `None` once the records are closed.
    pub(super) keeper: Mutex<Option<SqliteConnection>>,
    /// The files that were opened; `None` in memory.
    pub(super) identity: Option<Identity>,
    /// When the newest record was made, before this process wrote any; `None` where there is none.
    pub(super) newest: Option<Timestamp>,
    /// When it was opened.
    pub(super) since: Instant,
    /// Says to other processes that this one uses the database.
    lock: Mutex<Option<File>>,
}

impl Database {
    pub(super) fn new(options: &SqliteConnectOptions, number: u64) -> Self {
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(2 * LOCKED)
            .connect_lazy_with(options.clone());
        Self { pool, number, prepared: OnceCell::new() }
    }

    /// What is known of it; `None` before its first use.
    pub(super) fn known(&self) -> Option<&Prepared> {
        self.prepared.get()
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
        let Some(prepared) = self.prepared.get() else { return };
        if let Some(keeper) = prepared.keeper.lock().await.take()
            && let Err(error) = keeper.close().await
        {
            tracing::warn!(%error, "the database was not closed in good order");
        }
        prepared.lock.lock().await.take();
    }
}

impl Records {
    /// How long [`Self::prepare`] waits for a database that another process holds.
    pub const PATIENCE: Duration = Duration::from_secs(5);

    /// Makes folder and database, or brings it to this version's shape, unless that is done.
    ///
    /// # Errors
    /// [`RecordsError`] when that fails; everything else tries again.
    pub async fn prepare(&self) -> Result<(), RecordsError> {
        let patience = Instant::now() + Self::PATIENCE;
        loop {
            match self.database().await {
                Err(error) if error.is_locked() && Instant::now() < patience => {
                    sleep(LOCKED / 5).await;
                }
                done => return done.map(drop),
            }
        }
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
        let lock = place.and_then(|place| shared_lock(&place.beside(".lock")));
        let mut keeper = SqliteConnection::connect_with(&self.0.options).await?;
        // On a connection of its own: one on which a migration failed is of no more use.
        let own = SqlitePoolOptions::new().max_connections(1).connect_lazy_with(self.0.options.clone());
        let done = sqlx::migrate!().run(&own).await;
        own.close().await;
        done?;
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
            lock: Mutex::new(lock),
        })
    }

    /// Learns from the mark beside the database what was counted before.
    fn learn(&self, read: Mark, newest: Option<Timestamp>) {
        if read.is_after(newest) {
            tracing::warn!(
                "the database knows less than was recorded at this place: it is an older copy, or a new one; \
                 the day's calls are counted on from the higher figure"
            );
        }
        self.mark().learn(read);
    }

    /// What time it is by the records: that of the newest one from before this process, and what went
    /// by since it was opened. It is late by the time between, but no clock that is set can move it.
    /// `None` where there was no record.
    pub(crate) fn time_by_records(&self) -> Option<Timestamp> {
        let database = self.current();
        let prepared = database.known()?;
        let gone_by = SignedDuration::try_from(prepared.since.elapsed()).ok()?;
        prepared.newest?.checked_add(gone_by).ok()
    }

    /// For how long the database has been open.
    pub(crate) fn open_for(&self) -> Duration {
        self.current().known().map_or(Duration::ZERO, |prepared| prepared.since.elapsed())
    }
}

/// A lock that several processes may hold, which keeps a restore away; `None` where the file system
/// has no locks.
fn shared_lock(path: &Path) -> Option<File> {
    let file = File::options().create(true).truncate(false).write(true).open(path).ok()?;
    file.try_lock_shared().ok()?;
    Some(file)
}

/// When the newest record was made.
async fn newest(connection: &mut SqliteConnection) -> Result<Option<Timestamp>, RecordsError> {
    let newest: Option<i64> = sqlx::query_scalar(
        "SELECT max(at) FROM (SELECT max(at) AS at FROM attempts UNION ALL SELECT max(quoted_at) * 1000 FROM quotes)",
    )
    .fetch_one(connection)
    .await?;
    Ok(newest.and_then(|at| Timestamp::from_millisecond(at).ok()))
}
