//! A device list with the work on it.

use desk::{Batch, Progress};

/// How a list that is being quoted does.
#[derive(Clone, Copy, Debug)]
pub struct AtWork {
    /// How far it has come, and what it is doing.
    pub progress: Progress,
    /// Whether it was told to stop and lets the calls that are under way end.
    pub stopping: bool,
    /// Devices that became known a second; `None` before the first.
    pub rate: Option<f64>,
}

/// A list and how it does.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The list, as it is recorded.
    pub batch: Batch,
    /// How it does; `None` while it stands still.
    pub work: Option<AtWork>,
    /// Whether it stands still because the partner refuses the account.
    pub refused: bool,
}
