//! A device list, and the work on it.

use lists::{AtWork, Batch};

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
