//! Keeps drafts in memory until a person starts or discards them.

use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};

use crate::draft::Draft;

/// The most drafts in memory: a person may take a while to answer the questions of one.
const MOST: usize = 20;
/// The most rows of all drafts together. 50,000 rows take about 30 MB.
const MOST_ROWS: usize = 150_000;

/// The drafts in memory, the latest first. Clones share everything.
#[derive(Clone, Debug, Default)]
pub struct Drafts(Arc<Mutex<Waiting>>);

type Waiting = VecDeque<(String, Arc<Draft>)>;

impl Drafts {
    /// Keeps a draft under `key`, which must not be guessable. If there are too many drafts or rows then, the
    /// oldest are discarded.
    pub fn keep(&self, key: String, draft: Arc<Draft>) {
        let mut all = self.all();
        all.push_front((key, draft));
        let mut rows = 0;
        let too_many = all.iter().position(|(_, draft)| {
            rows += draft.rows();
            rows > MOST_ROWS
        });
        // The newest is kept, however long it is.
        let room = too_many.unwrap_or(all.len()).clamp(1, MOST);
        all.drain(room..).for_each(|(_, draft)| draft.discard());
    }

    /// The draft with that key; `None` if it was dropped or taken, or the process has restarted since.
    pub fn get(&self, key: &str) -> Option<Arc<Draft>> {
        self.all().iter().find(|(known, _)| known == key).map(|(_, draft)| Arc::clone(draft))
    }

    /// Removes and returns the draft with that key. Of two concurrent requests only one gets it.
    pub fn take(&self, key: &str) -> Option<Arc<Draft>> {
        let mut all = self.all();
        let place = all.iter().position(|(known, _)| known == key)?;
        all.remove(place).map(|(_, draft)| draft)
    }

    /// The keys and names of all drafts.
    pub fn names(&self) -> Vec<(String, String)> {
        self.all().iter().map(|(key, draft)| (key.clone(), draft.name().to_owned())).collect()
    }

    fn all(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(rows: usize) -> Arc<Draft> {
        let table =
            sheet::read(format!("品牌,型号\n{}", "苹果,iPhone 15\n".repeat(rows)).as_bytes()).unwrap();
        Arc::new(Draft::new("list.csv", b"it", table).unwrap())
    }

    fn keys(drafts: &Drafts) -> Vec<String> {
        drafts.names().into_iter().map(|(key, _)| key).collect()
    }

    #[test]
    fn the_list_that_waits_longest_makes_room() {
        let (drafts, short) = (Drafts::default(), draft(1));
        for number in 0..=MOST {
            drafts.keep(number.to_string(), Arc::clone(&short));
        }
        assert!(drafts.get("0").is_none() && short.is_discarded(), "its look-up ends too");
        assert_eq!((keys(&drafts).len(), keys(&drafts)[0].as_str()), (MOST, "20"));
    }

    #[test]
    fn long_lists_make_room_for_each_other() {
        let (drafts, long) = (Drafts::default(), draft(49_999));
        for key in ["a", "b", "c", "d"] {
            drafts.keep(key.into(), Arc::clone(&long));
        }
        assert_eq!(keys(&drafts), ["d", "c", "b"]);
    }

    #[test]
    fn of_two_who_take_a_list_one_gets_it() {
        let drafts = Drafts::default();
        drafts.keep("a".into(), draft(1));
        assert!(drafts.take("a").is_some() && drafts.take("a").is_none());
    }
}
