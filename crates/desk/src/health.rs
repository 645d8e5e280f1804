//! Circuit breaker for the database: after a failure, operations are skipped for a second, so that a
//! broken disk does not slow every quote.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use records::RecordsError;
use tokio::time::Instant;

use crate::meters::Meters;

/// How long operations are skipped after a failure.
pub(crate) const REST: Duration = Duration::from_secs(1);

/// An open breaker.
struct Open {
    until: Instant,
    /// The cause's name, and the error's text.
    cause: &'static str,
    why: String,
}

/// The state of reading or of writing. Clones share it.
#[derive(Clone)]
pub(crate) struct Health {
    /// Open until then, because of the last failure; `None` when closed.
    open: Arc<Mutex<Option<Open>>>,
    meters: Arc<Meters>,
}

impl Health {
    pub(crate) fn new(meters: Arc<Meters>) -> Self {
        Self { open: Arc::default(), meters }
    }

    /// Runs `work` unless the breaker is open. Counts and logs its failure.
    ///
    /// # Errors
    /// That of `work`, or [`RecordsError::Resting`] while the breaker is open.
    pub(crate) async fn try_to<T>(
        &self,
        what: &'static str,
        work: impl Future<Output = Result<T, RecordsError>>,
    ) -> Result<T, RecordsError> {
        let done = match self.resting() {
            Some(error) => Err(error),
            None => work.await,
        };
        match &done {
            Ok(_) => *self.state() = None,
            Err(RecordsError::Resting(..)) => self.meters.record_error(),
            Err(error) => {
                self.meters.record_error();
                let (cause, why) = (error.cause(), error.to_string());
                *self.state() = Some(Open { until: Instant::now() + REST, cause, why });
                tracing::error!(%error, "the records failed to {what}; quoting goes on");
            }
        }
        done
    }

    /// Why operations are skipped now; `None` if they are not.
    pub(crate) fn resting(&self) -> Option<RecordsError> {
        let state = self.state();
        let open = state.as_ref().filter(|open| Instant::now() < open.until)?;
        Some(RecordsError::Resting(open.cause, open.why.clone()))
    }

    /// Whether the last operation failed.
    pub(crate) fn is_failing(&self) -> bool {
        self.state().is_some()
    }

    fn state(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock()
    }
}
