//! A draft becomes a list.

use std::sync::Arc;

use jiff::Timestamp;
use records::{BatchId, RecordsError};
use sheet::Mapping;

use crate::draft::{Draft, new_rows};
use crate::lists::Lists;

impl Lists {
    /// A list of before that is the same, and not at its end.
    ///
    /// # Errors
    /// [`RecordsError`] when that cannot be read.
    pub async fn unfinished(
        &self,
        draft: &Draft,
        columns: &Mapping,
    ) -> Result<Option<BatchId>, RecordsError> {
        self.records().unfinished_batch(&draft.fingerprint(self.account(), columns)).await
    }

    /// Keeps a draft as a list that came `now`, its columns read like this. It is not quoted yet. `None`
    /// where it has no device in it.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be kept.
    pub async fn add(
        &self,
        draft: &Arc<Draft>,
        columns: Mapping,
        now: Timestamp,
    ) -> Result<Option<BatchId>, RecordsError> {
        let fingerprint = draft.fingerprint(self.account(), &columns);
        let reading = Arc::clone(draft);
        // A long list takes a moment to be gone through.
        let rows =
            tokio::task::spawn_blocking(move || reading.list(&columns).map(new_rows).unwrap_or_default());
        let rows = rows.await.unwrap_or_default();
        if rows.iter().all(|row| row.request.is_err()) {
            return Ok(None);
        }
        self.records().add_batch(draft.name(), &fingerprint, &rows, now).await.map(Some)
    }
}
