//! Keeps calls away from a partner that is down, and finds out when it is back.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

/// The time that is looked back on.
const WINDOW: SignedDuration = SignedDuration::from_secs(30);
/// Fewer attempts than this in the window say nothing.
const FEWEST: usize = 20;
/// How long the first break lasts; each that follows at once, twice as long.
const FIRST_BREAK: SignedDuration = SignedDuration::from_secs(5);
/// No break is longer.
const LONGEST_BREAK: SignedDuration = SignedDuration::from_mins(1);

/// A circuit breaker: closed while the partner answers, open after more than half of the
/// last attempts failed, then half open: one attempt goes through, and its end decides.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    /// When attempts ended, and whether the partner answered.
    ended: VecDeque<(Timestamp, bool)>,
    open: Option<Open>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    until: Timestamp,
    length: SignedDuration,
}

impl Breaker {
    /// Whether an attempt may be made now. While half open, each call of this lets one
    /// through and keeps the others away for another break, in case that one never ends.
    pub(crate) fn allows(&mut self, now: Timestamp) -> bool {
        match &mut self.open {
            None => true,
            Some(open) if now < open.until => false,
            Some(open) => {
                open.until = now.saturating_add(open.length).unwrap_or(now);
                true
            }
        }
    }

    /// Whether calls are kept away.
    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The partner answered, whatever it said.
    pub(crate) fn answered(&mut self, now: Timestamp) {
        if self.open.take().is_some() {
            self.ended.clear();
        }
        self.note(now, true);
    }

    /// The partner did not answer, or not legibly.
    pub(crate) fn failed(&mut self, now: Timestamp) {
        self.note(now, false);
        let length = match self.open {
            Some(open) => (open.length + open.length).min(LONGEST_BREAK),
            None => {
                let failed = self.ended.iter().filter(|(_, answered)| !answered).count();
                if self.ended.len() < FEWEST || failed * 2 <= self.ended.len() {
                    return;
                }
                FIRST_BREAK
            }
        };
        self.open = Some(Open { until: now.saturating_add(length).unwrap_or(now), length });
    }

    fn note(&mut self, now: Timestamp, answered: bool) {
        self.ended.push_back((now, answered));
        while self.ended.front().is_some_and(|(at, _)| now.duration_since(*at) > WINDOW) {
            self.ended.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_767_074_400 + seconds).unwrap()
    }

    fn broken() -> Breaker {
        let mut breaker = Breaker::default();
        (0..FEWEST).for_each(|_| breaker.failed(at(0)));
        breaker
    }

    #[test]
    fn opens_when_most_attempts_fail_and_only_then() {
        let mut breaker = Breaker::default();
        for _ in 0..FEWEST {
            breaker.failed(at(0));
            breaker.answered(at(0));
        }
        assert!(breaker.allows(at(1)));
        assert!(!broken().allows(at(1)));
        let mut old = Breaker::default();
        (0..60).for_each(|second| old.failed(at(second * 2)));
        assert!(old.allows(at(120)), "few in any window of time");
    }

    #[test]
    fn lets_one_through_after_the_break_and_closes_when_that_is_answered() {
        let mut breaker = broken();
        assert!(breaker.allows(at(5)));
        assert!(!breaker.allows(at(5)), "only one");
        breaker.answered(at(6));
        assert!(breaker.allows(at(6)) && breaker.allows(at(6)));
    }

    #[test]
    fn breaks_longer_when_the_probe_fails_and_forgets_one_that_never_ends() {
        let mut breaker = broken();
        assert!(breaker.allows(at(5)));
        breaker.failed(at(5));
        assert!(!breaker.allows(at(14)));
        assert!(breaker.allows(at(15)));
        // That one got lost: another may go after a break.
        assert!(breaker.allows(at(25)));
    }
}
