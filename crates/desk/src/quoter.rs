//! The desk as device lists use it: what may be asked now, and what is known of the partner. Prices
//! come from [`crate::many`].

use std::num::NonZeroUsize;
use std::sync::Arc;

use domain::Failure;
use jiff::Timestamp;
use provider::{CallKind, Refusal};
use records::Records;
use tokio::sync::SemaphorePermit;

use crate::ask_error::AskError;
use crate::call_context::Priority;
use crate::inner::Inner;
use crate::outcome;

/// Prices for whoever asks for many devices and can wait: shoppers come first, and the calls that
/// are kept for them are not spent. Clones share everything, with the desk too.
#[derive(Clone)]
pub struct Quoter(pub(crate) Arc<Inner>);

impl Quoter {
    /// What quotes are recorded in.
    pub fn records(&self) -> &Records {
        self.0.partner.journal.records()
    }

    /// The time, as the desk has it.
    pub fn now(&self) -> Timestamp {
        self.0.now()
    }

    /// The most devices in one call; `None` where each takes a call of its own.
    pub fn most_in_a_call(&self) -> Option<NonZeroUsize> {
        self.0.partner.many()
    }

    /// How many calls may be under way at once: one place fewer than the partner has, for a shopper.
    pub fn most_at_once(&self) -> usize {
        self.0.partner.limiter.other_permits()
    }

    /// Waits for a turn to ask, of which there are [`Self::most_at_once`] for all together. `None`
    /// once the desk hands out no more.
    pub async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.0.turns.acquire().await.ok()
    }

    /// Calls of today that may still be spent here, as far as this process knows.
    pub fn calls_left(&self) -> u32 {
        self.0.partner.quota_remaining(Priority::List)
    }

    /// Whether calls are kept away from a partner that is down.
    pub fn is_down(&self) -> bool {
        self.0.partner.breaker_open()
    }

    /// Resolves when a partner that was down answers again, after this was called.
    pub async fn recovered(&self) {
        self.0.partner.admission.healed().await;
    }

    /// Whether the partner refuses the account, as far as is known now.
    pub fn is_account_refused(&self) -> bool {
        self.0.partner.admission.condemns(self.call(), |_| true)
    }

    /// Whether this failure is what a refusal of the account comes to: a wrong key as
    /// `partner_refused`, a wrong path as `partner_unavailable`. No device is to blame for it.
    pub fn is_account_refused_with(&self, failure: &Failure) -> bool {
        let now = self.now();
        let such = |refusal: &Refusal| outcome::failure_of_call(refusal, now) == *failure;
        self.0.partner.admission.condemns(self.call(), such)
    }

    /// Whether a refusal that was heard last may be the account's, and not its device's own.
    pub fn may_account_be_refused(&self) -> bool {
        self.0.partner.admission.doubts(self.call())
    }

    /// Lets the next call find out at once whether an account is still refused.
    pub fn let_one_try(&self) {
        self.0.partner.admission.let_one_try((self.0.deps.uptime)());
    }

    /// What whoever asked is told where there is no answer. An end of the quota is told with its reset.
    pub fn failure(&self, error: &AskError) -> Failure {
        outcome::failure(error, self.now())
    }

    /// The name of the call for one device, which the latch goes by.
    fn call(&self) -> &'static str {
        self.0.partner.provider().call_name(CallKind::Quote)
    }
}
