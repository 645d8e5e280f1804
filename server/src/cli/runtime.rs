use std::future::Future;
use std::time::Duration;

use super::error::CommandError;

/// How long threads that still block are waited for when a command is done: one that brings records to the disk
/// needs less, and one that asks a silent name server is given up.
const LAST_THREADS: Duration = Duration::from_millis(200);

/// Runs `work` on a runtime of its own, and ends when it does, whatever its threads are at.
pub(super) fn block_on<T>(work: impl Future<Output = Result<T, CommandError>>) -> Result<T, CommandError> {
    let runtime = tokio::runtime::Runtime::new()?;
    let done = runtime.block_on(work);
    // Dropped, it would wait for them without a bound.
    runtime.shutdown_timeout(LAST_THREADS);
    done
}
