//! How fast something may happen: so much at once, then one in a while.

use std::time::{Duration, Instant};

/// How fast something may happen.
pub(in crate::web) struct Pace {
    pub(in crate::web) at_once: u32,
    pub(in crate::web) then_every: Duration,
}

/// What is left of a pace, as the time at which all of it is there again.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::web) struct Bucket(Option<Instant>);

impl Bucket {
    /// Whether nothing of the pace is used up.
    pub(in crate::web) fn is_full(self, now: Instant) -> bool {
        self.0.is_none_or(|full| full <= now)
    }

    /// How long to wait for the next one; nothing while some are left.
    pub(in crate::web) fn wait(self, pace: &Pace, now: Instant) -> Duration {
        let missing = self.0.map_or(Duration::ZERO, |full| full.saturating_duration_since(now));
        missing.saturating_sub(pace.then_every * (pace.at_once - 1))
    }

    /// Uses up one.
    pub(in crate::web) fn take(&mut self, pace: &Pace, now: Instant) {
        let full = self.0.filter(|full| *full > now).unwrap_or(now);
        self.0 = Some(full + pace.then_every);
    }
}
