//! The partner as the desk asks it: within a deadline, a quota and five places, again where
//! that may help, and not at all while it is down.

use std::future::Future;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use aihuishou::{Attempt, CallError, CallErrorKind, Client, Healing, Reply};
use jiff::Timestamp;
use parking_lot::{Mutex, MutexGuard};
use tokio::time::{Instant, sleep};
use tracing::Instrument;

use crate::admission::Admission;
use crate::ask_error::AskError;
use crate::attempt::Refused;
use crate::clock::PartnerClock;
use crate::gate::Gate;
use crate::journal::Journal;
use crate::keys::Keys;
use crate::latch::Asked;
use crate::meters::Meters;
use crate::purpose::{Errand, Purpose};
use crate::quota::Spent;
use crate::reach::Reach;
use crate::retry::{Budget, Failed, pause};
use crate::settings::Surroundings;

/// What is asked, for the records.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// The call's name.
    pub(crate) call: &'static str,
    /// Its parameters as JSON, without app id, time and signature.
    pub(crate) parameters: Arc<str>,
    /// How much of the quota each attempt spends.
    pub(crate) spends: u32,
}

impl Question {
    /// What it is to breaker and latch.
    pub(crate) fn asked(&self) -> Asked {
        let mut hash = DefaultHasher::new();
        (self.call, &self.parameters).hash(&mut hash);
        Asked { call: self.call, question: hash.finish() }
    }
}

pub(crate) struct Partner {
    pub(crate) keys: Keys,
    pub(crate) surroundings: Surroundings,
    pub(crate) journal: Journal,
    pub(crate) gate: Gate,
    pub(crate) admission: Admission,
    pub(crate) budget: Mutex<Budget>,
    pub(crate) clock: PartnerClock,
    pub(crate) reach: Reach,
    pub(crate) meters: Arc<Meters>,
}

impl Partner {
    pub(crate) fn new(keys: Keys, journal: Journal, meters: Arc<Meters>, surroundings: Surroundings) -> Self {
        Self {
            keys,
            surroundings,
            journal,
            gate: Gate::new(),
            admission: Admission::default(),
            budget: Mutex::new(Budget::new()),
            clock: PartnerClock::default(),
            reach: Reach::default(),
            meters,
        }
    }

    /// Asks until there is an answer, or no further attempt is worth it, or the errand's deadline.
    pub(crate) async fn ask<T, F>(
        &self,
        question: &Question,
        errand: Errand,
        call: impl Fn(Arc<Client>, Attempt) -> F,
    ) -> Result<T, AskError>
    where
        F: Future<Output = Result<Reply<T>, CallError>>,
    {
        let mut made = 0;
        // Why the attempt before failed: truer than why there was no other.
        let mut before = None;
        loop {
            let known = self.clock.correction();
            let span = tracing::info_span!("attempt", call = question.call, number = made + 1);
            let attempt = self.attempt(question, errand, made, &call);
            let (kind, other_key) = match attempt.instrument(span).await {
                Ok(value) => return Ok(value),
                Err(Refused::Here(error)) => return Err(before.unwrap_or(error)),
                Err(Refused::There { kind, other_key }) => (kind, other_key),
            };
            made += 1;
            // A stamp that was refused is right once the partner's clock is known.
            let clock_learnt = self.clock.correction() != known;
            let fixed = match &kind {
                CallErrorKind::InvalidParameters(_) => clock_learnt,
                // During a rotation, the other secret may be the right one.
                _ => other_key,
            };
            let (healing, least) = if fixed { (Healing::Once, 2) } else { (kind.healing(), 1) };
            let failed = Failed {
                healing,
                made,
                most: errand.purpose.most_attempts().max(least),
                left: errand.deadline.saturating_duration_since(Instant::now()),
                chance: chance((self.surroundings.random)()),
            };
            let pause = pause(failed).filter(|_| lock(&self.budget).spend());
            let Some(pause) = pause else { return Err(AskError::Call(kind)) };
            tracing::debug!(call = question.call, outcome = kind.name(), ?pause, "another attempt");
            before = Some(AskError::Call(kind));
            sleep(pause).await;
        }
    }

    /// Whole seconds by which the partner's clock is ahead; `None` while nothing is known.
    pub(crate) fn clock_ahead_seconds(&self) -> Option<i64> {
        self.clock.ahead_seconds()
    }

    /// The time by this machine's clock, or by the partner's where the two are far apart.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.stamp((self.surroundings.clock)())
    }

    /// Calls of today that were spent, as far as this process knows; `None` while that is unknown.
    pub(crate) fn spent(&self) -> Option<Spent> {
        self.journal.spent(&self.keys.app_id(), self.now())
    }

    /// Calls left today for that purpose, as far as this process knows.
    pub(crate) fn quota_left(&self, purpose: Purpose) -> u32 {
        self.journal.left_for(purpose, &self.keys.app_id(), self.now())
    }

    /// Searches left today, as far as this process knows.
    fn searches_left(&self) -> u32 {
        self.journal.searches_left(&self.keys.app_id(), self.now())
    }

    /// How many calls are under way, and how many wait for a place.
    pub(crate) fn load(&self) -> (usize, usize) {
        self.gate.load()
    }

    /// Whether calls are kept away from a partner that is down.
    pub(crate) fn breaker_open(&self) -> bool {
        self.admission.is_open()
    }

    /// All meters as text, in the form of OpenMetrics.
    pub(crate) fn metrics(&self) -> Result<String, std::fmt::Error> {
        let (in_flight, waiting) = self.load();
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.meters.in_flight.set(number(in_flight));
        self.meters.waiting.set(number(waiting));
        self.meters.breaker_open.set(self.breaker_open().into());
        self.meters.clock_offset.set(self.clock.ahead_seconds().unwrap_or_default());
        self.meters.latch_shut.set((!self.admission.shut().is_empty()).into());
        self.meters.count_unknown.set(self.spent().is_none().into());
        self.meters.quota_left.set(self.quota_left(Purpose::Shopper).into());
        self.meters.searches_left.set(self.searches_left().into());
        self.meters.records_unwritten.set(number(self.journal.unwritten()));
        self.meters.records_failing.set(self.journal.is_failing().into());
        self.meters.text()
    }
}

/// A number from 0 to 1, of random bits.
fn chance(bits: u128) -> f64 {
    (bits >> 96) as f64 / f64::from(u32::MAX)
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock()
}
