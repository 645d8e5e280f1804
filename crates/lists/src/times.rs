//! The times by which instances follow each other.

use std::time::Duration;

/// How long a lease lives without being renewed. It is renewed at a third of this, and other instances look for
/// lists without a live lease every few seconds, so a list goes on well within 30 s after its instance was killed.
pub(crate) const LIFE: Duration = Duration::from_secs(12);

/// The times by which instances follow each other.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// How long the lease of a list lives without being renewed; a minute at most.
    pub life: Duration,
    /// The pause between two looks for lists that no instance quotes.
    pub look: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self { life: LIFE, look: Duration::from_secs(3) }
    }
}
