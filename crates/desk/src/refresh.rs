//! A stale answer is made fresh behind the scenes, so that the next who asks gets a price of
//! today, and none of those who ask meanwhile waits for a partner that is down.

use std::collections::HashSet;

use parking_lot::Mutex;

use crate::key::Key;

/// Answers that are refreshed at once. More wait for the next who asks.
const MOST: usize = 50;
/// Tries for one answer, each after twice the pause before.
pub(crate) const TRIES: u32 = 5;

/// The answers that are being refreshed.
#[derive(Default)]
pub(crate) struct Refreshing(Mutex<HashSet<Key>>);

impl Refreshing {
    /// Whether the refreshing of that answer may begin: it is not under way, and there is
    /// room.
    pub(crate) fn begin(&self, key: Key) -> bool {
        let mut keys = self.0.lock();
        keys.len() < MOST && keys.insert(key)
    }

    pub(crate) fn end(&self, key: &Key) {
        self.0.lock().remove(key);
    }
}
