//! Sessions of operators that were ended before their time.

use jiff::Timestamp;

use crate::error::RecordsError;
use crate::records::{Records, on_each};

/// A session that was ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndedSession {
    /// Its id.
    pub id: String,
    /// When it would have ended by itself: a whole second.
    pub ends_at: Timestamp,
}

impl Records {
    /// Records sessions that this instance ended.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be written.
    pub async fn end_sessions(&self, ended: &[EndedSession]) -> Result<(), RecordsError> {
        if ended.is_empty() {
            return Ok(());
        }
        on_each!(self, store => store.end_sessions(ended).await)
    }

    /// All sessions that were ended, at any instance, and would last yet.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn ended_sessions(&self, now: Timestamp) -> Result<Vec<EndedSession>, RecordsError> {
        on_each!(self, store => store.ended_sessions(now).await)
    }
}
