use std::time::Duration;

use tokio::time::Instant;

/// How often the same is logged at most.
const PAUSE: Duration = Duration::from_secs(60);

/// Lets something that happens again and again be logged once a minute.
#[derive(Debug, Default)]
pub(super) struct Seldom {
    logged: Option<Instant>,
}

impl Seldom {
    /// Whether it is to be logged now; it counts as logged then.
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
