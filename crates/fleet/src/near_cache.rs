//! Remembers in this process whom Redis refused, and until when, so that those who ask on and on cost Redis
//! nothing.

use std::time::Duration;

use moka::sync::Cache;
use tokio::time::Instant;

use crate::key::Key;

/// The most that are remembered.
const MOST: u64 = 10_000;
/// How long a refusal is remembered at most, to free memory.
const LONGEST: Duration = Duration::from_mins(5);

/// Those who were refused, with the moment at which they may ask again.
#[derive(Debug)]
pub(crate) struct NearCache(Cache<Key, Instant>);

impl NearCache {
    pub(crate) fn new() -> Self {
        Self(Cache::builder().max_capacity(MOST).time_to_live(LONGEST).build())
    }

    /// How long to wait; `None` if Redis has to be asked.
    pub(crate) fn wait(&self, key: &Key, now: Instant) -> Option<Duration> {
        let wait = self.0.get(key)?.saturating_duration_since(now);
        (!wait.is_zero()).then_some(wait)
    }

    /// Remembers a refusal. `asked` is the moment before Redis was asked, so the wait is never longer
    /// than Redis said.
    pub(crate) fn remember(&self, key: Key, asked: Instant, wait: Duration) {
        self.0.insert(key, asked + wait.min(LONGEST));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_remembered_for_as_long_as_redis_said() {
        let (cache, key, now) = (NearCache::new(), Key::new([1; 32]), Instant::now());
        assert_eq!(cache.wait(&key, now), None);
        cache.remember(key, now, Duration::from_secs(2));
        assert_eq!(cache.wait(&key, now + Duration::from_secs(1)), Some(Duration::from_secs(1)));
        assert_eq!(cache.wait(&key, now + Duration::from_secs(2)), None);
        assert_eq!(cache.wait(&Key::new([2; 32]), now), None);
    }
}
