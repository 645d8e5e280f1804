//! A database that is open, and what this process has to know of it.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Connection, SqliteConnection, SqlitePool};
use tokio::sync::{Mutex, OnceCell};
use tokio::time::Instant;

use super::place::Identity;
use crate::error::RecordsError;

/// How long a write waits for another process's. It bounds what a shopper waits for the records.
pub(super) const LOCKED: Duration = Duration::from_millis(500);

/// A database that is open, or will be at its first use.
#[derive(Debug)]
pub(super) struct Database {
    pub(super) pool: SqlitePool,
    /// Which of the databases that this process opened it is: rows of one mean nothing in another.
    pub(super) number: u64,
    pub(super) prepared: OnceCell<Prepared>,
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
    pub(super) lock: Mutex<Option<File>>,
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

/// A lock that several processes may hold, which keeps a restore away; `None` where the file system
/// has no locks.
pub(super) fn shared_lock(path: &Path) -> Option<File> {
    let file = File::options().create(true).truncate(false).write(true).open(path).ok()?;
    file.try_lock_shared().ok()?;
    Some(file)
}

/// When the newest record was made.
pub(super) async fn newest(connection: &mut SqliteConnection) -> Result<Option<Timestamp>, RecordsError> {
    let newest: Option<i64> = sqlx::query_scalar(
        "SELECT max(at) FROM (SELECT max(at) AS at FROM attempts UNION ALL SELECT max(quoted_at) * 1000 FROM quotes)",
    )
    .fetch_one(connection)
    .await?;
    Ok(newest.and_then(|at| Timestamp::from_millisecond(at).ok()))
}
