//! The state of a connection. Its transport, its bodies and its requests update it.

use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::{Mutex, MutexGuard};
use tokio::time::Instant;

use super::Timeouts;
use super::phase::{Now, Phase, Rank};

/// The state of a connection, shared by the task that serves it and the table that counts it.
#[derive(Debug)]
pub(super) struct ConnectionState {
    now: Mutex<Now>,
    /// Whether there is an answer of which no byte has been sent yet.
    answer_is_due: AtomicBool,
}

impl ConnectionState {
    pub(super) fn new(now: Instant) -> Self {
        let now = Now { phase: Phase::New, since: now, blocked: None };
        Self { now: Mutex::new(now), answer_is_due: AtomicBool::new(false) }
    }

    /// Notes that a complete head has come.
    pub(super) fn request_began(&self) {
        self.lock().enter(Phase::AtWork);
    }

    /// Notes that the answer to the request begins; its body may come later.
    pub(super) fn answer_began(&self) {
        self.answer_is_due.store(true, Ordering::Relaxed);
    }

    /// Notes that the answer has ended, or that all of it was given to the transport.
    pub(super) fn request_ended(&self) {
        self.lock().enter(Phase::KeptAlive);
    }

    /// Notes that the server waits for more of the request's body.
    pub(super) fn waits_for_body(&self) {
        let mut now = self.lock();
        if now.phase == Phase::AtWork {
            now.enter(Phase::Body);
        }
    }

    /// Notes that the request's body is complete, or that no more of it is read.
    pub(super) fn body_ended(&self) {
        let mut now = self.lock();
        if now.phase == Phase::Body {
            now.enter(Phase::AtWork);
        }
    }

    /// Notes that bytes have come: of a head, of a body, or after it.
    pub(super) fn received(&self) {
        let mut now = self.lock();
        if now.phase == Phase::KeptAlive {
            now.enter(Phase::Head);
        }
    }

    /// Whether no request is at work and all answers are sent. Then, what is written now is the HTTP
    /// library's answer to a head that it cannot read.
    pub(super) fn has_sent_all(&self) -> bool {
        let now = self.lock();
        let has_answered = !matches!(now.phase, Phase::AtWork | Phase::Body);
        has_answered && now.blocked.is_none() && !self.answer_is_due.load(Ordering::Relaxed)
    }

    /// Notes that the client accepts no more bytes for now.
    pub(super) fn write_blocked(&self) {
        self.lock().blocked.get_or_insert_with(Instant::now);
    }

    /// Notes that the client has accepted bytes.
    pub(super) fn write_succeeded(&self) {
        self.answer_is_due.store(false, Ordering::Relaxed);
        let mut now = self.lock();
        if now.blocked.take().is_some() && now.phase == Phase::KeptAlive {
            // The last part of the answer was still being sent.
            now.since = Instant::now();
        }
    }

    /// Until when the server waits for the client; `None` while the server is at work. `stopping` is when the
    /// server was asked to stop.
    pub(super) fn deadline(&self, timeouts: &Timeouts, stopping: Option<Instant>) -> Option<Instant> {
        self.lock().deadline(timeouts, stopping)
    }

    /// Its place in the order of closing for others; `None` if it must not be closed.
    pub(super) fn rank(&self, at: Instant) -> Option<Rank> {
        self.lock().rank(at)
    }

    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock()
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

    #[tokio::test]
    async fn what_is_written_after_all_answers_is_the_librarys() {
        let state = ConnectionState::new(Instant::now());
        assert!(state.has_sent_all(), "the first head");
        state.request_began();
        assert!(!state.has_sent_all(), "an answer is made");
        state.answer_began();
        state.request_ended();
        assert!(!state.has_sent_all(), "its beginning is still to be sent");
        state.write_blocked();
        assert!(!state.has_sent_all());
        state.write_succeeded();
        assert!(state.has_sent_all());
    }
}
