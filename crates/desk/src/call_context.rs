use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

/// How long a device of a list may take in one round. It is long enough for a partner that is
/// slow: no shopper waits for it, since one place is always theirs.
pub(crate) const PATIENCE_OF_A_LIST: Duration = Duration::from_secs(30);

/// How urgent a call to a provider is, which decides on places and quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Priority {
    /// A shopper's request: may use every place and spend the reserve.
    Shopper,
    /// A device list: leaves one place to shoppers and may not spend the reserve.
    List,
    /// Background work: as a device list.
    Background,
}

impl Priority {
    /// Attempts at one question, each time that it is asked. A list asks in rounds, with a pause
    /// between: there, each round is an attempt.
    pub(crate) fn most_attempts(self) -> u32 {
        match self {
            Self::Shopper => 2,
            Self::List | Self::Background => 1,
        }
    }
}

/// What a call is made for: its priority, its deadline, and the merchant that it is counted to.
#[derive(Clone, Debug)]
pub(crate) struct CallContext {
    pub(crate) priority: Priority,
    pub(crate) deadline: Instant,
    /// `None` where no merchant asked: device lists, the command line, what is refreshed by itself.
    pub(crate) merchant: Option<Arc<str>>,
}
