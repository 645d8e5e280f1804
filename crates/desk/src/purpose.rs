use std::time::Duration;

use tokio::time::Instant;

/// How long a device of a batch may take in one round. It is long enough for a partner that is
/// slow: no shopper waits for it, since one place is always theirs.
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
    /// Attempts at one question, each time that it is asked. A batch asks in rounds, with a pause
    /// between: there, each round is an attempt.
    pub(crate) fn most_attempts(self) -> u32 {
        match self {
            Self::Shopper => 2,
            Self::Batch | Self::Background => 1,
        }
    }
}

/// For whom something is asked, and until when an answer helps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Errand {
    pub(crate) purpose: Purpose,
    pub(crate) deadline: Instant,
}
