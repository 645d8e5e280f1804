//! A device list with the work on it.

use lists::{Batch, Progress};

/// The work on a list that is being quoted.
#[derive(Clone, Copy, Debug)]
pub struct AtWork {
    /// How far it has come, and what it is doing.
    pub progress: Progress,
    /// Whether it is stopping: calls in flight are waited for.
    pub stopping: bool,
    /// Devices that became known a second; `None` before the first.
    pub rate: Option<f64>,
}

/// A list with the work on it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The list, as it is recorded.
    pub batch: Batch,
    /// The work on it; `None` while there is none.
    pub work: Option<AtWork>,
    /// Whether it is stopped because the partner refuses the account.
    pub refused: bool,
}
