//! An open database, and what this process knows about it.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Connection, SqliteConnection, SqlitePool};
use tokio::sync::{Mutex, OnceCell};
use tokio::time::Instant;

use super::place::Identity;
use crate::error::RecordsError;

/// How long a write waits for another process's. It limits how long a shopper waits for the records.
pub(super) const LOCKED: Duration = Duration::from_millis(500);

/// A database that is open, or is opened at its first use.
#[derive(Debug)]
pub(super) struct Database {
    pub(super) pool: SqlitePool,
    /// Its number among the databases that this process has opened. Rows of one database mean nothing in
    /// another.
    pub(super) number: u64,
    pub(super) prepared: OnceCell<Prepared>,
}

/// What is known about a database with this version's schema.
#[derive(Debug)]
pub(super) struct Prepared {
    /// Always open, for two reasons: SQLite keeps the write-ahead log, and the content of a file can still be
    /// read after the file was removed. `None` once the records are closed.
    pub(super) keeper: Mutex<Option<SqliteConnection>>,
    /// The files that were opened; `None` if the database is in memory.
    pub(super) identity: Option<Identity>,
    /// The time of the newest record, before this process wrote any; `None` if there is none.
    pub(super) newest: Option<Timestamp>,
    /// When it was opened.
    pub(super) since: Instant,
    /// Shows other processes that this one uses the database.
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

    /// What is known about it; `None` before its first use.
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

/// The lock of a process that uses the database.
#[derive(Debug)]
pub(super) enum Lock {
    /// Several processes may hold it together. It prevents a restore.
    Shared(File),
    /// No other process uses the database, or begins to until this becomes a shared lock.
    Alone(File),
}

impl Lock {
    /// Takes the lock in the file at `path`; `None` if the file system has no locks. `Err` if another process is alone at
    /// the moment.
    pub(super) fn take(path: &Path) -> Result<Option<Self>, ()> {
        let Ok(file) = File::options().create(true).truncate(false).write(true).open(path) else {
            return Ok(None);
        };
        if file.try_lock().is_ok() {
            return Ok(Some(Self::Alone(file)));
        }
        match file.try_lock_shared() {
            Ok(()) => Ok(Some(Self::Shared(file))),
            Err(TryLockError::WouldBlock) => Err(()),
            Err(TryLockError::Error(_)) => Ok(None),
        }
    }

    /// The lock that other processes may hold too; `None` if one took it for itself at this moment.
    pub(super) fn shared(self) -> Option<File> {
        match self {
            Self::Shared(file) => Some(file),
            Self::Alone(file) => file.try_lock_shared().is_ok().then_some(file),
        }
    }
}

/// Whether a process holds the lock; `false` if the file system has no locks.
pub(super) fn is_locked(path: &Path) -> bool {
    let Ok(file) = File::options().write(true).open(path) else { return false };
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

/// The time of the newest record.
pub(super) async fn newest(connection: &mut SqliteConnection) -> Result<Option<Timestamp>, RecordsError> {
    let newest: Option<i64> = sqlx::query_scalar(
        "SELECT max(at) FROM (SELECT max(at) AS at FROM attempts UNION ALL SELECT max(quoted_at) * 1000 FROM quotes)",
    )
    .fetch_one(connection)
    .await?;
    Ok(newest.and_then(|at| Timestamp::from_millisecond(at).ok()))
}
