use std::sync::Arc;

use aihuishou::Account;
use jiff::Timestamp;

use crate::catalogue::{Catalogue, CatalogueError};
use crate::faults::{self, Faults, Stats};

/// Where the sandbox takes the time from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A stand-in for the partner.
#[derive(Clone)]
pub struct Sandbox {
    pub(crate) account: Account,
    pub(crate) catalogue: Arc<Catalogue>,
    clock: Clock,
    pub(crate) state: faults::State,
}

impl Sandbox {
    /// A sandbox that accepts `account`.
    ///
    /// # Errors
    /// [`CatalogueError`] when the built-in catalogue has a line that cannot be read.
    pub fn new(account: Account, clock: Clock) -> Result<Self, CatalogueError> {
        let catalogue = Arc::new(Catalogue::built_in()?);
        Ok(Self { account, catalogue, clock, state: faults::State::default() })
    }

    /// Brings faults about, as `POST /_sandbox/faults` does.
    pub fn bring_about(&self, faults: Faults) {
        self.state.apply(faults);
    }

    /// What it was asked so far.
    pub fn stats(&self) -> Stats {
        self.state.stats()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.state.shift((self.clock)())
    }
}
