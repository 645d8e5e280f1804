//! Entries that the database refuses for what is in them: kept in the table `refused`, so that those
//! after them are written.

use super::quota::count_made;
use super::store::Store;
use crate::entry::{Entry, SetAside};
use crate::error::RecordsError;

impl Store {
    /// Adds an entry that was refused because of `error` to the table `refused`. What it spent of the
    /// day's calls is counted all the same.
    pub(crate) async fn set_aside(&self, entry: &Entry, error: &RecordsError) -> SetAside {
        let kept = self.change(async |change| {
            if let Entry::Made(begun, taken, _) = entry {
                count_made(change, begun, *taken).await?;
            }
            sqlx::query("INSERT INTO refused (reason, entry) VALUES ($1, $2)")
                .bind(error.to_string())
                .bind(entry.described().to_string())
                .execute(change)
                .await?;
            Ok(())
        });
        match kept.await {
            Ok(()) => SetAside::Kept,
            Err(error) => {
                tracing::error!(%error, "an entry that was refused cannot be set aside");
                SetAside::Lost
            }
        }
    }
}
