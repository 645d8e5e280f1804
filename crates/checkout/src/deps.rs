use std::fmt;
use std::sync::Arc;

use domain::Moment;
use jiff::Timestamp;

/// The time and the randomness that the checkout needs, as arguments.
#[derive(Clone)]
pub struct Deps {
    /// The time.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// 128 random bits, from a source that is good enough for secret keys.
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
