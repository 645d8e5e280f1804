//! Keeps drafts until a person starts or discards them: in the records, so that every instance has them, and in memory
//! as long as they are worked at. The draft of a list that was started with open questions is kept for these, under the
//! list's number. If the records cannot be written, a draft is in the memory of its instance only.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use parking_lot::{Mutex, MutexGuard};
use records::{BatchId, DraftRecord, MostDrafts, Records, RecordsError};

use crate::draft::{Draft, recorded_name};
use crate::seal::Seal;

/// The most drafts that are kept: a person may take a while to answer the questions of one. 50,000 rows take about
/// 30 MB of memory.
const MOST: MostDrafts = MostDrafts { drafts: 20, rows: 150_000 };

/// What the key of a list's draft begins with. Other keys are random.
const OF_LIST: &str = "list-";

/// All drafts. Clones share everything.
#[derive(Clone, Debug)]
pub struct Drafts {
    records: Records,
    seal: Seal,
    /// Those in memory, the latest first.
    known: Arc<Mutex<VecDeque<Known>>>,
}

/// A draft in memory.
#[derive(Clone, Debug)]
struct Known {
    key: String,
    draft: Arc<Draft>,
    /// How often it was changed, by the records; `None` if it is not recorded.
    changes: Option<i64>,
}

impl Drafts {
    /// The drafts in these records, sealed by `seal`.
    pub fn new(records: Records, seal: Seal) -> Self {
        Self { records, seal, known: Arc::default() }
    }

    /// The key of the draft that a list was made of. It is kept under this key while the list has open questions.
    pub fn key_of(list: BatchId) -> String {
        format!("{OF_LIST}{}", list.0)
    }

    /// The list whose draft has this key; `None` if the draft is no list yet.
    pub fn list_of(key: &str) -> Option<BatchId> {
        key.strip_prefix(OF_LIST)?.parse().ok().map(BatchId)
    }

    /// Keeps a draft under `key`: that of its list, or one that cannot be guessed. If there are too many drafts or rows then, the
    /// oldest are discarded.
    pub async fn keep(&self, key: String, draft: Arc<Draft>, now: Timestamp) {
        let added = match self.recorded(&key, &draft).await {
            Some(record) => self.records.add_draft(&key, &record, MOST, now).await,
            None => return self.remember(Known { key, draft, changes: None }),
        };
        if let Err(error) = &added {
            tracing::warn!(%error, "a list that was uploaded is in this instance's memory only");
        }
        let changes = added.is_ok().then_some(0);
        self.remember(Known { key, draft, changes });
    }

    /// The draft with that key, as it is now; `None` if it was dropped or taken.
    pub async fn get(&self, key: &str) -> Option<Arc<Draft>> {
        let known = self.known_by(key);
        match (self.records.draft_changes(key).await, known) {
            (Err(error), known) => {
                tracing::warn!(%error, "a list that was uploaded is shown as this instance knows it");
                known.map(|known| known.draft)
            }
            (Ok(None), Some(Known { draft, changes: None, .. })) => Some(draft),
            (Ok(None), known) => {
                // It was taken or dropped at another instance.
                self.forget(key);
                known.inspect(|known| known.draft.discard());
                None
            }
            (Ok(changes), Some(known)) if changes == known.changes => Some(known.draft),
            (Ok(Some(_)), known) => self.load(key, known).await,
        }
    }

    /// Reads a draft that is new to this instance, or was changed at another one.
    async fn load(&self, key: &str, known: Option<Known>) -> Option<Arc<Draft>> {
        let found = self.records.draft(key).await;
        let (record, changes) = match found {
            Ok(found) => found?,
            Err(error) => {
                tracing::warn!(%error, "a list that was uploaded cannot be read");
                return known.map(|known| known.draft);
            }
        };
        let draft = match known {
            Some(Known { draft, .. }) => {
                draft.take_over(key, &self.seal, &record.said);
                draft
            }
            None => self.read(key, record).await?,
        };
        let (key, changes) = (key.to_owned(), Some(changes));
        self.remember(Known { key, draft: Arc::clone(&draft), changes });
        Some(draft)
    }

    /// Records what a person said of a draft since it was got. If that is impossible, it is in memory.
    pub async fn said(&self, key: &str, draft: &Draft, now: Timestamp) {
        let Some(said) = draft.said_so_far(key, &self.seal) else { return };
        match self.records.change_draft(key, &said, now).await {
            Ok(Some(changes)) => {
                if let Some(known) = self.all().iter_mut().find(|known| known.key == key) {
                    known.changes = Some(changes);
                }
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "answers are in this instance's memory only"),
        }
    }

