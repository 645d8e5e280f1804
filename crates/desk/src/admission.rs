//! Decides whether a call may be made now: circuit breaker and latch together.
//!
//! A call is checked before it queues for a permit and again when it has one. A call in the queue is woken when
//! calls begin to be refused. All times here are readings of [`Deps::uptime`](crate::Deps::uptime).

use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use provider::Refusal;
use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use crate::ask_error::AskError;
use crate::breaker::{Breaker, Way};
use crate::latch::{Asked, Latch};

/// Breaker and latch of one partner.
#[derive(Default)]
pub(crate) struct Admission {
    state: Mutex<State>,
    /// Notified when calls begin to be refused: wakes the calls in the queue.
    refusing: Notify,
    /// Notified when the partner answers again: wakes the device lists that wait for that.
    healed: Notify,
}

#[derive(Default)]
struct State {
    breaker: Breaker,
    latch: Latch,
}

/// How a call ended, as far as it matters here.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ended<'a> {
    /// The partner handled the call, with a price or without.
    Answered,
    /// The partner refused the call, but this says nothing about the account.
    Refused,
    /// The partner refuses the account.
    AccountRefused(&'a Refusal),
    /// The partner is down.
    Down,
    /// An intermediary, such as a firewall, refused the text of the call. This says nothing about the partner.
    Between,
}

/// What the end of a call says to the other instances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// Nothing new.
    None,
    /// The partner is down; no other instance needs to try for that long.
    Down(Duration),
    /// The partner answers again.
    Up,
}

/// Permission to make one call. [`Self::ended`] notes how the call ended.
///
/// If it is dropped before that, the caller left before there was an answer. If the call was a probe of the
/// breaker or of the latch, the next call becomes the probe.
pub(crate) struct Pass<'a> {
    admission: &'a Admission,
    asked: Asked,
    way: Way,
    /// Whether this call probes the latch: it finds out whether the account is still refused.
    turn: bool,
    now: Duration,
    pending: bool,
}

impl Admission {
    /// Why a call would be refused now; `None` if it may be made.
    pub(crate) fn refusal(&self, asked: Asked, now: Duration) -> Option<AskError> {
        let state = self.state();
        let refused = state.latch.refusal(asked, now).cloned().map(AskError::Latched);
        refused.or_else(|| state.breaker.refuses(now).then_some(AskError::Down))
    }

    /// Lets a call through. `alone` is false for a call that spends several calls of the quota at once. Such a
    /// call is never a probe of the breaker.
    ///
    /// # Errors
    /// [`AskError`] if the call may not be made.
    pub(crate) fn pass(&self, asked: Asked, alone: bool, now: Duration) -> Result<Pass<'_>, AskError> {
        let mut state = self.state();
        if state.breaker.refuses(now) || (state.breaker.is_open() && !alone) {
            return Err(AskError::Down);
        }
        let turn = state.latch.pass(asked, now).map_err(AskError::Latched)?;
        let way = state.breaker.pass(now).ok_or(AskError::Down)?;
        Ok(Pass { admission: self, asked, way, turn, now, pending: true })
    }

    /// Resolves the next time that calls begin to be refused. To miss no change, get it before a check.
    pub(crate) fn refusing(&self) -> Notified<'_> {
        self.refusing.notified()
    }

    /// Resolves the next time that the breaker closes.
    pub(crate) fn healed(&self) -> Notified<'_> {
        self.healed.notified()
    }

    /// Notes for how long another instance blocks the partner yet, if one does; see [`Breaker::hint`].
    pub(crate) fn hint(&self, blocked: Option<Duration>, now: Duration) {
        let (was_open, refuses, is_open) = {
            let mut state = self.state();
            let was_open = state.breaker.is_open();
            (was_open, state.breaker.hint(now, blocked), state.breaker.is_open())
        };
        if !was_open && refuses {
            tracing::warn!("another instance found the partner down: calls are kept away");
            self.refusing.notify_waiters();
        }
        if was_open && !is_open {
            self.healed.notify_waiters();
        }
    }

    /// Whether the breaker is open.
    pub(crate) fn is_open(&self) -> bool {
        self.state().breaker.is_open()
    }

    /// The calls for which the latch is shut; see [`Latch::shut`].
    pub(crate) fn shut(&self) -> Vec<(&'static str, &'static str)> {
        self.state().latch.shut()
    }

    /// Whether the account is the cause of refusals that match `such`, for calls of that name; see
    /// [`Latch::condemns`].
    pub(crate) fn condemns(&self, call: &'static str, such: impl Fn(&Refusal) -> bool) -> bool {
        self.state().latch.condemns(call, such)
    }

    /// Whether the account may be the cause of refusals of calls of that name; see [`Latch::doubts`].
    pub(crate) fn doubts(&self, call: &'static str) -> bool {
        self.state().latch.doubts(call)
    }

    /// Lets the next call probe the latch at once.
    pub(crate) fn let_one_try(&self, now: Duration) {
        self.state().latch.let_one_try(now);
    }

    /// Forgets all refusals, because another key is in use now.
    pub(crate) fn forget_refusals(&self) {
        self.state().latch.clear();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}

