//! Decides whether to ask the partner again. The decision uses no sockets, clock or random numbers of its
//! own, so it can be tested alone.

use std::time::Duration;

use provider::Retry;

/// The longest first pause. The longest pause doubles with each attempt.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// The longest pause of all, unless the partner asks for a longer one.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// An attempt with less time than this is not worth its quota.
pub(crate) const SHORTEST_ATTEMPT: Duration = Duration::from_millis(300);

/// What is known after a failed attempt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failed {
    /// Whether another attempt may bring an answer.
    pub(crate) retry: Retry,
    /// Attempts made, this one included.
    pub(crate) made: u32,
    /// The most attempts for this caller.
    pub(crate) most: u32,
    /// The time left until the deadline.
    pub(crate) left: Duration,
    /// A random number from 0 to 1.
    pub(crate) chance: f64,
}

/// How long to pause before another attempt; `None` to give up.
///
/// The pause is random, between 0 and a limit that doubles (full jitter), so that many calls that failed
/// together are not repeated together. It is never shorter than the partner asked for (`Retry-After`).
pub(crate) fn pause(failed: Failed) -> Option<Duration> {
    let asked_for = match failed.retry {
        Retry::Never => return None,
        Retry::Once if failed.made > 1 => return None,
        Retry::Once => Duration::ZERO,
        Retry::After(time) => time,
    };
    if failed.made >= failed.most {
        return None;
    }
    let bound = FIRST_PAUSE.saturating_mul(1 << failed.made.saturating_sub(1).min(8)).min(LONGEST_PAUSE);
    let pause = bound.mul_f64(failed.chance.clamp(0.0, 1.0)).max(asked_for);
    (pause + SHORTEST_ATTEMPT <= failed.left).then_some(pause)
}

/// The timeout of one attempt. The last attempt may use all the time that is left. An earlier one leaves a
/// quarter of it for the next, and at least enough for a pause and the shortest attempt, unless too little is
/// left for both.
pub(crate) fn patience(left: Duration, made: u32, most: u32) -> Duration {
    let another = (left / 4).max(FIRST_PAUSE + SHORTEST_ATTEMPT);
    if made + 1 >= most || left < another + SHORTEST_ATTEMPT { left } else { left - another }
}

/// The longest time to open a connection, where a shopper waits until `deadline`: three eighths of the
/// deadline, but at most 3 s. So two attempts fail within the deadline when the partner cannot be reached,
/// and neither costs quota.
pub fn connect_within(deadline: Duration) -> Duration {
    (deadline * 3 / 8).min(Duration::from_secs(3))
}

/// Limits repeated attempts to a tenth of all attempts, so that a partner that fails does not get twice the
/// load. Up to ten may be made in a row.
#[derive(Debug)]
pub(crate) struct Budget {
    /// In tenths of an attempt; between 0 and [`Self::MOST`].
    tenths: u32,
}

impl Budget {
    const MOST: u32 = 100;

    pub(crate) fn new() -> Self {
        Self { tenths: Self::MOST }
    }

    /// Adds to the budget for a first attempt that was made.
    pub(crate) fn earn(&mut self) {
        self.tenths = (self.tenths + 1).min(Self::MOST);
    }

    /// Takes one repeated attempt from the budget; `false` if too little is left.
    pub(crate) fn spend(&mut self) -> bool {
        let enough = self.tenths >= 10;
        if enough {
            self.tenths -= 10;
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAILED: Failed = Failed {
        retry: Retry::After(Duration::ZERO),
        made: 1,
        most: 2,
        left: Duration::from_secs(5),
        chance: 0.5,
    };

    #[test]
    fn only_what_may_heal_is_tried_again_and_not_too_often() {
        assert_eq!(pause(FAILED), Some(Duration::from_millis(100)));
        assert_eq!(pause(Failed { retry: Retry::Never, ..FAILED }), None);
        assert_eq!(pause(Failed { made: 2, ..FAILED }), None);
        let fault = Failed { retry: Retry::Once, most: 3, ..FAILED };
        assert!(pause(fault).is_some());
        assert_eq!(pause(Failed { made: 2, ..fault }), None);
    }

    #[test]
    fn the_pause_grows_and_is_at_least_what_the_partner_asked_for() {
        let third = Failed { made: 3, most: 9, chance: 1.0, ..FAILED };
        assert_eq!(pause(third), Some(Duration::from_millis(800)));
        assert_eq!(pause(Failed { made: 8, ..third }), Some(LONGEST_PAUSE));
        let told = Failed { retry: Retry::After(Duration::from_secs(3)), ..FAILED };
        assert_eq!(pause(told), Some(Duration::from_secs(3)));
    }

    #[test]
    fn nothing_is_tried_that_cannot_end_in_time() {
        assert_eq!(pause(Failed { left: Duration::from_millis(399), ..FAILED }), None);
        let told = Failed { retry: Retry::After(Duration::from_secs(60)), ..FAILED };
        assert_eq!(pause(told), None);
        assert_eq!(patience(Duration::from_secs(8), 0, 2), Duration::from_secs(6));
        assert_eq!(patience(Duration::from_secs(2), 1, 2), Duration::from_secs(2));
        assert_eq!(patience(Duration::from_secs(1), 0, 2), Duration::from_millis(500), "two attempts fit");
        assert_eq!(patience(Duration::from_millis(800), 0, 2), SHORTEST_ATTEMPT, "just two fit");
        assert_eq!(patience(Duration::from_millis(600), 0, 2), Duration::from_millis(600), "one does");
    }

    #[test]
    fn two_connections_that_do_not_come_about_fit_into_the_shortest_and_the_longest_wait() {
        for seconds in [1, 2, 8, 60] {
            let deadline = Duration::from_secs(seconds);
            let connecting = connect_within(deadline);
            assert!(connecting <= patience(deadline, 0, 2), "{seconds}");
            assert!(connecting * 2 + FIRST_PAUSE <= deadline, "{seconds}");
        }
        assert_eq!(connect_within(Duration::from_secs(8)), Duration::from_secs(3));
    }

    #[test]
    fn a_tenth_of_the_traffic_may_be_repeated() {
        let mut budget = Budget::new();
        let at_once = (0..100).filter(|_| budget.spend()).count();
        assert_eq!(at_once, 10);
        (0..95).for_each(|_| budget.earn());
        assert_eq!((0..100).filter(|_| budget.spend()).count(), 9);
    }
}
