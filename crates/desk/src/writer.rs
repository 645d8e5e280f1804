//! Writes entries to the records in the background, many in one transaction. Entries that the database does
//! not accept are kept in memory and written when it works again.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use records::{Entry, Records, SetAside};
use tokio::sync::watch;
use tokio::time::sleep;

use crate::health::{Health, REST};
use crate::metrics::Metrics;

/// The most entries that wait for a database, some kilobytes each. Further ones are lost, and counted.
const MOST_UNWRITTEN: usize = 10_000;
/// How long entries are gathered before they are written.
const GATHERING: Duration = Duration::from_millis(5);
/// The most entries of one transaction.
const AT_ONCE: usize = 500;
/// The database is tidied after this many changes.
const TIDY_AFTER: usize = 1_000;

/// Writes entries in the order of their arrival. Clones share everything.
#[derive(Clone)]
pub(crate) struct Writer(Arc<Inner>);

struct Inner {
    records: Records,
    health: Health,
    metrics: Arc<Metrics>,
    queue: Mutex<Queue>,
    /// How many entries have been written.
    written: watch::Sender<u64>,
}

#[derive(Default)]
struct Queue {
    entries: VecDeque<Entry>,
    /// How many entries have ever been taken.
    taken: u64,
    /// Whether something is written to the database but may not be on the disk yet.
    unsynced: bool,
    /// Whether the last write failed, so that entries wait for the next.
    behind: bool,
    /// Whether a task is writing.
    at_work: bool,
    /// Changes since the database was last tidied.
    untidied: usize,
}

impl Writer {
    pub(crate) fn new(records: Records, health: Health, metrics: Arc<Metrics>) -> Self {
        let written = watch::Sender::new(0);
        Self(Arc::new(Inner { records, health, metrics, queue: Mutex::default(), written }))
    }

    /// Takes an entry, which is written soon.
    pub(crate) fn take(&self, entry: Entry) {
        let mut queue = self.queue();
        if queue.entries.len() == MOST_UNWRITTEN {
            self.0.metrics.record_lost();
            return;
        }
        queue.entries.push_back(entry);
        queue.taken += 1;
        self.start(queue);
    }

    /// Whether so few entries wait that further ones need not be written at once.
    pub(crate) fn has_room(&self) -> bool {
        self.unwritten() < MOST_UNWRITTEN / 2
    }

    /// Takes an entry that the database has just failed to accept, so entries count as waiting at once.
    pub(crate) fn take_refused(&self, entry: Entry) {
        self.queue().behind = true;
        self.take(entry);
    }

    /// Brings to the disk, soon, what was written without this writer.
    pub(crate) fn sync_soon(&self) {
        let mut queue = self.queue();
        queue.unsynced = true;
        self.start(queue);
    }

    fn start(&self, mut queue: MutexGuard<'_, Queue>) {
        if !queue.at_work {
            queue.at_work = true;
            tokio::spawn(self.clone().work());
        }
    }

    /// Waits until all entries so far are written, however long that takes.
    pub(crate) async fn all_written(&self) {
        let taken = self.queue().taken;
        let _ = self.0.written.subscribe().wait_for(|written| *written >= taken).await;
    }

    /// How many entries are not written yet.
    pub(crate) fn unwritten(&self) -> usize {
        self.queue().entries.len()
    }

    /// Whether entries wait because the last write failed.
    pub(crate) fn is_behind(&self) -> bool {
        self.queue().behind
    }

    async fn work(self) {
        let Inner { records, health, written, .. } = &*self.0;
        let mut failed = false;
        loop {
            // Entries that arrive together are written together.
            sleep(GATHERING).await;
            let Some(some) = self.next() else { break };
            let done = if some.is_empty() { 0 } else { self.write(&some).await };
            let untidied = self.note(done);
            written.send_modify(|written| *written += done as u64);
            if done < some.len() {
                failed = true;
                self.queue().behind = true;
                sleep(REST).await;
                continue;
            }
            if health.try_to("reach the disk", records.sync()).await.is_err() {
                failed = true;
                self.queue().unsynced = true;
                sleep(REST).await;
            }
            let wants_tidying = untidied >= TIDY_AFTER || records.has_large_log().await;
            if wants_tidying && health.try_to("tidy up", records.tidy()).await.is_ok() {
                self.queue().untidied = 0;
            }
        }
        if failed {
            tracing::info!("the database is back, and what waited for it is written");
        }
    }

    /// Writes entries in their order, and returns how many are finished. If the database refuses one because
    /// of its content, each is written by itself, and a refused one is set aside, because it would always be
    /// refused.
    async fn write(&self, entries: &[Entry]) -> usize {
        let Inner { records, health, metrics, .. } = &*self.0;
        match health.try_to("write", records.write(entries)).await {
            Ok(()) => return entries.len(),
            Err(error) if !error.is_of_the_record() => return 0,
            Err(_) => {}
        }
        for (number, entry) in entries.iter().enumerate() {
            let error = match records.write(std::slice::from_ref(entry)).await {
                Ok(()) => continue,
                Err(error) if error.is_of_the_record() => error,
                Err(_) => return number,
            };
            match records.set_aside(entry, &error).await {
                SetAside::Kept => {
                    metrics.record_set_aside();
                    tracing::error!(%error, "the database refuses a record; it is set aside");
                }
                SetAside::Lost => {
                    metrics.record_lost();
                    tracing::error!(%error, "the database refuses a record; it is lost");
                }
            }
        }
        entries.len()
    }

    /// The entries to write next; an empty list if only the disk has to be synchronised. `None` if there is
    /// nothing to do: then the task ends.
    fn next(&self) -> Option<Vec<Entry>> {
        let mut queue = self.queue();
        queue.at_work = queue.unsynced || !queue.entries.is_empty();
        queue.unsynced = false;
        queue.at_work.then(|| queue.entries.iter().take(AT_ONCE).cloned().collect())
    }

    /// Notes that the first `count` entries are written. Returns the changes since the database was last
    /// tidied.
    fn note(&self, count: usize) -> usize {
        let mut queue = self.queue();
        queue.entries.drain(..count);
        queue.behind &= count == 0;
        queue.untidied += count + 1;
        queue.untidied
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.queue.lock()
    }
}
