//! Decides what follows the end of a round. Functions without I/O.

use std::time::Duration;

use domain::{Failure, Moment, QuoteId};

/// The longest pause, as a multiple of the first.
const LONGEST_PAUSE: u32 = 32;

/// A device with its final result: its quote, or why there is none.
pub(crate) type Settled = (u32, Result<QuoteId, Failure>);

/// The partner's state when an answer is judged.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Standing {
    /// No call is left for lists today, by our own count.
    pub(crate) used_up: bool,
    /// The account is refused. If an answer with a failure is judged: the account is refused, and the failure
    /// is what that refusal leads to.
    pub(crate) refused: bool,
    /// The circuit breaker is open: the partner is down.
    pub(crate) down: bool,
}

/// Why a round ends early, or why the next one cannot begin at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Halt {
    /// The quota is used up until this moment.
    Quota(Moment),
    /// The circuit breaker is open: the partner is down.
    Down,
    /// The calls of at least ten devices failed, and the partner answered for no device.
    Silent,
    /// The latch is shut: the partner refuses the account.
    Latched,
    /// The refusals of the round concern the account: there were three in a row, or the latch doubts the
    /// account and no price of this run has shown that it is in order.
    Refused,
}

/// The result of a round.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ended {
    /// Why the round ended early, or what its end showed; `None` if nothing prevents the next round.
    pub(crate) halt: Option<Halt>,
    /// Whether any device was settled.
    pub(crate) fruitful: bool,
    /// Whether the next round may begin without a pause.
    pub(crate) at_once: bool,
    /// The devices that the end of the round settles.
    pub(crate) settled: Vec<Settled>,
}

/// What follows a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Another round, at once.
    Round,
    /// Another round at the quota's reset.
    WaitForQuota(Moment),
    /// If devices are left, another round after a pause: the partner is down, or calls for some devices
    /// failed.
    WaitForPartner,
    /// No further round: the account is refused.
    Refused,
}

impl Ended {
    /// What follows, given the partner's state now.
    pub(crate) fn next(&self, standing: Standing) -> Next {
        match self.halt {
            // The cause was gone before the round ended.
            Some(Halt::Latched) if !standing.refused => Next::Round,
            Some(Halt::Down) if !standing.down => Next::Round,
            Some(Halt::Latched | Halt::Refused) => Next::Refused,
            Some(Halt::Quota(until)) => Next::WaitForQuota(until),
            None if self.at_once => Next::Round,
            Some(Halt::Down | Halt::Silent) | None => Next::WaitForPartner,
        }
    }

    /// The pause after this round: `first` if a device was settled. Otherwise twice `before`, the pause
    /// before this round, up to 32 times `first`.
    pub(crate) fn pause(&self, before: Duration, first: Duration) -> Duration {
        if self.fruitful { first } else { (before * 2).min(first * LONGEST_PAUSE) }
    }
}
