//! The difference between the partner's clock and ours, measured from the `Date` header of its answers. The
//! partner refuses calls whose time stamp is more than five minutes off.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;

/// A larger difference is logged, so that the operator checks the clocks.
const WARN: SignedDuration = SignedDuration::from_secs(60);
/// With a larger difference, calls are stamped with the partner's time.
const CORRECT: SignedDuration = SignedDuration::from_secs(240);

/// The difference between the partner's clock and ours; `None` until the first answer.
#[derive(Debug, Default)]
pub(crate) struct PartnerClock(Mutex<Option<SignedDuration>>);

impl PartnerClock {
    /// Learns from an answer with the partner's time `partner`, to a call that was made at `asked` and took
    /// `latency`.
    pub(crate) fn learn(&self, partner: Timestamp, asked: Timestamp, latency: Duration) {
        let half = SignedDuration::try_from(latency / 2).unwrap_or_default();
        let ahead = partner.duration_since(asked) - half;
        let before = self.put(ahead);
        let far = |ahead: SignedDuration| ahead.abs() > WARN;
        if far(ahead) && !before.is_some_and(far) {
            tracing::warn!(
                ahead_seconds = ahead.as_secs(),
                corrected = ahead.abs() > CORRECT,
                "the partner's clock is far from this machine's; set this machine's by NTP"
            );
        }
    }

    /// Whole seconds by which the partner's clock is ahead of ours (negative: behind); `None` until the first
    /// answer.
    pub(crate) fn ahead_seconds(&self) -> Option<i64> {
        // The `Date` header has whole seconds, so fractions here would mean nothing.
        self.ahead().map(|ahead| ahead.as_secs_f64().round() as i64)
    }

    /// The whole seconds by which time stamps are corrected; 0 while the difference is small.
    pub(crate) fn correction(&self) -> i64 {
        let seconds = self.ahead_seconds().unwrap_or_default();
        if SignedDuration::from_secs(seconds).abs() > CORRECT { seconds } else { 0 }
    }

    /// The time to stamp a call with.
    pub(crate) fn stamp(&self, now: Timestamp) -> Timestamp {
        now.saturating_add(SignedDuration::from_secs(self.correction())).unwrap_or(now)
    }

    fn ahead(&self) -> Option<SignedDuration> {
        *self.0.lock()
    }

    fn put(&self, ahead: SignedDuration) -> Option<SignedDuration> {
        self.0.lock().replace(ahead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_follow_the_partner_only_when_it_would_refuse_ours() {
        let now = Timestamp::from_second(1_767_074_400).unwrap();
        for (ahead, stamped) in [(0, 0), (59, 0), (-240, 0), (241, 241), (-600, -600)] {
            let clock = PartnerClock::default();
            let partner = now + SignedDuration::from_secs(ahead + 1);
            clock.learn(partner, now, Duration::from_secs(2));
            assert_eq!(clock.stamp(now), now + SignedDuration::from_secs(stamped), "{ahead}");
        }
        assert_eq!(PartnerClock::default().stamp(now), now);
    }
}
