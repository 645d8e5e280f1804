//! Whether the database works. One that failed is left alone for a moment, so that nobody
//! who wants a price waits for it again and again.

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::meters::Meters;
use crate::records::RecordsError;

/// How long a database that failed is left alone.
pub(crate) const REST: Duration = Duration::from_secs(1);

/// How reading or writing does. Clones share it.
#[derive(Clone)]
pub(crate) struct Health {
    /// Until when it is left alone; `None` if it worked the last time.
    resting_until: Arc<Mutex<Option<Instant>>>,
    meters: Arc<Meters>,
}

impl Health {
    pub(crate) fn new(meters: Arc<Meters>) -> Self {
        Self { resting_until: Arc::default(), meters }
    }

    /// Does something with the database, unless it failed a moment ago; counts and logs when
    /// it fails.
    pub(crate) async fn try_to<T>(
        &self,
        what: &'static str,
        work: impl Future<Output = Result<T, RecordsError>>,
    ) -> Result<T, RecordsError> {
        let done = if self.is_resting() { Err(RecordsError::Resting) } else { work.await };
        match &done {
            Ok(_) => *self.state() = None,
            Err(RecordsError::Resting) => self.meters.record_error(),
            Err(error) => {
                self.meters.record_error();
                *self.state() = Some(Instant::now() + REST);
                tracing::error!(%error, "the records failed to {what}; quoting goes on");
            }
        }
        done
    }

    /// Whether it failed a moment ago and is left alone.
    pub(crate) fn is_resting(&self) -> bool {
        self.state().is_some_and(|until| Instant::now() < until)
    }

    /// Whether it failed the last time.
    pub(crate) fn is_failing(&self) -> bool {
        self.state().is_some()
    }

    fn state(&self) -> MutexGuard<'_, Option<Instant>> {
        self.resting_until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
