//! Waiting for a database that another process holds.

use std::time::Duration;

use tokio::time::Instant;

use crate::error::RecordsError;

/// How long is waited for it in all.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// How long is waited between two tries.
pub(crate) const PAUSE: Duration = Duration::from_millis(100);

/// Since when the database has been waited for.
pub(crate) struct Patience(Instant);

impl Patience {
    pub(crate) fn begin() -> Self {
        Self(Instant::now())
    }

    /// Whether what failed with `error` is worth another try: a locked database has done nothing of it.
    pub(crate) fn lasts(&self, error: &RecordsError) -> bool {
        error.is_locked() && self.0.elapsed() < PATIENCE
    }
}

/// Does some work, and again while the database is locked, within [`PATIENCE`]. A macro, since a future of
/// an async closure that borrows is not known to be `Send` (rust-lang/rust issue 110338).
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
