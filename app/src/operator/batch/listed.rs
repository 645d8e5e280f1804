//! A device list, and the work on it.

use desk::{Batch, Progress};

/// The work on a list that is being quoted.
#[derive(Clone, Copy, Debug)]
pub struct AtWork {
    /// Its progress, and what it is doing.
    pub progress: Progress,
    /// Whether it is stopping: it waits for calls under way.
    pub stopping: bool,
    /// Devices that got a result, per second; `None` before the first.
    pub rate: Option<f64>,
}

/// A list, and the work on it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The list, as it is recorded.
    pub batch: Batch,
    /// The work on it; `None` while there is none.
    pub work: Option<AtWork>,
    /// Whether it has stopped because the partner refuses the account.
    pub refused: bool,
}
