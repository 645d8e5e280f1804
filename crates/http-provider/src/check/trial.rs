use std::fmt;
use std::time::Duration;

use domain::{Category, Grade, QuoteRequest};
use jiff::Timestamp;
use provider::Attempt;

use crate::Client;

/// How long each call may take, if it is not said, before it counts as unanswered.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// How many calls are timed if it is not said.
pub const CALLS: usize = 20;

/// What to try a service with.
pub struct Trial<'a> {
    /// The service, with the right secret, and with its own words for grades if it has some.
    pub client: &'a Client,
    /// Which device it is asked about.
    pub about: About,
    /// How many calls are timed.
    pub calls: usize,
    /// How long each call may take before it counts as unanswered.
    pub patience: Duration,
    /// The clock.
    pub now: &'a (dyn Fn() -> Timestamp + Sync),
}

/// Which device a service is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// One that it knows.
    Device(Box<QuoteRequest>),
    /// The first that a search finds.
    First {
        /// Its kind; `None` for any.
        device_type: Option<Category>,
        /// In which grade it is asked about.
        grade: Grade,
    },
}

impl fmt::Debug for Trial<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trial").field("about", &self.about).finish_non_exhaustive()
    }
}

impl Trial<'_> {
    /// A call now.
    pub(super) fn attempt(&self) -> Attempt {
        Attempt { at: (self.now)(), timeout: self.patience }
    }
}
