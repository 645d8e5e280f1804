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
    /// are known. The list is not started. `former` is the list that was made of the same draft before: the new one counts as
    /// added then, so that what has a price since is not asked for again.
    /// Returns `None` if no row holds a valid device or waits for an answer, or if the list has too many rows.
    ///
    /// # Errors
    /// [`RecordsError`] if the list cannot be written.
    pub async fn add(
        &self,
        draft: &Arc<Draft>,
        columns: Mapping,
        former: Option<BatchId>,
        now: Timestamp,
    ) -> Result<Option<BatchId>, RecordsError> {
        let fingerprint = draft.fingerprint(self.account(), &columns);
        let resolved = draft.resolved(self.0.runner.quoter(), &columns).await;
        let list = resolved.map(|resolved| resolved.list).unwrap_or_default();
        if list.rows.iter().all(|row| row.request.is_err() && row.questions.is_empty()) {
            return Ok(None);
        }
        remember_answers(self.records(), &draft.company(self.account()), &list, now).await?;
        let former = match former {
            Some(id) => self.records().batch(id).await?.map(|list| list.created_at.timestamp()),
            None => None,
        };
        record(self.records(), draft.name(), &fingerprint, list, former.unwrap_or(now)).await.map(Some)
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
