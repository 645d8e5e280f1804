use std::time::Duration;

use tokio::time::Instant;

/// How long a device of a batch may take in all its attempts. Nobody looks on, so it is long
/// enough for a partner that is slow.
pub(crate) const PATIENCE_OF_A_BATCH: Duration = Duration::from_secs(30);

/// Whom a call to the partner is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Somebody waits for the answer.
    Shopper,
    /// A device list: it may not touch the calls kept for shoppers.
    Batch,
    /// Nobody waits: it may not touch them either.
    Background,
}

impl Purpose {
    /// Attempts for one question.
    pub(crate) fn most_attempts(self) -> u32 {
        match self {
            Self::Shopper => 2,
            Self::Batch => 3,
            Self::Background => 1,
        }
    }
}

/// For whom something is asked, and until when an answer helps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Errand {
    pub(crate) purpose: Purpose,
    pub(crate) deadline: Instant,
}
