//! How a list that is quoted does.

use domain::Moment;
use records::Counts;

/// What a list that is quoted is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It asks for prices.
    Asking,
    /// The calls that are not kept for shoppers are used up: it goes on by itself then.
    WaitsForQuota {
        /// When the quota resets.
        until: Moment,
    },
    /// The partner does not answer: it tries again by itself then.
    WaitsForPartner {
        /// When it tries again.
        until: Moment,
    },
    /// Nothing is left to do, or it was told to stop.
    Ended,
}

/// How far a list has come, and what it is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How far it has come.
    pub counts: Counts,
    /// What it is doing.
    pub phase: Phase,
}
