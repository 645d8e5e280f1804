//! Tests with a write whether the records accept entries, before a quote depends on it.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

use super::disk::off_the_runtime;
use super::place::Found;
use super::store::Store;
use crate::error::RecordsError;

/// TTL of a successful trial: frequent health checks write once a second at most.
const FRESH: Duration = Duration::from_secs(1);

impl Store {
    /// Tests with a trial write whether the database is in its place and accepts entries.
    pub(crate) async fn try_write(&self, now: Timestamp) -> Result<(), RecordsError> {
        if self.look().await != Found::Same {
            return Err(RecordsError::Astray);
        }
        if self.state().tried.is_some_and(|at| at.elapsed() < FRESH) {
            return Ok(());
        }
        let mut done = self.try_now(now).await;
        if done.as_ref().is_err_and(RecordsError::is_of_the_disk) {
            // SQLite does not say why; a file of our own does.
            done = self.try_disk().await.and(done);
        }
        self.state().tried = done.is_ok().then(Instant::now);
        done
    }

    async fn try_now(&self, now: Timestamp) -> Result<(), RecordsError> {
        self.change(async |change| {
            let query = sqlx::query("UPDATE trial SET at = ?").bind(now.as_second());
            query.execute(change).await?;
            Ok(())
        })
        .await?;
        // The log may have had free space for this write, so free space on the disk is tested too.
        self.try_disk().await
    }

    async fn try_disk(&self) -> Result<(), RecordsError> {
        let Some(place) = self.place().cloned() else { return Ok(()) };
        off_the_runtime(move || place.try_disk()).await
    }
}
