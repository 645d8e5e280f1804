//! What a connection does at the moment, and what follows from it: until when the server waits, and whether the
//! connection may be closed for another.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::Timeouts;

/// How long a client may take in any case before its connection makes room for another: more than a request needs
/// from one end of the world to the other.
const GRACE: Duration = Duration::from_millis(250);
/// The same for a client that is in the middle of a request or an answer.
const GRACE_AT_WORK: Duration = Duration::from_secs(5);
/// How long a head under way may still take once the server stops.
const LAST_HEAD: Duration = Duration::from_secs(1);

/// What a connection does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// No request has come yet, or a part of its head.
    New,
    /// A request was answered, and nothing of the next has come.
    KeptAlive,
    /// A part of a further request's head has come.
    Head,
    /// A request is being answered.
    AtWork,
    /// The same, and the server waits for more of the request's body.
    Body,
}

/// The state of a connection, shared by what serves it and what counts it.
#[derive(Debug)]
pub(super) struct ConnectionState(Mutex<Now>);

#[derive(Clone, Copy, Debug)]
struct Now {
    phase: Phase,
    /// Since when it is in that phase.
    since: Instant,
    /// Since when the client has taken nothing of what is to be sent; `None` while it takes it.
    blocked: Option<Instant>,
}

/// What bytes belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Received {
    /// They begin a further head.
    NewHead,
    /// They belong to a head that has begun.
    MoreOfHead,
    /// To a body, or to what comes after it.
    Other,
}

/// How readily a connection is closed for another: the least of all first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    kind: Kind,
    /// The one that has waited longest comes first.
    since: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// It has not sent a whole head.
    Silent,
    /// It is kept for a request that may never come.
    Idle,
    /// It is slow to send a body, or to take an answer.
    Slow,
}

impl ConnectionState {
    pub(super) fn new(now: Instant) -> Self {
        Self(Mutex::new(Now { phase: Phase::New, since: now, blocked: None }))
    }

    /// A whole head has come.
    pub(super) fn request_began(&self) {
        self.lock().enter(Phase::AtWork);
    }

    /// The answer is over, or given to the transport to its end.
    pub(super) fn request_ended(&self) {
        self.lock().enter(Phase::KeptAlive);
    }

    /// More of the request's body is waited for.
    pub(super) fn waits_for_body(&self) {
        let mut now = self.lock();
        if now.phase == Phase::AtWork {
            now.enter(Phase::Body);
        }
    }

    /// The request's body is there, or nothing more of it is read.
    pub(super) fn body_ended(&self) {
        let mut now = self.lock();
        if now.phase == Phase::Body {
            now.enter(Phase::AtWork);
        }
    }

    /// Some bytes have come: what they belong to.
    pub(super) fn received(&self) -> Received {
        let mut now = self.lock();
        match now.phase {
            Phase::KeptAlive => {
                now.enter(Phase::Head);
                Received::NewHead
            }
            Phase::New | Phase::Head => Received::MoreOfHead,
            Phase::AtWork | Phase::Body => Received::Other,
        }
    }

    /// Whether a head is read, and all earlier answers are sent. An answer that is written now is to a head that
    /// cannot be read.
    pub(super) fn is_reading_head(&self) -> bool {
        let now = self.lock();
        matches!(now.phase, Phase::New | Phase::Head) && now.blocked.is_none()
    }

    /// The client takes nothing more for now.
    pub(super) fn write_blocked(&self) {
        self.lock().blocked.get_or_insert_with(Instant::now);
    }

    /// The client has taken something.
    pub(super) fn write_succeeded(&self) {
        let mut now = self.lock();
        if now.blocked.take().is_some() && now.phase == Phase::KeptAlive {
            // The end of the answer was still on its way.
            now.since = Instant::now();
        }
    }

    /// Until when the client may take; `None` while it is the server that is at work. `stopping` is when the
    /// server was asked to stop.
    pub(super) fn deadline(&self, timeouts: &Timeouts, stopping: Option<Instant>) -> Option<Instant> {
        self.lock().deadline(timeouts, stopping)
    }

    /// How readily it is closed for another; `None` where it is not.
    pub(super) fn rank(&self, at: Instant) -> Option<Rank> {
        self.lock().rank(at)
    }

    fn lock(&self) -> MutexGuard<'_, Now> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Now {
    fn enter(&mut self, phase: Phase) {
        (self.phase, self.since) = (phase, Instant::now());
    }

    fn deadline(&self, timeouts: &Timeouts, stopping: Option<Instant>) -> Option<Instant> {
        if let Some(blocked) = self.blocked {
            return Some(blocked + timeouts.write);
        }
        let waits = match self.phase {
            Phase::New | Phase::Head => timeouts.head,
            Phase::KeptAlive => timeouts.keep_alive,
            // The body has its own deadline, which leads to an answer.
            Phase::AtWork | Phase::Body => return None,
        };
        let deadline = self.since + waits;
        Some(stopping.map_or(deadline, |stopping| deadline.min(stopping + LAST_HEAD)))
    }

