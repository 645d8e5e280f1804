//! The operator's sessions. They are kept on the server, so a session that was ended is over for every copy of its
//! cookie.

use std::collections::HashMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use tokio::sync::watch;

/// How long a session lasts after it began.
const LASTS: SignedDuration = SignedDuration::from_hours(12);
/// The most sessions that are open at once; one more ends the oldest.
const MOST: usize = 64;

/// The open sessions, by their ids. They are in memory only: a restart ends them all.
#[derive(Debug, Default)]
pub(super) struct Sessions(Mutex<HashMap<String, Open>>);

#[derive(Debug)]
struct Open {
    ends: Timestamp,
    /// Dropped with the session. Receivers then know that it is over.
    live: watch::Sender<()>,
}

impl Sessions {
    /// Begins a session. The result is its id, which cannot be guessed.
    pub(super) fn begin(&self, now: Timestamp) -> String {
        let id = format!("{:032x}", rand::random::<u128>());
        let ends = now.saturating_add(LASTS).unwrap_or(now);
        let mut open = self.0.lock();
        open.retain(|_, session| now < session.ends);
        if open.len() >= MOST {
            let oldest = open.iter().min_by_key(|(_, session)| session.ends).map(|(id, _)| id.clone());
            oldest.and_then(|id| open.remove(&id));
        }
        open.insert(id.clone(), Open { ends, live: watch::Sender::new(()) });
        id
    }

    /// The open session of that id.
    pub(super) fn find(&self, id: &str, now: Timestamp) -> Option<Session> {
        let open = self.0.lock();
        let session = open.get(id).filter(|session| now < session.ends)?;
        Some(Session { ends: session.ends, live: session.live.subscribe() })
    }

    /// Ends the session of that id, where there is one.
    pub(super) fn end(&self, id: &str) {
        self.0.lock().remove(id);
    }
}

/// A session that was open when it was found.
#[derive(Debug)]
pub(in crate::web) struct Session {
    ends: Timestamp,
    live: watch::Receiver<()>,
}

impl Session {
    /// Waits until the session is over: 12 hours after it began, or when the operator signs out.
    pub(super) async fn over(mut self, now: Timestamp) {
        let left = Duration::try_from(self.ends.duration_since(now)).unwrap_or_default();
        tokio::select! {
            () = tokio::time::sleep(left) => {}
            // No value is ever sent, so this ends only when the sender is dropped with the session.
            _ = self.live.changed() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    const NOON: Timestamp = Timestamp::UNIX_EPOCH;

    #[tokio::test]
    async fn a_session_that_was_ended_is_over_for_all_its_holders() {
        let sessions = Sessions::default();
        let (id, other) = (sessions.begin(NOON), sessions.begin(NOON));
        let held = sessions.find(&id, NOON).unwrap();
        let mut over = Box::pin(held.over(NOON));
        assert!(over.as_mut().now_or_never().is_none());
        sessions.end(&id);
        over.await;
        assert!(sessions.find(&id, NOON).is_none());
        assert!(sessions.find(&other, NOON).is_some());
    }

    #[tokio::test]
    async fn a_session_lasts_twelve_hours() {
        let sessions = Sessions::default();
        let id = sessions.begin(NOON);
        let last = NOON.saturating_add(LASTS).unwrap();
        let held = sessions.find(&id, last - SignedDuration::from_secs(1)).unwrap();
        assert!(sessions.find(&id, last).is_none());
        held.over(last).await;
    }

    #[test]
    fn one_session_too_many_ends_the_oldest() {
        let sessions = Sessions::default();
        let first = sessions.begin(NOON);
        let later = NOON + SignedDuration::from_secs(60);
        let others: Vec<_> = (0..MOST).map(|_| sessions.begin(later)).collect();
        assert!(sessions.find(&first, later).is_none());
        assert!(others.iter().all(|id| sessions.find(id, later).is_some()));
    }
}
