//! A call that several callers share. Each waits until its own deadline, and gets no worse answer because
//! another caller made the call.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::Failure;
use tokio::time::{Instant, timeout_at};

use crate::failure_subject::FailureSubject;
use crate::key::Key;
use crate::retry::SHORTEST_ATTEMPT;
use crate::single_flight::SingleFlight;

/// What a shared call returned.
#[derive(Clone, Debug)]
pub(crate) struct Called<T> {
    pub(crate) answer: Result<T, Failure>,
    /// Whether a new call may get an answer although this one failed.
    pub(crate) cut_short: bool,
}

impl<T> Called<T> {
    /// The result of a shopper's call, or an answer that needed no call. It counts as cut short if less time
    /// was left until `deadline` than another attempt needs: a caller that came later has more time.
    pub(crate) fn by(deadline: Instant, answer: Result<T, Failure>) -> Self {
        let left = deadline.saturating_duration_since(Instant::now());
        Self { answer, cut_short: left < SHORTEST_ATTEMPT }
    }

    /// The result of a device list's call. It always counts as cut short: it makes only one attempt and may
    /// not use the calls that are kept for shoppers.
    pub(crate) fn for_a_list(answer: Result<T, Failure>) -> Self {
        Self { answer, cut_short: true }
    }
}

/// Joins the call for `key` or starts it, and waits until `deadline`. Returns the answer, and whether this
/// caller started the call; the answer is `None` if the call's work panicked.
///
/// If the joined call was cut short and failed in a way that may pass, a caller that still has time makes one
/// more call of its own.
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

/// Whether a failure is temporary: another call may succeed, and an older price is better than none.
pub(crate) fn may_pass(failure: &Failure) -> bool {
    FailureSubject::of(failure) == FailureSubject::Moment
}
