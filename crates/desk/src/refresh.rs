//! Refreshes stale answers in the background: the next shopper gets today's price, and shoppers in between
//! get the stale answer at once instead of waiting for a partner that is down.

use std::collections::HashSet;

use parking_lot::Mutex;

use crate::key::Key;

/// The most answers that are refreshed at the same time. Others are refreshed when they are asked for again.
const MOST: usize = 50;
/// Tries for one answer. The pause doubles after each.
pub(crate) const TRIES: u32 = 5;

/// The answers that are being refreshed now.
#[derive(Default)]
pub(crate) struct Refreshing(Mutex<HashSet<Key>>);

impl Refreshing {
    /// Begins the refreshing of an answer. Returns `false` if it is already under way, or if too many are.
    pub(crate) fn begin(&self, key: Key) -> bool {
        let mut keys = self.0.lock();
        keys.len() < MOST && keys.insert(key)
    }

    pub(crate) fn end(&self, key: &Key) {
        self.0.lock().remove(key);
    }
}
