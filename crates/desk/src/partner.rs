//! The partner as the desk asks it: within a deadline, a quota and five places, again where
//! that may help, and not at all while it is down.

use std::borrow::Cow;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use aihuishou::{Attempt, CallError, CallErrorKind, Client, Healing, Reply};
use tokio::time::{Instant, sleep};
use tracing::Instrument;

use crate::ask_error::AskError;
use crate::breaker::Breaker;
use crate::clock::PartnerClock;
use crate::entry::Outcome;
use crate::gate::{Gate, NoPlace};
use crate::journal::Journal;
use crate::keys::Keys;
use crate::meters::Meters;
use crate::purpose::Errand;
use crate::retry::{Budget, Failed, SHORTEST_ATTEMPT, patience, pause};
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

pub(crate) struct Partner {
    pub(crate) keys: Keys,
    surroundings: Surroundings,
    pub(crate) journal: Journal,
    gate: Gate,
    breaker: Mutex<Breaker>,
    budget: Mutex<Budget>,
    clock: PartnerClock,
    pub(crate) meters: Arc<Meters>,
}

impl Partner {
    pub(crate) fn new(keys: Keys, journal: Journal, meters: Arc<Meters>, surroundings: Surroundings) -> Self {
        Self {
            keys,
            surroundings,
            journal,
            gate: Gate::new(),
            breaker: Mutex::default(),
            budget: Mutex::new(Budget::new()),
            clock: PartnerClock::default(),
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
            let (refused, kind) = match attempt.instrument(span).await {
                Ok(value) => return Ok(value),
                Err(Refused::Here(error)) => return Err(before.unwrap_or(error)),
                Err(Refused::There(client, kind)) => (client, kind),
            };
            made += 1;
            // A stamp that was refused is right once the partner's clock is known.
            let clock_learnt = self.clock.correction() != known;
            let healing = match &kind {
                CallErrorKind::InvalidParameters(_) if clock_learnt => Healing::Once,
                // During a rotation, the other secret may be the right one.
                CallErrorKind::Unauthorized(_) if self.keys.refused(&refused) => Healing::Once,
                _ => kind.healing(),
            };
            let failed = Failed {
                healing,
                made,
                most: errand.purpose.most_attempts(),
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

    /// Calls left today, as far as this process knows.
    pub(crate) fn quota_left(&self) -> u32 {
        let (taken, daily) = self.journal.taken((self.surroundings.clock)());
        daily.saturating_sub(taken)
    }

    /// How many calls are under way, and how many wait for a place.
    pub(crate) fn load(&self) -> (usize, usize) {
        self.gate.load()
    }

    /// Whether calls are kept away from a partner that is down.
    pub(crate) fn breaker_open(&self) -> bool {
        lock(&self.breaker).is_open()
    }

    /// All meters as text, in the form of OpenMetrics.
    pub(crate) fn metrics(&self) -> Result<String, std::fmt::Error> {
        let (in_flight, waiting) = self.load();
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.meters.in_flight.set(number(in_flight));
        self.meters.waiting.set(number(waiting));
        self.meters.breaker_open.set(self.breaker_open().into());
        self.meters.clock_offset.set(self.clock.ahead_seconds().unwrap_or_default());
        self.meters.quota_left.set(self.quota_left().into());
        self.meters.records_unwritten.set(number(self.journal.unwritten()));
        self.meters.records_failing.set(self.journal.is_failing().into());
        self.meters.text()
    }

    async fn attempt<T, F>(
        &self,
        question: &Question,
        errand: Errand,
        made: u32,
        call: &impl Fn(Arc<Client>, Attempt) -> F,
    ) -> Result<T, Refused>
    where
        F: Future<Output = Result<Reply<T>, CallError>>,
    {
        let now = || (self.surroundings.clock)();
        let Errand { purpose, deadline } = errand;
        if !lock(&self.breaker).allows(now()) {
            return Err(AskError::Down.into());
        }
        let place = self.gate.enter(deadline).await.map_err(|no_place| match no_place {
            NoPlace::Full => AskError::Busy,
            NoPlace::Late => AskError::Late,
        })?;
        if deadline.saturating_duration_since(Instant::now()) < SHORTEST_ATTEMPT {
            return Err(AskError::Late.into());
        }
        let at = now();
        let reserved = self.journal.reserve(purpose, at, question, made + 1).await;
        let reserved = reserved.ok_or(AskError::QuotaUsedUp)?;
        if made == 0 {
            lock(&self.budget).earn();
        }
        // Not before: while this waited, somebody may have found that only the other works.
        let client = self.keys.current();
        let start = Instant::now();
        let left = deadline.saturating_duration_since(start);
        let timeout = patience(left, made, purpose.most_attempts());
        let answer = call(Arc::clone(&client), Attempt { at: self.clock.stamp(at), timeout }).await;
        drop(place);
        let told = answer.as_ref().map_or_else(|error| error.partner_time, |reply| reply.partner_time);
        if let Some(partner) = told {
            self.clock.learn(partner, at, start.elapsed());
        }
        let (name, code) = match &answer {
            Ok(_) => ("ok", Some("200".into())),
            Err(CallError { kind, .. }) => (kind.name(), kind.code()),
        };
        let code = code.map(|code: Cow<'_, str>| code.into());
        let latency = start.elapsed();
        self.meters.call(question.call, name, latency);
        self.journal.ended(reserved, Outcome { name, code, latency });
        match answer {
            Ok(reply) => {
                lock(&self.breaker).answered(now());
                self.keys.taken(&client);
                Ok(reply.value)
            }
            Err(CallError { kind, .. }) => {
                let mut breaker = lock(&self.breaker);
                if is_down(&kind) {
                    breaker.failed(now())
                } else {
                    breaker.answered(now())
                }
                Err(Refused::There(client, kind))
            }
        }
    }
}

/// Why an attempt brought nothing.
enum Refused {
    /// It was not made.
    Here(AskError),
    /// It was made, with that client.
    There(Arc<Client>, CallErrorKind),
}

impl From<AskError> for Refused {
    fn from(error: AskError) -> Self {
        Self::Here(error)
    }
}

/// Whether an error says that the partner as a whole does not work, and not this call.
fn is_down(kind: &CallErrorKind) -> bool {
    matches!(
        kind,
        CallErrorKind::Connect
            | CallErrorKind::Timeout
            | CallErrorKind::Unavailable(_)
            | CallErrorKind::ServerFault(_)
            | CallErrorKind::BadAnswer(_)
    )
}

/// A number from 0 to 1, of random bits.
fn chance(bits: u128) -> f64 {
    (bits >> 96) as f64 / f64::from(u32::MAX)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
