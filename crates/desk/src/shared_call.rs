//! A call that several askers share: each waits until its own deadline, and loses nothing because
//! another made the call.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::Failure;
use tokio::time::{Instant, timeout_at};

use crate::key::Key;
use crate::retry::SHORTEST_ATTEMPT;
use crate::single_flight::SingleFlight;

/// What a call brought to all who share it.
#[derive(Clone, Debug)]
pub(crate) struct Called<T> {
    pub(crate) answer: Result<T, Failure>,
    /// Whether a call of one's own may bring what this one did not.
    pub(crate) cut_short: bool,
}

impl<T> Called<T> {
    /// An answer that needed no call, or a call for a shopper that ended before its `deadline`; where
    /// it ran out of time instead, an asker who came later has more.
    pub(crate) fn by(deadline: Instant, answer: Result<T, Failure>) -> Self {
        let left = deadline.saturating_duration_since(Instant::now());
        Self { answer, cut_short: left < SHORTEST_ATTEMPT }
    }

    /// A list's call: it makes one attempt, and may not spend the calls kept for shoppers.
    pub(crate) fn for_a_list(answer: Result<T, Failure>) -> Self {
        Self { answer, cut_short: true }
    }
}

/// Joins the call for `key` or starts it, and waits until `deadline`: the answer, and whether it was
/// this asker who started the call. An asker whose time is not up asks once more, by a call of its
/// own, where the call that it joined was cut short and failed in a way that may pass. There is no
/// answer where the call's work panicked.
pub(crate) async fn shared<T, F>(
    calls: &SingleFlight<Key, Called<T>>,
    key: Key,
    deadline: Instant,
    known: impl Fn() -> Option<Result<T, Failure>>,
    start: impl Fn() -> F,
) -> (Option<Result<T, Failure>>, bool)
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Called<T>> + Send + 'static,
{
    let started = AtomicBool::new(false);
    let known = || known().map(|answer| Called { answer, cut_short: false });
    let work = || {
        started.store(true, Ordering::Relaxed);
        start()
    };
    let mut answer = Err(Failure::PartnerUnavailable);
    for _ in 0..2 {
        let Ok(called) = timeout_at(deadline, calls.join(key, known, work)).await else {
            answer = Err(Failure::PartnerUnavailable);
            break;
        };
        let Some(called) = called else { return (None, started.into_inner()) };
        answer = called.answer;
        let left = deadline.saturating_duration_since(Instant::now());
        let more = called.cut_short && answer.as_ref().is_err_and(may_pass) && left >= SHORTEST_ATTEMPT;
        if started.load(Ordering::Relaxed) || !more {
            break;
        }
    }
    (Some(answer), started.into_inner())
}

/// Whether a failure is of the moment, so that another call may do better, and an older price is
/// better than none.
pub(crate) fn may_pass(failure: &Failure) -> bool {
    matches!(failure, Failure::PartnerUnavailable | Failure::QuotaExhausted { .. })
}
