use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::Instant;

/// How long a call for a device list may take in one round. It is long enough for a slow partner: no shopper
/// waits for it, because one permit is left for shoppers if there is more than one.
pub(crate) const PATIENCE_OF_A_LIST: Duration = Duration::from_secs(30);

/// How urgent a call to a provider is. This decides which permits and which part of the quota it may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Priority {
    /// A shopper's request: may use every permit and spend the reserve.
    Shopper,
    /// A device list: leaves one permit to shoppers, if there is more than one, and may not spend the
    /// reserve.
    List,
    /// Background work: as a device list, but with a shopper's deadline.
    Background,
}

impl Priority {
    /// The most attempts each time that a question is asked. A list makes one attempt in each of its rounds,
    /// with a pause between them.
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
    /// `None` if no merchant asked: device lists, the command line, and prices that are refreshed in the
    /// background.
    pub(crate) merchant: Option<Arc<str>>,
    /// For a caller that holds a lease: no call begins after its end.
    pub(crate) lease: Option<LeaseEnd>,
    /// The turn of a device list. It ends with the call, so that the next call begins while this answer is recorded.
    #[expect(dead_code, reason = "ends the turn when it is dropped")]
    pub(crate) turn: Option<Arc<Turn>>,
}

/// One of the calls that all device lists together may have in flight, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    _permit: OwnedSemaphorePermit,
}

impl Turn {
    pub(crate) fn new(permit: OwnedSemaphorePermit) -> Self {
        Self { _permit: permit }
    }
}

/// The end of a caller's lease. It moves when the lease is renewed.
pub type LeaseEnd = watch::Receiver<Instant>;

impl CallContext {
    /// Whether the caller's lease, if it needs one, has not ended.
    pub(crate) fn may_begin(&self) -> bool {
        self.lease.as_ref().is_none_or(|lease| Instant::now() < *lease.borrow())
    }
}
