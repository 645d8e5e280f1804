//! An open database, and what this process knows about it.

use std::fs::File;
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

/// The time of the newest record.
pub(super) async fn newest(connection: &mut SqliteConnection) -> Result<Option<Timestamp>, RecordsError> {
    let newest: Option<i64> = sqlx::query_scalar(
        "SELECT max(at) FROM (SELECT max(at) AS at FROM attempts UNION ALL SELECT max(quoted_at) * 1000 FROM quotes)",
    )
    .fetch_one(connection)
    .await?;
    Ok(newest.and_then(|at| Timestamp::from_millisecond(at).ok()))
}
