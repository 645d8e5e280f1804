use app::pages::batch::Listed;
use desk::{Batch, BatchId, RecordsError};
use domain::Failure;

use crate::batches::Batches;

/// The list of that number.
pub(super) async fn find(batches: &Batches, id: &str) -> Result<Batch, Failure> {
    let id = BatchId(id.parse().map_err(|_| Failure::NotFound)?);
    batches.records().batch(id).await.map_err(unreadable)?.ok_or(Failure::NotFound)
}

/// A list, as it was read a moment ago, and how it does now.
pub(super) fn listed(batches: &Batches, batch: Batch) -> Listed {
    Listed { work: batches.at_work(batch.id), refused: batches.is_refused(batch.id), batch }
}

/// The cause is the log's.
pub(super) fn unreadable(error: RecordsError) -> Failure {
    tracing::error!(%error, "a device list cannot be read or written");
    Failure::Internal { request_id: String::new() }
}