    fn rank(&self, at: Instant) -> Option<Rank> {
        let (kind, since, grace) = match (self.blocked, self.phase) {
            (Some(blocked), _) => (Kind::Slow, blocked, GRACE_AT_WORK),
            (None, Phase::New | Phase::Head) => (Kind::Silent, self.since, GRACE),
            (None, Phase::KeptAlive) => (Kind::Idle, self.since, GRACE),
            (None, Phase::Body) => (Kind::Slow, self.since, GRACE_AT_WORK),
            (None, Phase::AtWork) => return None,
        };
        (at.saturating_duration_since(since) >= grace).then_some(Rank { kind, since })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn of(phase: Phase, since: Instant) -> Now {
        Now { phase, since, blocked: None }
    }

    #[test]
    fn a_client_is_waited_for_only_where_it_is_its_turn() {
        let (timeouts, start) = (Timeouts::default(), Instant::now());
        let until = |phase| of(phase, start).deadline(&timeouts, None);
        assert_eq!(until(Phase::New), Some(start + timeouts.head));
        assert_eq!(until(Phase::Head), Some(start + timeouts.head));
        assert_eq!(until(Phase::KeptAlive), Some(start + timeouts.keep_alive));
        assert_eq!((until(Phase::AtWork), until(Phase::Body)), (None, None));
        let blocked = Now { blocked: Some(start + SECOND), ..of(Phase::AtWork, start) };
        assert_eq!(blocked.deadline(&timeouts, None), Some(start + SECOND + timeouts.write));
    }

    #[test]
    fn a_server_that_stops_waits_for_heads_no_longer_than_a_moment() {
        let (timeouts, start) = (Timeouts::default(), Instant::now());
        let until = |phase, stop| of(phase, start).deadline(&timeouts, Some(stop));
        assert_eq!(until(Phase::Head, start), Some(start + LAST_HEAD));
        assert_eq!(until(Phase::New, start + 20 * SECOND), Some(start + timeouts.head), "it is over before");
        assert_eq!(until(Phase::AtWork, start), None);
    }

    #[test]
    fn the_one_that_was_silent_longest_makes_room_first_and_one_at_work_never() {
        let start = Instant::now();
        let later = start + 20 * SECOND;
        let rank = |phase, since| of(phase, since).rank(later);
        let slow = Now { blocked: Some(start), ..of(Phase::AtWork, start) }.rank(later);
        let order = [
            rank(Phase::New, start),
            rank(Phase::Head, start + SECOND),
            rank(Phase::New, start + 2 * SECOND),
            rank(Phase::KeptAlive, start),
            rank(Phase::KeptAlive, start + SECOND),
            slow,
            rank(Phase::Body, start + SECOND),
        ];
        assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{order:?}");
        assert_eq!(rank(Phase::AtWork, start), None);
    }

    #[test]
    fn a_client_that_has_only_come_makes_no_room() {
        let start = Instant::now();
        for phase in [Phase::New, Phase::Head, Phase::KeptAlive] {
            assert_eq!(of(phase, start).rank(start + GRACE / 2), None, "{phase:?}");
        }
        assert_eq!(of(Phase::Body, start).rank(start + SECOND), None);
    }

    #[tokio::test(start_paused = true)]
    async fn bytes_after_an_answer_begin_a_head_and_bytes_before_the_first_do_not() {
        let (timeouts, start) = (Timeouts::default(), Instant::now());
        let state = ConnectionState::new(start);
        tokio::time::advance(SECOND).await;
        state.received();
        assert_eq!(state.deadline(&timeouts, None), Some(start + timeouts.head), "the first silence counts");
        state.request_began();
        state.waits_for_body();
        state.request_ended();
        // A body that is dropped after its answer changes nothing.
        state.body_ended();
        assert_eq!(state.deadline(&timeouts, None), Some(start + SECOND + timeouts.keep_alive));
        tokio::time::advance(SECOND).await;
        state.received();
        tokio::time::advance(SECOND).await;
        state.received();
        assert_eq!(state.deadline(&timeouts, None), Some(start + 2 * SECOND + timeouts.head));
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_is_idle_once_its_answer_has_been_taken() {
        let (timeouts, start) = (Timeouts::default(), Instant::now());
        let state = ConnectionState::new(start);
        state.request_began();
        state.write_blocked();
        state.request_ended();
        tokio::time::advance(SECOND).await;
        state.write_blocked();
        assert_eq!(state.deadline(&timeouts, None), Some(start + timeouts.write), "since the first time");
        state.write_succeeded();
        assert_eq!(state.deadline(&timeouts, None), Some(start + SECOND + timeouts.keep_alive));
    }
}
