//! What a draft keeps of its look-up.

use std::sync::Arc;

use crate::models::LookUp;

/// How far the look-up of a draft's names is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Looking {
    /// What is known; `None` if nothing was read yet.
    pub(crate) known: Option<Arc<LookUp>>,
    /// How many searches of how many are made; `None` while no look-up runs.
    pub(crate) running: Option<(usize, usize)>,
}
