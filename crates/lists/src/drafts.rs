//! Keeps drafts in memory until a person starts or discards them.

use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};

use crate::draft::Draft;

/// The most drafts in memory. A list of 50,000 rows takes about 30 MB.
const MOST: usize = 3;

/// The drafts in memory, the latest first. Clones share everything.
#[derive(Clone, Debug, Default)]
pub struct Drafts(Arc<Mutex<Waiting>>);

type Waiting = VecDeque<(String, Arc<Draft>)>;

impl Drafts {
    /// Keeps a draft under `key`, which must not be guessable. If there are more than three drafts then, the
    /// oldest is dropped.
    pub fn keep(&self, key: String, draft: Arc<Draft>) {
        let mut all = self.all();
        all.push_front((key, draft));
        all.truncate(MOST);
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

    fn draft() -> Arc<Draft> {
        let table = sheet::read("品牌,型号\n苹果,iPhone 15\n".as_bytes()).unwrap();
        Arc::new(Draft::new("list.csv", b"it", table).unwrap())
    }

    #[test]
    fn the_list_that_waits_longest_makes_room() {
        let drafts = Drafts::default();
        for key in ["a", "b", "c", "d"] {
            drafts.keep(key.into(), draft());
        }
        assert!(drafts.get("a").is_none());
        let keys: Vec<_> = drafts.names().into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["d", "c", "b"]);
    }

    #[test]
    fn of_two_who_take_a_list_one_gets_it() {
        let drafts = Drafts::default();
        drafts.keep("a".into(), draft());
        assert!(drafts.take("a").is_some() && drafts.take("a").is_none());
    }
}
