//! The sandbox: account, catalogue, clock, faults and counters.

use std::sync::Arc;

use aihuishou::Account;
use jiff::Timestamp;
use rust_decimal::Decimal;

use crate::catalogue::{Catalogue, CatalogueError};
use crate::faults::{self, Faults, Stats};

/// Returns the current time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A partner to develop against. Clones share faults and counters.
#[derive(Clone)]
pub struct Sandbox {
    pub(crate) account: Account,
    pub(crate) catalogue: Arc<Catalogue>,
    clock: Clock,
    /// The share of the usual base price that it pays.
    pub(crate) share: Decimal,
    pub(crate) state: faults::State,
}

impl Sandbox {
    /// A sandbox that accepts calls of `account` only.
    ///
    /// # Errors
    /// [`CatalogueError`] when the built-in catalogue has a line that cannot be read.
    pub fn new(account: Account, clock: Clock) -> Result<Self, CatalogueError> {
        let catalogue = Arc::new(Catalogue::built_in()?);
        Ok(Self { account, catalogue, clock, share: Decimal::ONE, state: faults::State::default() })
    }

    /// The same, for prices from that many hundredths of the usual base price: a second buyer beside the first.
    #[must_use]
    pub fn paying(self, hundredths: u8) -> Self {
        Self { share: Decimal::new(i64::from(hundredths), 2), ..self }
    }

    /// Sets faults, as `POST /_sandbox/faults` does.
    pub fn bring_about(&self, faults: Faults) {
        self.state.apply(faults);
    }

    /// The counters, as `GET /_sandbox/stats` returns them.
    pub fn stats(&self) -> Stats {
        self.state.stats()
    }

    /// The current time, with the offset that a test may have set.
    pub(crate) fn now(&self) -> Timestamp {
        self.state.shift((self.clock)())
    }
}
