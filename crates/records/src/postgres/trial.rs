//! Tests with a write whether the records accept entries, before a quote depends on it.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

use super::store::Store;
use crate::error::RecordsError;

/// TTL of a successful trial: frequent health checks write once a second at most.
const FRESH: Duration = Duration::from_secs(1);

impl Store {
    /// Tests with a trial write whether the database accepts entries.
    pub(crate) async fn try_write(&self, now: Timestamp) -> Result<(), RecordsError> {
        if self.tried().is_some_and(|at| at.elapsed() < FRESH) {
            return Ok(());
        }
        let done = self.try_now(now).await;
        *self.tried() = done.is_ok().then(Instant::now);
        done
    }

    async fn try_now(&self, now: Timestamp) -> Result<(), RecordsError> {
        self.change(async |change| {
            sqlx::query("UPDATE trial SET at = $1").bind(now.as_second()).execute(change).await?;
            Ok(())
        })
        .await
    }
}
