//! Device lists: kept, read, settled.

use domain::{Failure, QuoteId};
use jiff::Timestamp;

use crate::error::RecordsError;
use crate::list::{Batch, BatchId, BatchRow, BatchState, NewRow, OpenDevice};
use crate::list_rows::{RowCounts, RowsAsked, RowsFound, Worth};
use crate::records::{Records, on_each};

impl Records {
    /// Keeps a list as a batch, which is paused: no price is asked for before it is run. One that could
    /// not be kept as a whole is none.
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

    /// The latest batch of what `fingerprint` stands for that is neither done nor cancelled.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn unfinished_batch(&self, fingerprint: &[u8]) -> Result<Option<BatchId>, RecordsError> {
        on_each!(self, store => store.unfinished_batch(fingerprint).await)
    }

    /// All batches, the latest first.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn batches(&self) -> Result<Vec<Batch>, RecordsError> {
        on_each!(self, store => store.batches().await)
    }

    /// A batch; `None` when there is none of that number.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn batch(&self, id: BatchId) -> Result<Option<Batch>, RecordsError> {
        on_each!(self, store => store.batch(id).await)
    }

    /// Notes how a batch stands. One that is done or cancelled stays so: a pause that comes later
    /// changes nothing.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn set_batch_state(&self, id: BatchId, state: BatchState) -> Result<(), RecordsError> {
        on_each!(self, store => store.set_batch_state(id, state).await)
    }

    /// Deletes a batch with all that it said. Quotes stay as long as any others.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn delete_batch(&self, id: BatchId) -> Result<(), RecordsError> {
        on_each!(self, store => store.delete_batch(id).await)
    }

    /// A page of a batch's rows: those after the row with the number `after`, at most
    /// [`Self::PAGE`].
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn batch_rows(&self, id: BatchId, after: u32) -> Result<Vec<BatchRow>, RecordsError> {
        on_each!(self, store => store.batch_rows(id, after, Self::PAGE as i64).await)
    }

    /// The devices that nothing is known of yet, in the order of the list; with those whose
    /// quote was lost before it could be written.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn open_devices(&self, id: BatchId) -> Result<Vec<OpenDevice>, RecordsError> {
        on_each!(self, store => store.open_devices(id).await)
    }

    /// Notes what is known of a device of a batch.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn settle(
        &self,
        id: BatchId,
        device: u32,
        answer: &Result<QuoteId, Failure>,
    ) -> Result<(), RecordsError> {
        on_each!(self, store => store.settle(id, device, answer).await)
    }

    /// The rows of a batch that are asked for.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn batch_rows_by(&self, id: BatchId, asked: &RowsAsked) -> Result<RowsFound, RecordsError> {
        on_each!(self, store => store.batch_rows_by(id, asked).await)
    }

    /// How many rows of a batch have a price, are known to have none, or are open.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn batch_row_counts(&self, id: BatchId) -> Result<RowCounts, RecordsError> {
        on_each!(self, store => store.batch_row_counts(id).await)
    }

    /// What the devices of a batch are worth, by kind, brand and grade; the dearest first.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn batch_worth(&self, id: BatchId) -> Result<Vec<Worth>, RecordsError> {
        on_each!(self, store => store.batch_worth(id).await)
    }
}
