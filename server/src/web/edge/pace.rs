//! A token bucket: a number of tokens at once, then one in each span of time.

use std::time::{Duration, Instant};

/// How fast something may happen.
pub(in crate::web) struct Pace {
    pub(in crate::web) at_once: u32,
    pub(in crate::web) then_every: Duration,
}

/// The state of a bucket: the time at which it is full again.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::web) struct Bucket(Option<Instant>);

impl Bucket {
    /// Whether it is full.
    pub(in crate::web) fn is_full(self, now: Instant) -> bool {
        self.0.is_none_or(|full| full <= now)
    }

    /// How long to wait for the next token; zero while some are left.
    pub(in crate::web) fn wait(self, pace: &Pace, now: Instant) -> Duration {
        let missing = self.0.map_or(Duration::ZERO, |full| full.saturating_duration_since(now));
        missing.saturating_sub(pace.then_every * (pace.at_once - 1))
    }

    /// Takes one token.
    pub(in crate::web) fn take(&mut self, pace: &Pace, now: Instant) {
        let full = self.0.filter(|full| *full > now).unwrap_or(now);
        self.0 = Some(full + pace.then_every);
    }
}
