//! Repeats work while another process holds the database.

use std::time::Duration;

use tokio::time::Instant;

use crate::error::RecordsError;

/// How long work is repeated for a locked database.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// The pause between two tries.
pub(crate) const PAUSE: Duration = Duration::from_millis(100);

/// When the first try began.
pub(crate) struct Patience(Instant);

impl Patience {
    pub(crate) fn begin() -> Self {
        Self(Instant::now())
    }

    /// Whether work that failed with `error` is tried again. If the database was locked, the failed work has
    /// changed nothing.
    pub(crate) fn lasts(&self, error: &RecordsError) -> bool {
        error.is_locked() && self.0.elapsed() < PATIENCE
    }
}

/// Does some work, and repeats it while the database is locked, for up to [`PATIENCE`]. This is a macro
/// because the future of an async closure that borrows is not known to be `Send` (rust-lang/rust issue
/// 110338).
macro_rules! patiently {
    ($work:expr) => {{
        let patience = $crate::patience::Patience::begin();
        loop {
            match $work {
                Err(error) if patience.lasts(&error) => tokio::time::sleep($crate::patience::PAUSE).await,
                done => break done,
            }
        }
    }};
}
pub(crate) use patiently;
