//! Device lists in the records, for the pages that show them.

use app::operator::batch::Listed;
use desk::RecordsError;
use domain::Failure;
use lists::{Batch, BatchId, Lists};

/// The list of that number.
///
/// # Errors
/// [`Failure::NotFound`] if there is none.
pub(super) async fn find(lists: &Lists, id: &str) -> Result<Batch, Failure> {
    let id = BatchId(id.parse().map_err(|_| Failure::NotFound)?);
    lists.records().batch(id).await.map_err(unreadable)?.ok_or(Failure::NotFound)
}

/// A list as it was read from the records, with the work on it at this moment.
pub(super) fn listed(lists: &Lists, batch: Batch) -> Listed {
    Listed { work: lists.work_on(&batch), refused: lists.is_refused(&batch), batch }
}

/// The failure for the operator. The cause is logged.
pub(super) fn unreadable(error: RecordsError) -> Failure {
    tracing::error!(%error, "a device list cannot be read or written");
    Failure::Internal { request_id: String::new() }
}
