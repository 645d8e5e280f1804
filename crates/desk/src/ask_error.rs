use provider::Refusal;

/// Why a provider gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// A call was made. The partner refused it or did not answer.
    #[error("{0}")]
    Call(Refusal),
    /// The partner refused the account for this reason in the last minute, so no call was made.
    #[error("calls are kept away from a partner that refused the account: {0}")]
    Latched(Refusal),
    /// The day's calls are used up, so no call was made.
    #[error("the day's quota is used up")]
    QuotaUsedUp,
    /// The records do not say how many of the day's calls are used, or do not answer, and this instance holds no
    /// more calls back for that. No call was made, since it might exceed the quota.
    #[error("the records do not count the day's calls now, so none is made")]
    CountUnknown,
    /// Most of the recent attempts failed, so no call was made.
    #[error("the partner is down: calls are kept away for a while")]
    Down,
    /// Too many calls wait for a permit already, so this one was not made.
    #[error("too many wait for a place at the partner")]
    Busy,
    /// No permit was free before the deadline, so no call was made.
    #[error("no place came free within the deadline")]
    Late,
}

impl AskError {
    /// Whether a call was made: it was not if breaker, latch, quota or a full queue prevented it.
    pub fn was_asked(&self) -> bool {
        matches!(self, Self::Call(_))
    }

    /// Whether a call was sent whose refusal depends on the question. A partner that asks to slow down would
    /// refuse any question, and without a connection no question was sent.
    pub fn tells_of_the_question(&self) -> bool {
        match self {
            Self::Call(Refusal::TooManyRequests { .. }) => false,
            Self::Call(refusal) => refusal.was_sent(),
            Self::Latched(_)
            | Self::QuotaUsedUp
            | Self::CountUnknown
            | Self::Down
            | Self::Busy
            | Self::Late => false,
        }
    }

    /// A short name for logs.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Call(refusal) | Self::Latched(refusal) => refusal.name(),
            Self::QuotaUsedUp => "quota_used_up",
            Self::CountUnknown => "count_unknown",
            Self::Down => "down",
            Self::Busy => "busy",
            Self::Late => "late",
        }
    }
}
