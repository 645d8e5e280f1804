//! A provider without a network, for tests.
//!
//! [`InMemory`] answers every call with a price, unless a test changes that: [`InMemory::refuse_next`] and
//! [`InMemory::refuse_all`] make it refuse, [`InMemory::hold`] delays its answers, and
//! [`InMemory::set_clock`] gives it a clock. [`InMemory::calls`] and [`InMemory::most_at_once`] report the
//! calls it got. Its capabilities and its price are arguments of [`InMemory::new`].
//!
//! To use it, name `provider` with the feature `testing` in `[dev-dependencies]`, and give an `Arc<InMemory>`
//! to the code that needs a provider.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::{CatalogueItem, Moment, Money, Price, PriceParts, QuoteRequest};
use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use parking_lot::{Mutex, MutexGuard};
use tokio::sync::watch;

use crate::{
    Answer, Attempt, CallError, CallKind, Calling, Capabilities, Identity, NotAName, Provider, ProviderName,
    Refusal, Reply, SearchRequest,
};

/// A call that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// The kind of call.
    pub kind: CallKind,
    /// The time in its stamp.
    pub at: Timestamp,
    /// How many devices it was for; 0 for a search.
    pub devices: usize,
}

/// A provider in memory.
pub struct InMemory {
    identity: Identity,
    capabilities: Capabilities,
    price: Money,
    state: Mutex<State>,
    held: watch::Sender<bool>,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
}

#[derive(Default)]
struct State {
    calls: Vec<Call>,
    /// The refusals of the next calls.
    next: VecDeque<Refusal>,
    /// The refusal of all calls after these.
    all: Option<Refusal>,
    clock: Option<Timestamp>,
    public_model: Option<String>,
}

impl InMemory {
    /// A provider that pays `price` for every device. Its account is its name.
    ///
    /// # Errors
    /// [`NotAName`] if `name` is not a valid name.
    pub fn new(name: &str, capabilities: Capabilities, price: Money) -> Result<Self, NotAName> {
        let name = ProviderName::parse(name)?;
        let identity = Identity { account: name.as_str().into(), name, protocol: "in-memory" };
        let (state, (held, _)) = (Mutex::default(), watch::channel(false));
        let (at_once, most_at_once) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Ok(Self { identity, capabilities, price, state, held, at_once, most_at_once })
    }

    /// Refuses the next call with `refusal`. Several refusals are used one call each, in order.
    pub fn refuse_next(&self, refusal: Refusal) {
        self.state().next.push_back(refusal);
    }

    /// Refuses every call with `refusal`; with `None`, it gives prices again.
    pub fn refuse_all(&self, refusal: Option<Refusal>) {
        self.state().all = refusal;
    }

    /// Delays all answers while `held` is true.
    pub fn hold(&self, held: bool) {
        self.held.send_replace(held);
    }

    /// Sets the clock whose time its answers contain. Without a clock they contain none.
    pub fn set_clock(&self, clock: Option<Timestamp>) {
        self.state().clock = clock;
    }

    /// Sets the model that its answers name for public pages. Without it they name none.
    pub fn set_public_model(&self, model: Option<&str>) {
        self.state().public_model = model.map(str::to_owned);
    }

    /// The calls that were made, in order.
    pub fn calls(&self) -> Vec<Call> {
        self.state().calls.clone()
    }

    /// How many calls are under way now.
    pub fn at_once(&self) -> usize {
        self.at_once.load(Ordering::SeqCst)
    }

    /// The most calls that were under way at once.
    pub fn most_at_once(&self) -> usize {
        self.most_at_once.load(Ordering::SeqCst)
    }

    /// Notes a call, waits while answers are held, and refuses it if the test asked for that.
    async fn answered<T>(&self, call: Call, value: T) -> Result<Reply<T>, CallError> {
        self.state().calls.push(call);
        let in_flight = InFlight::new(&self.at_once);
        self.most_at_once.fetch_max(in_flight.count, Ordering::SeqCst);
        // Fails only if the sender is gone, and `self` holds it.
        let _ = self.held.subscribe().wait_for(|held| !held).await;
        let mut state = self.state();
        let provider_time = state.clock;
        match state.next.pop_front().or_else(|| state.all.clone()) {
            Some(refusal) => Err(CallError { refusal, code: None, provider_time }),
            None => Ok(Reply { value, provider_time }),
        }
    }

    /// The answer for any device. It is valid for a day.
    fn answer(&self, attempt: Attempt) -> Answer {
        let until = attempt.at.saturating_add(SignedDuration::from_hours(24)).unwrap_or(attempt.at);
        let price = Price::new(PriceParts {
            base: None,
            condition_discount: None,
            function_deduction: None,
            market_coefficient: None,
            final_price: self.price,
        });
        let public_model = self.state().public_model.clone();
        Answer { valid_until: Some(Moment::new(until)), public_model, ..Answer::new(price) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}

impl Provider for InMemory {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    fn quote<'a>(&'a self, _: &'a QuoteRequest, attempt: Attempt) -> Calling<'a, Answer> {
        let call = Call { kind: CallKind::Quote, at: attempt.at, devices: 1 };
        self.answered(call, self.answer(attempt)).boxed()
    }

    fn quote_many<'a>(
        &'a self,
        devices: &'a [QuoteRequest],
        attempt: Attempt,
    ) -> Calling<'a, Vec<Result<Answer, Refusal>>> {
        let call = Call { kind: CallKind::QuoteMany, at: attempt.at, devices: devices.len() };
        let answers = devices.iter().map(|_| Ok(self.answer(attempt))).collect();
        self.answered(call, answers).boxed()
    }

    fn search<'a>(&'a self, _: &'a SearchRequest, attempt: Attempt) -> Calling<'a, Vec<CatalogueItem>> {
        let call = Call { kind: CallKind::Search, at: attempt.at, devices: 0 };
        self.answered(call, Vec::new()).boxed()
    }
}

/// RAII guard: one more call is under way until it is dropped.
struct InFlight<'a> {
    all: &'a AtomicUsize,
    /// How many calls are under way, this one included.
    count: usize,
}

impl<'a> InFlight<'a> {
    fn new(all: &'a AtomicUsize) -> Self {
        Self { all, count: all.fetch_add(1, Ordering::SeqCst) + 1 }
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.all.fetch_sub(1, Ordering::SeqCst);
    }
}
