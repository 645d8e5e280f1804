//! The end of a round, and what comes next. Functions without I/O.

use std::time::Duration;

use domain::{Failure, Moment, QuoteId};

/// A pause is at most so many times the first.
const LONGEST_PAUSE: u32 = 32;

/// A device with what is known of it for good: its quote, or why there is none.
pub(crate) type Settled = (u32, Result<QuoteId, Failure>);

/// What is known of the partner at the moment when an answer is judged.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Standing {
    /// No call is left for lists today, by our own count.
    pub(crate) used_up: bool,
    /// The account is refused; beside a failure: and that failure is what this comes to.
    pub(crate) refused: bool,
    /// Calls are kept away from a partner that is down.
    pub(crate) down: bool,
}

/// Why a round ends early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Halt {
    /// The quota is used up until then.
    Quota(Moment),
    /// Calls are kept away from a partner that is down.
    Down,
    /// The partner answered for none of many devices.
    Silent,
    /// Calls are kept away from a partner that refuses the account.
    Latched,
    /// So many refusals in a row are the account's.
    Refused,
}

/// What came of a round.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ended {
    /// Why it ended early.
    pub(crate) halt: Option<Halt>,
    /// Whether anything became known.
    pub(crate) fruitful: bool,
    /// Whether the next round may begin at once.
    pub(crate) at_once: bool,
    /// What the end of the round decides.
    pub(crate) settled: Vec<Settled>,
}

/// What comes after a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Another round, at once.
    Round,
    /// Another round once the quota resets.
    WaitForQuota(Moment),
    /// If devices are left, another round after a pause: the partner is down, or some devices found
    /// it out of order.
    WaitForPartner,
    /// None: the account is refused.
    Refused,
}

impl Ended {
    /// What comes next, by what is known of the partner now.
    pub(crate) fn next(&self, standing: Standing) -> Next {
        match self.halt {
            // The cause was gone again before the round ended.
            Some(Halt::Latched) if !standing.refused => Next::Round,
            Some(Halt::Down) if !standing.down => Next::Round,
            Some(Halt::Latched | Halt::Refused) => Next::Refused,
            Some(Halt::Quota(until)) => Next::WaitForQuota(until),
            None if self.at_once => Next::Round,
            Some(Halt::Down | Halt::Silent) | None => Next::WaitForPartner,
        }
    }

    /// The pause after it, which `before` was the last one of: twice as long where nothing became known.
    pub(crate) fn pause(&self, before: Duration, first: Duration) -> Duration {
        if self.fruitful { first } else { (before * 2).min(first * LONGEST_PAUSE) }
    }
}
