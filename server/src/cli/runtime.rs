//! The runtime that a command runs on.

use std::future::Future;
use std::time::Duration;

use super::error::CommandError;

/// How long to wait at the end for threads that still block. A thread that writes records to the disk needs
/// less; a thread that waits for a silent name server is given up.
const LAST_THREADS: Duration = Duration::from_millis(200);

/// Runs `work` on a runtime of its own. Ends soon after `work`, even if threads still block.
pub(super) fn block_on<T>(work: impl Future<Output = Result<T, CommandError>>) -> Result<T, CommandError> {
    let runtime = tokio::runtime::Runtime::new()?;
    let done = runtime.block_on(work);
    // Dropping the runtime would wait for these threads without a limit.
    runtime.shutdown_timeout(LAST_THREADS);
    done
}
