//! The records in PostgreSQL: connected at the first use, with this version's schema.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use parking_lot::{Mutex as SyncMutex, MutexGuard};
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, Executor, PgConnection, PgPool, Postgres};
use tokio::sync::OnceCell;
use tokio::time::{Instant, timeout};

use super::url::options;
use crate::error::RecordsError;
use crate::schema::{OLDEST_SCHEMA, accept_newer};

/// The migrations from the schema of any earlier version to this version's. A published migration is never
/// changed, because existing databases contain its checksum.
pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// How long to wait for a connection. It limits how long a shopper waits for records that cannot be reached.
const WAIT: Duration = Duration::from_secs(1);
/// The most connections at the same time.
const MOST: u32 = 8;
/// The oldest supported version of the server, as the server writes it: all features that are used here exist
/// in it.
const OLDEST: u32 = 15_00_00;
/// Limits for each connection: for a statement, for waiting for a lock, and for a transaction that was begun
/// by a process that hangs.
const BOUNDS: &str = "SET statement_timeout = '5s'; SET lock_timeout = '3s';
    SET idle_in_transaction_session_timeout = '10s'";

/// The records in PostgreSQL. Clones share everything.
#[derive(Clone)]
pub(crate) struct Store(Arc<Inner>);

struct Inner {
    options: PgConnectOptions,
    pool: PgPool,
    prepared: OnceCell<Prepared>,
    /// When a trial write last succeeded.
    tried: SyncMutex<Option<Instant>>,
}

/// What is known about a database with this version's schema.
struct Prepared {
    /// The time of the newest record, before this process wrote any; `None` if there is none.
    newest: Option<Timestamp>,
    /// When it was opened.
    since: Instant,
}

/// Leaves the address out, since it contains a password.
impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

impl Store {
    /// The records in the database at `url` (`postgres://…`). It is opened at the first read or write.
    pub(crate) fn at(url: &str) -> Result<Self, RecordsError> {
        let options = options(url)?;
        let pool = PgPoolOptions::new()
            .max_connections(MOST)
            .acquire_timeout(WAIT)
            .after_connect(|connection, _| {
                Box::pin(async move { connection.execute(BOUNDS).await.map(drop) })
            })
            .connect_lazy_with(options.clone());
        let (prepared, tried) = Default::default();
        Ok(Self(Arc::new(Inner { options, pool, prepared, tried })))
    }

    /// Updates the schema to this version's, unless that is done.
    pub(crate) async fn prepare(&self) -> Result<(), RecordsError> {
        self.0.prepared.get_or_try_init(|| self.open_now()).await.map(drop)
    }

    /// A connection to the database, with this version's schema.
    pub(super) async fn connection(&self) -> Result<PoolConnection<Postgres>, RecordsError> {
        if self.0.pool.is_closed() {
            return Err(RecordsError::Closed);
        }
        // Callers that need the database prepared wait for one another, but none of them for long.
        timeout(WAIT, self.prepare()).await.map_err(|_| unreachable())??;
        self.0.pool.acquire().await.map_err(|error| match error {
            sqlx::Error::PoolTimedOut => unreachable(),
            sqlx::Error::PoolClosed => RecordsError::Closed,
            error => error.into(),
        })
    }

    /// Runs `work` in a transaction, which makes all of its changes or none.
    pub(super) async fn change<T>(
        &self,
        work: impl AsyncFnOnce(&mut PgConnection) -> Result<T, RecordsError>,
    ) -> Result<T, RecordsError> {
        let mut connection = self.connection().await?;
        let mut change = connection.begin().await?;
        let done = work(&mut change).await?;
        change.commit().await?;
        Ok(done)
    }

    async fn open_now(&self) -> Result<Prepared, RecordsError> {
        // On a separate connection, because a migration of much data may take longer than a shopper waits.
        let connecting = timeout(WAIT, PgConnection::connect_with(&self.0.options));
        let mut connection = connecting.await.map_err(|_| unreachable())??;
        if let Some(version) = connection.server_version_num().filter(|version| *version < OLDEST) {
            return Err(RecordsError::TooOld(version / 10_000));
        }
        // On another connection, because a connection on which a migration failed cannot be used again.
        let own = PgPoolOptions::new().max_connections(1).connect_lazy_with(self.0.options.clone());
        let done = MIGRATIONS.run(&own).await;
        own.close().await;
        let oldest = async || sqlx::query_scalar(OLDEST_SCHEMA).fetch_one(&mut connection).await;
        accept_newer(done, &MIGRATIONS, oldest).await?;
        let newest: Option<i64> = sqlx::query_scalar(
            "SELECT max(at) FROM (
                SELECT max(at) AS at FROM attempts UNION ALL SELECT max(quoted_at) * 1000 FROM quotes) newest",
        )
        .fetch_one(&mut connection)
        .await?;
        connection.close().await?;
        let newest = newest.and_then(|at| Timestamp::from_millisecond(at).ok());
        Ok(Prepared { newest, since: Instant::now() })
    }

    /// See [`Records::time_by_records`](crate::Records::time_by_records).
    pub(crate) fn time_by_records(&self) -> Option<Timestamp> {
        let prepared = self.0.prepared.get()?;
        let gone_by = SignedDuration::try_from(prepared.since.elapsed()).ok()?;
        prepared.newest?.checked_add(gone_by).ok()
    }

    /// How long the database has been open.
    pub(crate) fn open_for(&self) -> Duration {
        self.0.prepared.get().map_or(Duration::ZERO, |prepared| prepared.since.elapsed())
    }

    /// Closes all connections.
    pub(crate) async fn close(&self) {
        self.0.pool.close().await;
    }

    pub(super) fn tried(&self) -> MutexGuard<'_, Option<Instant>> {
        self.0.tried.lock()
    }
}

fn unreachable() -> RecordsError {
    RecordsError::Unreachable(WAIT)
}
