//! Turns a draft into a recorded list.

use std::panic::resume_unwind;
use std::sync::Arc;

use jiff::Timestamp;
use records::{BatchId, RecordsError};
use sheet::Mapping;

use crate::draft::Draft;
use crate::lists::Lists;
use crate::questions::{record, remember_answers};

impl Lists {
    /// The recorded list with the same fingerprint that is neither done nor cancelled, if there is one.
    ///
    /// # Errors
    /// [`RecordsError`] if the records cannot be read.
    pub async fn unfinished(
        &self,
        draft: &Draft,
        columns: &Mapping,
    ) -> Result<Option<BatchId>, RecordsError> {
        self.records().unfinished_batch(&draft.fingerprint(self.account(), columns).answered).await
    }

    /// Records a draft as a list created at `now`, its columns read by `columns`. The list is not started.
    /// Returns `None` if no row holds a valid device, or if the list has too many rows.
    ///
    /// # Errors
    /// [`RecordsError`] if the list cannot be written.
    pub async fn add(
        &self,
        draft: &Arc<Draft>,
        columns: Mapping,
        now: Timestamp,
    ) -> Result<Option<BatchId>, RecordsError> {
        let fingerprint = draft.fingerprint(self.account(), &columns);
        let reading = Arc::clone(draft);
        // Reading a long list would block an async thread for too long.
        let list = tokio::task::spawn_blocking(move || reading.list(&columns).unwrap_or_default());
        // A panic while reading is a mistake of ours. It goes on here, to be answered and logged as such.
        let list = list.await.unwrap_or_else(|broken| resume_unwind(broken.into_panic()));
        if list.rows.iter().all(|row| row.request.is_err()) {
            return Ok(None);
        }
        remember_answers(self.records(), &draft.company(self.account()), &list, now).await?;
        record(self.records(), draft.name(), &fingerprint, list, now).await.map(Some)
    }
}