impl Pass<'_> {
    /// Notes how the call ended. Returns what the other instances should know.
    pub(crate) fn ended(mut self, how: Ended<'_>, now: Duration) -> News {
        self.pending = false;
        let Self { admission, asked, way, turn, .. } = self;
        let (mut closed, mut opened, mut refused) = (false, false, None);
        let blocked_for = {
            let mut state = admission.state();
            match how {
                Ended::Down => opened = state.breaker.failed(now, asked.question, way),
                Ended::Between => {}
                Ended::Answered | Ended::Refused | Ended::AccountRefused(_) => {
                    closed = state.breaker.answered(now, asked.question)
                }
            }
            match how {
                Ended::Answered => state.latch.answered(asked),
                Ended::AccountRefused(kind) => {
                    refused = state.latch.refused(asked, kind, now).then_some(kind);
                }
                Ended::Refused | Ended::Down | Ended::Between if turn => state.latch.give_back(asked, now),
                Ended::Refused | Ended::Down | Ended::Between => {}
            }
            let finds_out = opened || (matches!(how, Ended::Down) && matches!(way, Way::Probe(_)));
            state.breaker.blocked_for(now).filter(|_| finds_out)
        };
        if opened {
            tracing::warn!("the partner is down: calls are kept away, but for one every few seconds");
        }
        if let Some(cause) = refused {
            tracing::warn!(call = asked.call, %cause, "the account is refused: one call a minute is made");
        }
        if closed {
            tracing::info!("the partner answers again");
            admission.healed.notify_waiters();
        }
        if opened || refused.is_some() {
            admission.refusing.notify_waiters();
        }
        match blocked_for {
            Some(time) => News::Down(time),
            None if closed => News::Up,
            None => News::None,
        }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if !self.pending {
            return;
        }
        let mut state = self.admission.state();
        if matches!(self.way, Way::Probe(_)) {
            state.breaker.give_back(self.now);
        }
        if self.turn {
            state.latch.give_back(self.asked, self.now);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use provider::Credential;

    use super::*;

    fn asked(question: u64) -> Asked {
        Asked { call: "quote", question }
    }

    #[test]
    fn what_stands_in_between_neither_opens_nor_closes_the_breaker() {
        let (admission, now) = (Admission::default(), Duration::ZERO);
        for question in 0..60 {
            admission.pass(asked(question), true, now).unwrap().ended(Ended::Between, now);
        }
        assert!(!admission.is_open());
        for question in 0..20 {
            admission.pass(asked(question), true, now).unwrap().ended(Ended::Down, now);
        }
        let later = Duration::from_secs(1);
        admission.pass(asked(1), true, later).unwrap().ended(Ended::Between, later);
        assert!(admission.is_open());
        assert!(admission.pass(asked(2), true, later).is_err(), "one probe in a break");
    }

    #[test]
    fn a_probe_whose_caller_leaves_is_the_next_callers() {
        let (admission, now) = (Admission::default(), Duration::ZERO);
        for question in 0..20 {
            admission.pass(asked(question), true, now).unwrap().ended(Ended::Down, now);
        }
        let later = now + Duration::from_secs(1);
        assert_eq!(admission.refusal(asked(1), now), Some(AskError::Down));
        assert!(admission.pass(asked(1), false, later).is_err(), "many devices in one call are no probe");
        let leaves = admission.pass(asked(1), true, later).unwrap();
        assert!(admission.pass(asked(2), true, later).is_err());
        drop(leaves);
        admission.pass(asked(2), true, later).unwrap().ended(Ended::Answered, later);
        assert!(!admission.is_open());
    }

    fn key() -> Refusal {
        Refusal::Unauthorized { credential: Credential::Unknown, message: "wrong".into(), another: false }
    }

    #[test]
    fn a_refused_account_is_shut_and_told_at_once_until_one_may_try_or_another_key_is_in_use() {
        let (admission, now) = (Admission::default(), Duration::ZERO);
        assert!(!admission.doubts("quote"));
        let told = admission.refusing();
        admission.pass(asked(1), true, now).unwrap().ended(Ended::AccountRefused(&key()), now);
        assert!(told.now_or_never().is_some());
        assert_eq!(admission.shut(), [("all", key().name())]);
        assert!(admission.condemns("quote", |kind| *kind == key()) && admission.doubts("quote"));
        assert!(!admission.condemns("quote", |_| false));
        assert!(admission.pass(asked(2), true, now).is_err());
        admission.let_one_try(now);
        assert!(admission.pass(asked(2), true, now).is_ok());
        admission.forget_refusals();
        assert!(admission.shut().is_empty() && !admission.doubts("quote"));
    }

    #[test]
    fn only_the_call_that_finds_out_hands_its_turn_on() {
        let (admission, now) = (Admission::default(), Duration::ZERO);
        let before = admission.pass(asked(9), true, now).unwrap();
        admission.pass(asked(1), true, now).unwrap().ended(Ended::AccountRefused(&key()), now);
        let later = Duration::from_secs(60);
        let finds_out = admission.pass(asked(2), true, later).unwrap();
        before.ended(Ended::Refused, later);
        assert!(admission.pass(asked(3), true, later).is_err(), "that call had no turn");
        finds_out.ended(Ended::Refused, later);
        assert!(admission.pass(asked(3), true, later).is_ok());
    }
}
