//! Device lists: add and read them, and set their states.

use jiff::Timestamp;

use crate::error::RecordsError;
use crate::list::{Batch, BatchId, BatchRow, BatchState, NewRow, OpenDevice};
use crate::list_rows::{RowCounts, RowsAsked, RowsFound, Worth};
use crate::records::{Records, on_each};

impl Records {
    /// Adds a list as a batch. The batch is paused: no price is asked for until it is run. If a part of the
    /// list cannot be written, no batch is added.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn add_batch(
        &self,
        name: &str,
        fingerprint: &[u8],
        rows: &[NewRow],
        now: Timestamp,
    ) -> Result<BatchId, RecordsError> {
        on_each!(self, store => store.add_batch(name, fingerprint, rows, now).await)
    }

    /// The latest batch with this fingerprint that is neither done nor cancelled.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn unfinished_batch(&self, fingerprint: &[u8]) -> Result<Option<BatchId>, RecordsError> {
        on_each!(self, store => store.unfinished_batch(fingerprint).await)
    }

    /// When the latest batch with this fingerprint was added, whatever has become of it; `None` if there was none.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn batch_added_at(&self, fingerprint: &[u8]) -> Result<Option<Timestamp>, RecordsError> {
        let at = on_each!(self, store => store.batch_added_at(fingerprint).await)?;
        Ok(at.and_then(|seconds| Timestamp::from_second(seconds).ok()))
    }

    /// All batches, the latest first.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn batches(&self) -> Result<Vec<Batch>, RecordsError> {
        on_each!(self, store => store.batches().await)
    }

    /// The batch with that number; `None` if there is none.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn batch(&self, id: BatchId) -> Result<Option<Batch>, RecordsError> {
        on_each!(self, store => store.batch(id).await)
    }

    /// Sets a batch's state. A batch that is done or cancelled stays so, even if it is paused later.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn set_batch_state(&self, id: BatchId, state: BatchState) -> Result<(), RecordsError> {
        on_each!(self, store => store.set_batch_state(id, state).await)
    }

    /// Deletes a batch and its rows. Its quotes are kept as long as any others.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn delete_batch(&self, id: BatchId) -> Result<(), RecordsError> {
        on_each!(self, store => store.delete_batch(id).await)
    }

    /// A page of a batch's rows: at most [`Self::PAGE`] rows, after the row with the number `after`.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn batch_rows(&self, id: BatchId, after: u32) -> Result<Vec<BatchRow>, RecordsError> {
        on_each!(self, store => store.batch_rows(id, after, Self::PAGE as i64).await)
    }

    /// The devices without a result yet, in the order of the list. This includes devices whose quote was lost
    /// before it could be written.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn open_devices(&self, id: BatchId) -> Result<Vec<OpenDevice>, RecordsError> {
        on_each!(self, store => store.open_devices(id).await)
    }

    /// The rows of a batch that `asked` selects.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn batch_rows_by(&self, id: BatchId, asked: &RowsAsked) -> Result<RowsFound, RecordsError> {
        on_each!(self, store => store.batch_rows_by(id, asked).await)
    }

    /// How many rows of a batch have a price, are known to have none, or have no result yet.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn batch_row_counts(&self, id: BatchId) -> Result<RowCounts, RecordsError> {
        on_each!(self, store => store.batch_row_counts(id).await)
    }

    /// The value of a batch's devices by kind, brand and grade, the highest first.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn batch_worth(&self, id: BatchId) -> Result<Vec<Worth>, RecordsError> {
        on_each!(self, store => store.batch_worth(id).await)
    }
}
