//! The phases of a connection, and two decisions that follow from them: its deadline, and whether it may be
//! closed to make room for another. All are pure functions of phase and time.

use std::time::Duration;

use tokio::time::Instant;

use super::Timeouts;

/// The least time before a connection may be closed for another: longer than a request takes around the
/// world.
const GRACE: Duration = Duration::from_millis(250);
/// The same for a client that sends a body or takes an answer.
const GRACE_AT_WORK: Duration = Duration::from_secs(5);
/// How long the rest of a head may take once the server stops.
const LAST_HEAD: Duration = Duration::from_secs(1);

/// The phase of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// No request has come yet, or only a part of the first head.
    New,
    /// A request was answered, and nothing of the next one has come.
    KeptAlive,
    /// A part of a further head has come.
    Head,
    /// The server is answering a request.
    AtWork,
    /// The server waits for more of a request's body.
    Body,
}

/// The phase of a connection, and since when it lasts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Now {
    pub(super) phase: Phase,
    /// The beginning of the phase.
    pub(super) since: Instant,
    /// Since when the client has taken no bytes of what is to be sent; `None` while it takes them.
    pub(super) blocked: Option<Instant>,
}

/// The order in which connections are closed for others: the smallest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    kind: Kind,
    /// Among equals, the one that has waited longest comes first.
    since: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// The client has not sent a whole head.
    Silent,
    /// The connection is kept alive for a next request.
    Idle,
    /// The client is slow to send a body, or to take an answer.
    Slow,
}

impl Now {
    /// Begins another phase.
    pub(super) fn enter(&mut self, phase: Phase) {
        (self.phase, self.since) = (phase, Instant::now());
    }

    /// When the connection is closed if its client sends or takes nothing more; `None` while the server is at
    /// work. `stopping` is when the server was asked to stop.
    pub(super) fn deadline(&self, timeouts: &Timeouts, stopping: Option<Instant>) -> Option<Instant> {
        if let Some(blocked) = self.blocked {
            return Some(blocked + timeouts.write);
        }
        let waits = match self.phase {
            Phase::New | Phase::Head => timeouts.head,
            Phase::KeptAlive => timeouts.keep_alive,
            // A body has a deadline of its own, after which the request is answered with an error.
            Phase::AtWork | Phase::Body => return None,
        };
        let deadline = self.since + waits;
        Some(stopping.map_or(deadline, |stopping| deadline.min(stopping + LAST_HEAD)))
    }

    /// Its place in the order of closing; `None` if it must not be closed.
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
