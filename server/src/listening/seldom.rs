//! Limits how often one message is logged.

use std::time::Duration;

use tokio::time::Instant;

/// The least time between two lines.
const PAUSE: Duration = Duration::from_secs(60);

/// Rate limiter of one message: one line a minute.
#[derive(Debug, Default)]
pub(super) struct Seldom {
    logged: Option<Instant>,
}

impl Seldom {
    /// Whether the message is to be logged now. If so, the next minute begins.
    pub(super) fn is_due(&mut self, now: Instant) -> bool {
        let due = self.logged.is_none_or(|logged| now.saturating_duration_since(logged) >= PAUSE);
        if due {
            self.logged = Some(now);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_logged_once_a_minute() {
        let (mut seldom, start) = (Seldom::default(), Instant::now());
        let due = [0, 1, 59, 60, 61, 119, 120].map(|after| seldom.is_due(start + Duration::from_secs(after)));
        assert_eq!(due, [true, false, false, true, false, false, true]);
    }
}
