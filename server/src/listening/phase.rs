//! What a connection does at a moment, and what follows from it: pure functions of that and the time.

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
pub(super) enum Phase {
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

/// What a connection does, and since when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Now {
    pub(super) phase: Phase,
    /// Since when it is in that phase.
    pub(super) since: Instant,
    /// Since when the client has taken nothing of what is to be sent; `None` while it takes it.
    pub(super) blocked: Option<Instant>,
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

impl Now {
    /// Another phase begins.
    pub(super) fn enter(&mut self, phase: Phase) {
        (self.phase, self.since) = (phase, Instant::now());
    }

    /// Until when the client may take; `None` while it is the server that is at work. `stopping` is when the server
    /// was asked to stop.
    pub(super) fn deadline(&self, timeouts: &Timeouts, stopping: Option<Instant>) -> Option<Instant> {
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

    /// How readily it is closed for another; `None` where it is not.
    pub(super) fn rank(&self, at: Instant) -> Option<Rank> {
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
}
