//! Entries that the database rejects because of their content. They are kept in the table `refused`, so that
//! the entries after them can be written.

use super::quota::count_made;
use super::store::Store;
use crate::entry::{Entry, SetAside};
use crate::error::RecordsError;

impl Store {
    /// Writes an entry that was rejected because of `error` to the place for such entries. What it used of
    /// the day's calls is still counted.
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