    /// Deletes the draft of a list, also one that cannot be read any more.
    ///
    /// # Errors
    /// [`RecordsError`] if the records cannot be written.
    pub async fn delete_draft_of(&self, list: BatchId) -> Result<(), RecordsError> {
        let key = Self::key_of(list);
        self.known_by(&key).inspect(|known| known.draft.discard());
        self.forget(&key);
        self.records.take_draft(&key).await.map(|_| ())
    }

    /// Removes and returns the draft with that key. Of two concurrent requests only one gets it, at all instances.
    ///
    /// # Errors
    /// [`RecordsError`] if the records cannot be written. Then it is not removed.
    pub async fn take(&self, key: &str) -> Result<Option<Arc<Draft>>, RecordsError> {
        let Some(draft) = self.get(key).await else { return Ok(None) };
        let is_recorded = self.known_by(key).is_none_or(|known| known.changes.is_some());
        let is_first = !is_recorded || self.records.take_draft(key).await?;
        let was_known = self.forget(key);
        let is_ours = is_first && (is_recorded || was_known);
        Ok(is_ours.then_some(draft))
    }

    /// The keys and names of the drafts that are no lists yet, those that were changed last first.
    pub async fn names(&self) -> Vec<(String, String)> {
        let mut names = self.all_names().await;
        names.retain(|(key, _)| Self::list_of(key).is_none());
        names
    }

    /// Whether the draft of a list is kept and can be read.
    pub async fn has_draft_of(&self, list: BatchId) -> bool {
        let key = Self::key_of(list);
        self.all_names().await.iter().any(|(other, _)| *other == key)
    }

    async fn all_names(&self) -> Vec<(String, String)> {
        let named = |known: &Known| (known.key.clone(), known.draft.name().to_owned());
        match self.records.draft_names().await {
            Ok(names) => {
                let unrecorded = |known: &&Known| known.changes.is_none();
                let in_memory: Vec<_> = self.all().iter().filter(unrecorded).map(named).collect();
                // What was sealed with the key of a former token cannot be opened any more.
                let recorded = names.into_iter().filter_map(|(key, sealed)| {
                    let name = recorded_name(&key, &self.seal, &sealed)?;
                    Some((key, name))
                });
                in_memory.into_iter().chain(recorded).collect()
            }
            Err(error) => {
                tracing::warn!(%error, "lists that were uploaded are shown as this instance knows them");
                self.all().iter().map(named).collect()
            }
        }
    }

    /// Keeps a draft in memory, in the place of what was known by that key, and drops the oldest if there are too many.
    fn remember(&self, known: Known) {
        let mut all = self.all();
        all.retain(|other| other.key != known.key);
        all.push_front(known);
        let (mut rows, mut room) = (0_usize, 0_usize);
        for known in all.iter() {
            rows += known.draft.rows();
            let has_room = rows <= count(MOST.rows) && room < count(MOST.drafts);
            // The newest is kept, however long it is.
            if room > 0 && !has_room {
                break;
            }
            room += 1;
        }
        all.drain(room..).for_each(|known| known.draft.discard());
    }

    /// The record of a draft. A thread for blocking work makes it.
    async fn recorded(&self, key: &str, draft: &Arc<Draft>) -> Option<DraftRecord> {
        let (key, seal, draft) = (key.to_owned(), self.seal.clone(), Arc::clone(draft));
        tokio::task::spawn_blocking(move || draft.recorded(&key, &seal)).await.ok().flatten()
    }

    /// The draft of a record. A thread for blocking work reads it.
    async fn read(&self, key: &str, record: DraftRecord) -> Option<Arc<Draft>> {
        let (key, seal) = (key.to_owned(), self.seal.clone());
        let read = tokio::task::spawn_blocking(move || Draft::of_record(&key, &seal, record)).await;
        read.ok().flatten().map(Arc::new)
    }

    fn known_by(&self, key: &str) -> Option<Known> {
        self.all().iter().find(|known| known.key == key).cloned()
    }

    /// Removes a draft from memory. Returns whether it was there.
    fn forget(&self, key: &str) -> bool {
        let mut all = self.all();
        let before = all.len();
        all.retain(|known| known.key != key);
        all.len() < before
    }

    fn all(&self) -> MutexGuard<'_, VecDeque<Known>> {
        self.known.lock()
    }
}

fn count(most: u32) -> usize {
    usize::try_from(most).unwrap_or(usize::MAX)
}
