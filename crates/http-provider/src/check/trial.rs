use std::fmt;
use std::time::Duration;

use domain::QuoteRequest;
use jiff::Timestamp;
use provider::Attempt;

use crate::Client;

/// How long each call may take before it counts as unanswered.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many calls are timed if it is not said.
pub const CALLS: usize = 20;

/// What to try a service with.
pub struct Trial<'a> {
    /// The service, with the right secret.
    pub client: &'a Client,
    /// A device that it knows; `None` takes the first of its catalogue.
    pub device: Option<QuoteRequest>,
    /// How many calls are timed.
    pub calls: usize,
    /// The clock.
    pub now: &'a (dyn Fn() -> Timestamp + Sync),
}

impl fmt::Debug for Trial<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trial").field("device", &self.device).finish_non_exhaustive()
    }
}

impl Trial<'_> {
    /// A call now.
    pub(super) fn attempt(&self) -> Attempt {
        Attempt { at: (self.now)(), timeout: PATIENCE }
    }
}
