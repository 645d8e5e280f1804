//! The desk as device lists use it: which calls may be made now, and what is known about the partner. Prices
//! come from [`crate::many`].

use std::num::NonZeroUsize;
use std::sync::Arc;

use crate::ask_error::AskError;
use crate::call_context::{LeaseEnd, Priority, Turn};
use crate::inner::Inner;
use crate::outcome;
use domain::Failure;
use jiff::Timestamp;
use provider::{CallKind, Refusal};
use records::Records;

/// Gives prices to callers that ask for many devices and can wait. Shoppers come first, and the calls that
/// are reserved for them are not used. Clones share everything, also with the desk.
#[derive(Clone)]
pub struct Quoter {
    pub(crate) inner: Arc<Inner>,
    /// The end of the caller's lease; `None` if it needs none.
    pub(crate) lease: Option<LeaseEnd>,
}

impl Quoter {
    /// The same for a caller that holds a lease until `end`, which may move: no call begins after it.
    #[must_use]
    pub fn until(&self, end: LeaseEnd) -> Self {
        Self { inner: Arc::clone(&self.inner), lease: Some(end) }
    }

    /// The records that hold the quotes.
    pub fn records(&self) -> &Records {
        self.inner.partner.journal.records()
    }

    /// The time by this machine's clock, or by the partner's if the two are far apart.
    pub fn now(&self) -> Timestamp {
        self.inner.now()
    }

    /// The most devices in one call; `None` if each device needs a call of its own.
    pub fn most_in_a_call(&self) -> Option<NonZeroUsize> {
        self.inner.partner.many()
    }

    /// How many calls may be in flight at once: one fewer than the partner takes, so that one permit is left
    /// for shoppers. If the partner takes only one, it is for all.
    pub fn most_at_once(&self) -> usize {
        self.inner.partner.limiter.other_permits()
    }

    /// Waits for one of [`Self::most_at_once`] permits, which all callers share. Returns `None` if the desk
    /// gives out no more permits.
    pub async fn turn(&self) -> Option<Turn> {
        Arc::clone(&self.inner.turns).acquire_owned().await.ok().map(Turn::new)
    }

    /// Calls that may still be used here today, as far as this process knows.
    pub fn calls_left(&self) -> u32 {
        self.inner.partner.quota_remaining(Priority::List)
    }

    /// Whether the circuit breaker is open: the partner is down.
    pub fn is_down(&self) -> bool {
        self.inner.partner.breaker_open()
    }

    /// Resolves the next time that the breaker closes.
    pub async fn recovered(&self) {
        self.inner.partner.admission.healed().await;
    }

    /// Whether the partner refuses the account, as far as is known now.
    pub fn is_account_refused(&self) -> bool {
        self.inner.partner.admission.condemns(self.call(), |_| true)
    }

    /// Whether the account is refused, and `failure` is what that refusal leads to: `partner_refused` for a
    /// wrong key, `partner_unavailable` for a wrong path. Then no device is the cause.
    pub fn is_account_refused_with(&self, failure: &Failure) -> bool {
        let now = self.now();
        let such = |refusal: &Refusal| outcome::failure_of_call(refusal, now) == *failure;
        self.inner.partner.admission.condemns(self.call(), such)
    }

    /// Whether the latest refusal may concern the account, and not its device.
    pub fn may_account_be_refused(&self) -> bool {
        self.inner.partner.admission.doubts(self.call())
    }

    /// Lets the next call probe at once whether the account is still refused.
    pub fn let_one_try(&self) {
        self.inner.partner.admission.let_one_try((self.inner.deps.uptime)());
    }

    /// The failure that callers get for `error`. A used-up quota is returned with the time of its reset.
    pub fn failure(&self, error: &AskError) -> Failure {
        outcome::failure(error, self.now())
    }

    /// The name of the call for one device, by which the latch is asked.
    fn call(&self) -> &'static str {
        self.inner.partner.provider().call_name(CallKind::Quote)
    }
}
