//! What companies mean by the grades of their own scales.

use jiff::Timestamp;

use crate::error::RecordsError;
use crate::list::BatchId;
use crate::records::{Records, on_each};

impl Records {
    /// What the company with that fingerprint means by its own grades: each as it is written, and the trade's word.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn own_grades(&self, company: &[u8]) -> Result<Vec<(String, String)>, RecordsError> {
        on_each!(self, store => store.own_grades(company).await)
    }

    /// Records what the company means by its own grades, in the place of what was recorded of the same ones.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn remember_own_grades(
        &self,
        company: &[u8],
        grades: &[(String, String)],
        now: Timestamp,
    ) -> Result<(), RecordsError> {
        on_each!(self, store => store.remember_own_grades(company, grades, now).await)
    }

    /// Sets what the report of a batch says besides its rows.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn set_batch_remarks(&self, id: BatchId, remarks: &str) -> Result<(), RecordsError> {
        on_each!(self, store => store.set_batch_remarks(id, remarks).await)
    }

    /// What was set with [`Self::set_batch_remarks`]; `None` if nothing was.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn batch_remarks(&self, id: BatchId) -> Result<Option<String>, RecordsError> {
        on_each!(self, store => store.batch_remarks(id).await)
    }
}
