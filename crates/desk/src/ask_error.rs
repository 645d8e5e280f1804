use provider::Refusal;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// A call was made: the partner refused, or did not answer.
    #[error("{0}")]
    Call(Refusal),
    /// The partner refused the account with this in the last minute; no call was made.
    #[error("calls are kept away from a partner that refused the account: {0}")]
    Latched(Refusal),
    /// The day's calls are used up; none was made.
    #[error("the day's quota is used up")]
    QuotaUsedUp,
    /// How many of the day's calls are used cannot be read from the records; none was made, since it
    /// might be one too many.
    #[error("the records do not say how many of the day's calls are used, so none is made")]
    CountUnknown,
    /// Most of the last attempts failed; none was made.
    #[error("the partner is down: calls are kept away for a while")]
    Down,
    /// Too many wait for a place; none was made.
    #[error("too many wait for a place at the partner")]
    Busy,
    /// No time was left for an attempt.
    #[error("no place came free within the deadline")]
    Late,
}

impl AskError {
    /// Whether a call was made: not where breaker, latch, quota or a full queue kept it away.
    pub fn was_asked(&self) -> bool {
        matches!(self, Self::Call(_))
    }

    /// Whether a call was made whose answer depends on what was asked. A partner that asks to slow
    /// down would say so to any question, and a connection that did not come about asked none.
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
