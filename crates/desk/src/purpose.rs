use tokio::time::Instant;

/// Whom a call to the partner is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Somebody waits for the answer.
    Shopper,
    /// Nobody does: it may not touch the calls kept for shoppers.
    Background,
}

impl Purpose {
    /// Attempts for one question.
    pub(crate) fn most_attempts(self) -> u32 {
        match self {
            Self::Shopper => 2,
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
