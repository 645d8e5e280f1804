//! The state of a connection, which its transport, its bodies and its requests bring forward.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use super::Timeouts;
use super::phase::{Now, Phase, Rank};

/// The state of a connection, shared by what serves it and what counts it.
#[derive(Debug)]
pub(super) struct ConnectionState(Mutex<Now>);

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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

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
