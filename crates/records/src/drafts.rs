//! Device lists that were read and are not started: each instance shows them, and one of them starts each.

use jiff::Timestamp;

use crate::error::RecordsError;
use crate::records::{Records, on_each};

/// A draft, as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRecord {
    /// The list's name, sealed.
    pub name: Vec<u8>,
    /// SHA-256 of the file.
    pub content: [u8; 32],
    /// How many rows it has.
    pub rows: u32,
    /// The rows, sealed, in a form that the crate `lists` knows.
    pub cells: Vec<u8>,
    /// What a person said of it so far.
    pub said: DraftSaid,
}

/// What a person said of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftSaid {
    /// The answers to its questions, sealed, in a form that the crate `lists` knows.
    pub answers: Vec<u8>,
    /// Whether rows that the spreadsheet does not show are left out.
    pub hidden_out: bool,
}

/// How many drafts are kept. If there are more, the oldest are deleted; the newest is kept in any case.
#[derive(Clone, Copy, Debug)]
pub struct MostDrafts {
    /// The drafts.
    pub drafts: u32,
    /// The rows of all of them together.
    pub rows: u32,
}

impl Records {
    /// Adds a draft under a key that cannot be guessed, or puts it in the place of the one with that key. Its number of
    /// changes is 0 then.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn add_draft(
        &self,
        key: &str,
        draft: &DraftRecord,
        most: MostDrafts,
        now: Timestamp,
    ) -> Result<(), RecordsError> {
        on_each!(self, store => store.add_draft(key, draft, most, now).await)
    }

    /// The draft with that key, and how often it was changed; `None` if there is none, or none any more.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn draft(&self, key: &str) -> Result<Option<(DraftRecord, i64)>, RecordsError> {
        on_each!(self, store => store.draft(key).await)
    }

    /// How often the draft with that key was changed; `None` if there is none, or none any more.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn draft_changes(&self, key: &str) -> Result<Option<i64>, RecordsError> {
        on_each!(self, store => store.draft_changes(key).await)
    }

    /// Records what a person said of a draft. Returns how often it was changed; `None` if there is none any more.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn change_draft(
        &self,
        key: &str,
        said: &DraftSaid,
        now: Timestamp,
    ) -> Result<Option<i64>, RecordsError> {
        on_each!(self, store => store.change_draft(key, said, now).await)
    }

    /// Deletes the draft with that key. Returns whether there was one: of several callers, one gets `true`.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn take_draft(&self, key: &str) -> Result<bool, RecordsError> {
        on_each!(self, store => store.take_draft(key).await)
    }

    /// The keys and sealed names of all drafts, the newest first.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn draft_names(&self) -> Result<Vec<(String, Vec<u8>)>, RecordsError> {
        on_each!(self, store => store.draft_names().await)
    }
}
