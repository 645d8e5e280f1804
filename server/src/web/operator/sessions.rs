//! The operator's sessions. The signed cookie has the session's id and its end, so every instance with the same token
//! accepts it. Signing out ends a session for every copy of its cookie: its id is recorded, and all instances read it.

use std::collections::HashMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use records::{EndedSession, Records, RecordsError};
use tokio::sync::{Notify, watch};
use tokio::time::{sleep, timeout};

/// How long a session lasts after it began.
const LASTS: SignedDuration = SignedDuration::from_hours(12);
/// How often the sessions are read that other instances ended.
const LOOK: Duration = Duration::from_secs(3);

/// The sessions, as far as this instance must know them.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    known: Mutex<Known>,
    /// Told when a session ended here.
    ended_here: Notify,
}

#[derive(Debug, Default)]
struct Known {
    /// The ids of sessions that were ended, when they would have ended by themselves, and whether that is recorded.
    ended: HashMap<String, (Timestamp, bool)>,
    /// Those that something here waits for. A sender is dropped when its session is ended, so receivers know it.
    live: HashMap<String, watch::Sender<()>>,
}

impl Sessions {
    /// Begins a session. The result is for the signed cookie.
    pub(super) fn begin(now: Timestamp) -> String {
        let ends = now.saturating_add(LASTS).unwrap_or(now);
        format!("{:032x}.{}", rand::random::<u128>(), ends.as_second())
    }

    /// The session that a signed cookie names, if it is open.
    pub(super) fn find(&self, cookie: &str, now: Timestamp) -> Option<Session> {
        let (id, ends) = read(cookie).filter(|(_, ends)| now < *ends)?;
        let mut known = self.known.lock();
        if known.ended.contains_key(id) {
            return None;
        }
        known.live.retain(|_, sender| sender.receiver_count() > 0);
        let live = known.live.entry(id.to_owned()).or_insert_with(|| watch::Sender::new(()));
        Some(Session { ends, live: live.subscribe() })
    }

    /// Ends the session that a signed cookie names.
    pub(super) fn end(&self, cookie: &str) {
        let Some((id, ends)) = read(cookie) else { return };
        let mut known = self.known.lock();
        known.live.remove(id);
        known.ended.entry(id.to_owned()).or_insert((ends, false));
        drop(known);
        self.ended_here.notify_one();
    }

    /// Records what is ended here, and learns what is ended elsewhere and was before a restart, for as long as the
    /// process runs. `now` is the time of each look.
    pub(super) async fn follow(&self, records: &Records, now: impl Fn() -> Timestamp) {
        loop {
            if let Err(error) = self.look(records, now()).await {
                tracing::debug!(%error, "which sessions are ended is not known");
            }
            let _ = timeout(LOOK, self.ended_here.notified()).await;
        }
    }

    async fn look(&self, records: &Records, now: Timestamp) -> Result<(), RecordsError> {
        let unrecorded: Vec<EndedSession> = {
            let known = self.known.lock();
            let unrecorded = known.ended.iter().filter(|(_, (_, is_recorded))| !is_recorded);
            unrecorded.map(|(id, (ends_at, _))| EndedSession { id: id.clone(), ends_at: *ends_at }).collect()
        };
        records.end_sessions(&unrecorded).await?;
        let all = records.ended_sessions(now).await?;
        let mut known = self.known.lock();
        known.ended.retain(|_, (ends, _)| now < *ends);
        for EndedSession { id, ends_at } in all {
            known.live.remove(&id);
            known.ended.insert(id, (ends_at, true));
        }
        Ok(())
    }
}

/// The id that a cookie names, and when the session ends.
fn read(cookie: &str) -> Option<(&str, Timestamp)> {
    let (id, ends) = cookie.split_once('.')?;
    Some((id, Timestamp::from_second(ends.parse().ok()?).ok()?))
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
            () = sleep(left) => {}
            // No value is ever sent, so this ends only when the sender is dropped with the session.
            _ = self.live.changed() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use futures::FutureExt;
    use tempfile::TempDir;

    use super::*;

    const NOON: Timestamp = Timestamp::UNIX_EPOCH;

    async fn records(folder: &TempDir) -> Records {
        Records::open(&format!("sqlite://{}/records.db", folder.path().display())).await.unwrap()
    }

    #[tokio::test]
    async fn a_session_that_was_ended_is_over_for_all_its_holders() {
        let sessions = Sessions::default();
        let (cookie, other) = (Sessions::begin(NOON), Sessions::begin(NOON));
        let held = sessions.find(&cookie, NOON).unwrap();
        let mut over = Box::pin(held.over(NOON));
        assert!(over.as_mut().now_or_never().is_none());
        sessions.end(&cookie);
        over.await;
        assert!(sessions.find(&cookie, NOON).is_none());
        assert!(sessions.find(&other, NOON).is_some());
    }

    #[tokio::test]
    async fn a_session_is_open_at_every_instance_until_it_is_ended_at_one() {
        let folder = tempfile::tempdir().unwrap();
        let records = records(&folder).await;
        let (here, there) = (Sessions::default(), Arc::new(Sessions::default()));
        let cookie = Sessions::begin(NOON);
        let over = there.find(&cookie, NOON).unwrap().over(NOON);
        let (follows, of_there) = (Arc::clone(&there), records.clone());
        let following = tokio::spawn(async move { follows.follow(&of_there, || NOON).await });
        assert!(here.find(&cookie, NOON).is_some());
        here.end(&cookie);
        here.look(&records, NOON).await.unwrap();
        // The other one waits for it, and hears of it.
        over.await;
        assert!(there.find(&cookie, NOON).is_none());
        following.abort();
        // One that starts again knows it too.
        let again = Sessions::default();
        again.look(&records, NOON).await.unwrap();
        assert!(again.find(&cookie, NOON).is_none());
        // It is forgotten when it would have ended by itself.
        again.look(&records, NOON.saturating_add(LASTS).unwrap()).await.unwrap();
        assert!(again.known.lock().ended.is_empty());
    }

    #[tokio::test]
    async fn a_session_that_ends_while_there_are_no_records_is_recorded_later() {
        // A folder is where the file would be.
        let folder = tempfile::tempdir().unwrap();
        let gone = Records::at(&format!("sqlite://{}", folder.path().display())).unwrap();
        let (sessions, cookie) = (Sessions::default(), Sessions::begin(NOON));
        sessions.end(&cookie);
        assert!(sessions.look(&gone, NOON).await.is_err());
        assert!(sessions.find(&cookie, NOON).is_none());
        let records = records(&folder).await;
        sessions.look(&records, NOON).await.unwrap();
        assert_eq!(records.ended_sessions(NOON).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn a_session_lasts_twelve_hours() {
        let sessions = Sessions::default();
        let cookie = Sessions::begin(NOON);
        let last = NOON.saturating_add(LASTS).unwrap();
        let held = sessions.find(&cookie, last - SignedDuration::from_secs(1)).unwrap();
        assert!(sessions.find(&cookie, last).is_none());
        held.over(last).await;
        assert!(sessions.find("of an earlier version", NOON).is_none());
    }
}
