//! The drafts that wait for a word.

use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};

use crate::draft::Draft;

/// Lists that are kept in memory: one of 50,000 rows takes some 30 MB.
const MOST: usize = 3;

/// The lists that wait for a word, the latest first. Clones share everything.
#[derive(Clone, Debug, Default)]
pub struct Drafts(Arc<Mutex<Waiting>>);

type Waiting = VecDeque<(String, Arc<Draft>)>;

impl Drafts {
    /// Keeps a list under a key that nobody guesses; the one that waits longest makes room.
    pub fn keep(&self, key: String, draft: Arc<Draft>) {
        let mut all = self.all();
        all.push_front((key, draft));
        all.truncate(MOST);
    }

    /// The list of that key; `None` when it made room, or the process began anew.
    pub fn get(&self, key: &str) -> Option<Arc<Draft>> {
        self.all().iter().find(|(known, _)| known == key).map(|(_, draft)| Arc::clone(draft))
    }

    /// Takes a list away: of two who press at once, one gets it.
    pub fn take(&self, key: &str) -> Option<Arc<Draft>> {
        let mut all = self.all();
        let place = all.iter().position(|(known, _)| known == key)?;
        all.remove(place).map(|(_, draft)| draft)
    }

    /// All that wait: their keys and names.
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
