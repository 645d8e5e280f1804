//! Turns a draft into a recorded list.

use std::sync::Arc;

use desk::Desks;
use jiff::Timestamp;
use records::{BatchId, RecordsError};
use sheet::Mapping;

use crate::asked::ask_all;
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

    /// Records a draft as a list created at `now`, its columns read by `columns` and its models resolved as far as they
    /// are known. The list is not started.
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
        let resolved = draft.resolved(self.0.runner.quoter(), &columns).await;
        let list = resolved.map(|resolved| resolved.list).unwrap_or_default();
        if list.rows.iter().all(|row| row.request.is_err()) {
            return Ok(None);
        }
        remember_answers(self.records(), &draft.company(self.account()), &list, now).await?;
        record(self.records(), draft.name(), &fingerprint, list, now).await.map(Some)
    }

    /// The desks of all providers, the one that each list asks first.
    pub fn desks(&self) -> &Desks {
        self.0.runner.desks()
    }

    /// Lets a list that was added ask all providers; see [`ask_all`].
    ///
    /// # Errors
    /// As there.
    pub async fn ask_all(&self, id: BatchId) -> Result<(), RecordsError> {
        ask_all(self.desks(), id).await
    }
}
