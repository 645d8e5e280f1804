//! How far a list has come while it is being quoted.

use domain::Moment;
use records::Counts;
use serde::{Deserialize, Serialize};

/// What a list is doing while it is being quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The list asks for prices.
    Asking,
    /// The calls that are not reserved for shoppers are used up. The list continues by itself at the reset.
    WaitsForQuota {
        /// When the quota resets.
        until: Moment,
    },
    /// The partner does not answer. The list asks again by itself.
    WaitsForPartner {
        /// When the list asks again at the latest.
        until: Moment,
    },
    /// The run has ended: every device is settled, the list was told to stop, or the run failed.
    Ended,
}

/// How far a list has come, and what it is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many rows and devices there are, and how many are settled.
    pub counts: Counts,
    /// What the list is doing.
    pub phase: Phase,
}
