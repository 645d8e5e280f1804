//! The partner as the desk asks it: within a deadline, a quota and five places, again where
//! that may help, and not at all while it is down.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use aihuishou::{Attempt, CallError, CallErrorKind, Client, Healing, Reply};
use tokio::time::{Instant, sleep};

use crate::breaker::Breaker;
use crate::clock::PartnerClock;
use crate::desk::Surroundings;
use crate::gate::{Gate, NoPlace};
use crate::keys::Keys;
use crate::meters::Meters;
use crate::quota::Quota;
use crate::records::{Attempted, Records};
use crate::retry::{Budget, Failed, SHORTEST_ATTEMPT, patience, pause};

/// Attempts for one shopper's request.
const MOST_ATTEMPTS: u32 = 2;

/// What is asked, for the records.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// The call's name.
    pub(crate) call: &'static str,
    /// Its parameters, without app id, time and signature.
    pub(crate) parameters: serde_json::Value,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// The partner refused, or did not answer.
    #[error("{0}")]
    Call(CallErrorKind),
    /// The day's calls are used up; none was made.
    #[error("the day's quota is used up")]
    QuotaUsedUp,
    /// Most of the last attempts failed; none was made.
    #[error("the partner is down: calls are kept away for a while")]
    Down,
    /// Too many wait for a place; none was made.
    #[error("too many wait for a place at the partner")]
    Busy,
    /// No time was left for an attempt.
    #[error("no place came free within the deadline")]
    Late,
}

impl AskError {
    /// A short name for logs.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Call(kind) => kind.name(),
            Self::QuotaUsedUp => "quota_used_up",
            Self::Down => "down",
            Self::Busy => "busy",
            Self::Late => "late",
        }
    }
}

pub(crate) struct Partner {
    pub(crate) keys: Keys,
    surroundings: Surroundings,
    records: Records,
    quota: Quota,
    gate: Gate,
    breaker: Mutex<Breaker>,
    budget: Mutex<Budget>,
    clock: PartnerClock,
    pub(crate) meters: Meters,
}

impl Partner {
    pub(crate) fn new(keys: Keys, records: Records, daily_quota: u32, surroundings: Surroundings) -> Self {
        let quota = Quota::new(records.clone(), keys.current().account().app_id(), daily_quota);
        Self {
            keys,
            surroundings,
            records,
            quota,
            gate: Gate::new(),
            breaker: Mutex::default(),
            budget: Mutex::new(Budget::new()),
            clock: PartnerClock::default(),
            meters: Meters::new(),
        }
    }

    /// Asks until there is an answer, or no further attempt is worth it, or `deadline`.
    pub(crate) async fn ask<T, F>(
        &self,
        question: &Question,
        deadline: Instant,
        call: impl Fn(Arc<Client>, Attempt) -> F,
    ) -> Result<T, AskError>
    where
        F: Future<Output = Result<Reply<T>, CallError>>,
    {
        let mut made = 0;
        let mut client = self.keys.current();
        // Why the attempt before failed: truer than why there was no other.
        let mut before = None;
        loop {
            let known = self.clock.correction();
            let error = match self.attempt(question, deadline, made, &client, &call).await {
                Ok(value) => {
                    self.keys.works(&client);
                    return Ok(value);
                }
                Err(error) => error,
            };
            made += 1;
            let AskError::Call(kind) = &error else { return Err(before.unwrap_or(error)) };
            // A stamp that was refused is right once the partner's clock is known.
            let clock_learnt = self.clock.correction() != known;
            let other = self.keys.other_than(&client);
            let healing = match (kind, other) {
                (CallErrorKind::InvalidParameters(_), _) if clock_learnt => Healing::Once,
                // During a rotation, the other secret may be the right one.
                (CallErrorKind::Unauthorized(_), Some(other)) => {
                    client = other;
                    Healing::Once
                }
                _ => kind.healing(),
            };
            let failed = Failed {
                healing,
                made,
                most: MOST_ATTEMPTS,
                left: deadline.saturating_duration_since(Instant::now()),
                chance: chance((self.surroundings.random)()),
            };
            let pause = pause(failed).filter(|_| lock(&self.budget).spend());
            let Some(pause) = pause else { return Err(error) };
            tracing::debug!(call = question.call, outcome = kind.name(), ?pause, "another attempt");
            before = Some(error);
            sleep(pause).await;
        }
    }

    /// Whole seconds by which the partner's clock is ahead; `None` while nothing is known.
    pub(crate) fn clock_ahead_seconds(&self) -> Option<i64> {
        self.clock.ahead_seconds()
    }

    /// Calls left today, as far as this process knows.
    pub(crate) fn quota_left(&self) -> u32 {
        self.quota.left((self.surroundings.clock)())
    }

    /// All meters as text, in the form of OpenMetrics.
    pub(crate) fn metrics(&self) -> Result<String, std::fmt::Error> {
        let (in_flight, waiting) = self.gate.load();
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.meters.in_flight.set(number(in_flight));
        self.meters.waiting.set(number(waiting));
        self.meters.breaker_open.set(lock(&self.breaker).is_open().into());
        self.meters.clock_offset.set(self.clock.ahead_seconds().unwrap_or_default());
        self.meters.quota_left.set(self.quota_left().into());
        self.meters.text()
    }

    async fn attempt<T, F>(
        &self,
        question: &Question,
        deadline: Instant,
        made: u32,
        client: &Arc<Client>,
        call: &impl Fn(Arc<Client>, Attempt) -> F,
    ) -> Result<T, AskError>
    where
        F: Future<Output = Result<Reply<T>, CallError>>,
    {
        let now = || (self.surroundings.clock)();
        if !lock(&self.breaker).allows(now()) {
            return Err(AskError::Down);
        }
        let place = self.gate.enter(deadline).await.map_err(|no_place| match no_place {
            NoPlace::Full => AskError::Busy,
            NoPlace::Late => AskError::Late,
        })?;
        let left = deadline.saturating_duration_since(Instant::now());
        if left < SHORTEST_ATTEMPT {
            return Err(AskError::Late);
        }
        let Some(quota_used) = self.quota.take(now(), &self.meters).await else {
            return Err(AskError::QuotaUsedUp);
        };
        if made == 0 {
            lock(&self.budget).earn();
        }
        let (at, start) = (now(), Instant::now());
        let stamp = self.clock.stamp(at);
        let answer =
            call(Arc::clone(client), Attempt { at: stamp, timeout: patience(left, made, MOST_ATTEMPTS) })
                .await;
        drop(place);
        let told = answer.as_ref().map_or_else(|error| error.partner_time, |reply| reply.partner_time);
        if let Some(partner) = told {
            self.clock.learn(partner, at, start.elapsed());
        }
        let outcome = answer.as_ref().map_or_else(|error| error.kind.name(), |_| "ok");
        let latency = start.elapsed();
        self.meters.call(question.call, outcome, latency);
        let attempted = Attempted {
            at,
            call: question.call,
            attempt: made + 1,
            parameters: &question.parameters,
            outcome,
            latency,
            quota_used,
        };
        if let Err(error) = self.records.note(&attempted).await {
            self.meters.record_error();
            tracing::error!(%error, "an attempt could not be recorded");
        }
        match answer {
            Ok(reply) => {
                lock(&self.breaker).answered(now());
                Ok(reply.value)
            }
            Err(CallError { kind, .. }) => {
                let mut breaker = lock(&self.breaker);
                if is_down(&kind) {
                    breaker.failed(now())
                } else {
                    breaker.answered(now())
                }
                Err(AskError::Call(kind))
            }
        }
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
