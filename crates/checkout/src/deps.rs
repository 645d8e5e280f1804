use std::fmt;
use std::sync::Arc;

use domain::Moment;
use jiff::Timestamp;

/// What the service depends on and must be given: time and randomness.
#[derive(Clone)]
pub struct Deps {
    /// The time.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// 128 random bits, fit for ids and keys that nobody guesses.
    pub random: Arc<dyn Fn() -> u128 + Send + Sync>,
}

impl Deps {
    /// The time, to the second.
    pub(crate) fn now(&self) -> Moment {
        Moment::new((self.clock)())
    }

    /// 128 random bits.
    pub(crate) fn bits(&self) -> u128 {
        (self.random)()
    }
}

impl fmt::Debug for Deps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deps").finish_non_exhaustive()
    }
}
