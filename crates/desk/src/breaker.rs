//! Circuit breaker of a partner: blocks calls while the partner is down, and finds out by probes when it is
//! back.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

/// How far back attempts count.
const WINDOW: Duration = Duration::from_secs(30);
/// With fewer attempts than this in the window, the breaker stays closed.
const FEWEST: usize = 20;
/// With failures of fewer different questions than this, the breaker stays closed: the questions may be the
/// cause.
const FEWEST_QUESTIONS: usize = 10;
/// How long the first break lasts. The break doubles after each failed probe.
const FIRST_BREAK: Duration = Duration::from_secs(1);
/// The longest break. So the first success comes at most this long after the partner has recovered. A partner
/// that is down costs 12 calls a minute, and only while callers ask.
const LONGEST_BREAK: Duration = Duration::from_secs(5);

/// A hint that is gone this long before its time was withdrawn; otherwise its time was over.
const LAG: Duration = Duration::from_millis(200);

/// The breaker's state: closed, open, or half open.
///
/// It opens when more than half of the recent attempts failed. When a break is over, it is half open: one
/// call, the probe, goes through. Any answer closes it.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    ended: VecDeque<Ended>,
    open: Option<Open>,
}

/// An attempt that ended.
#[derive(Clone, Copy, Debug)]
struct Ended {
    at: Duration,
    /// A hash of what was asked.
    question: u64,
    answered: bool,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    /// When the next probe may go.
    next: Duration,
    length: Duration,
    /// Whether only another instance found the partner down so far.
    hinted: bool,
}

/// How a call was let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// As any other call: the breaker is closed.
    Plain,
    /// As the probe, which began at this time.
    Probe(Duration),
}

impl Breaker {
    /// Whether a call would be refused now.
    pub(crate) fn refuses(&self, now: Duration) -> bool {
        self.open.is_some_and(|open| now < open.next)
    }

    /// Lets a call through, or refuses it with `None`. The next probe may go one break after this one, even
    /// if this one has not ended: it may hang on a dead connection.
    pub(crate) fn pass(&mut self, now: Duration) -> Option<Way> {
        let Some(open) = &mut self.open else { return Some(Way::Plain) };
        if now < open.next {
            return None;
        }
        open.next = now.saturating_add(open.length);
        Some(Way::Probe(now))
    }

    /// The probe was not made: the next call may be the probe at once.
    pub(crate) fn give_back(&mut self, now: Duration) {
        if let Some(open) = &mut self.open {
            open.next = now;
        }
    }

    /// Whether the breaker is open.
    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Notes that the partner answered, with whatever content and whenever the call began. Returns whether
    /// this closed the breaker.
    pub(crate) fn answered(&mut self, now: Duration, question: u64) -> bool {
        let closed = self.open.take().is_some();
        if closed {
            self.ended.clear();
        }
        self.note(Ended { at: now, question, answered: true });
        closed
    }

    /// Notes that the partner gave no answer, or no readable one. Returns whether this opened the breaker.
    /// While it is open, only a failed probe makes the break longer; calls that began before it opened do
    /// not.
    pub(crate) fn failed(&mut self, now: Duration, question: u64, way: Way) -> bool {
        self.note(Ended { at: now, question, answered: false });
        if let Some(open) = &mut self.open {
            if let Way::Probe(began) = way {
                open.hinted = false;
                open.length = (open.length + open.length).min(LONGEST_BREAK);
                open.next = open.next.max(began.saturating_add(open.length));
            }
            return false;
        }
        let opens = self.mostly_fails();
        if opens {
            let next = now.saturating_add(FIRST_BREAK);
            self.open = Some(Open { next, length: FIRST_BREAK, hinted: false });
        }
        opens
    }

    /// For how long other instances need not try either: until the next probe, if this instance found the partner
    /// down itself.
    pub(crate) fn blocked_for(&self, now: Duration) -> Option<Duration> {
        let open = self.open.filter(|open| !open.hinted)?;
        Some(open.next.saturating_sub(now)).filter(|left| !left.is_zero())
    }

    /// Notes for how long another instance blocks the partner yet; `None` if none does. Returns whether this
    /// opened the breaker.
    ///
    /// A hint opens a closed breaker until its time is over. Then the next call is a probe, as in a break of this
    /// instance's own. A hint that is withdrawn before its time closes the breaker again. Where this instance
    /// found the partner down itself, hints change nothing.
    pub(crate) fn hint(&mut self, now: Duration, blocked: Option<Duration>) -> bool {
        let until = blocked.map(|time| now.saturating_add(time.min(LONGEST_BREAK)));
        match (&mut self.open, until) {
            (None, Some(next)) => self.open = Some(Open { next, length: FIRST_BREAK, hinted: true }),
            (Some(open), Some(next)) if open.hinted => open.next = open.next.max(next),
            (Some(open), None) if open.hinted && now.saturating_add(LAG) < open.next => self.open = None,
            (Some(_) | None, _) => {}
        }
        self.open.is_some_and(|open| open.hinted && now < open.next)
    }

    /// Whether most attempts in the window failed. Failures of one question count once: a question that
    /// always makes the partner fail does not mean that the partner is down.
    fn mostly_fails(&self) -> bool {
        let failed: HashSet<u64> =
            self.ended.iter().filter(|ended| !ended.answered).map(|ended| ended.question).collect();
        let answered = self.ended.iter().filter(|ended| ended.answered).count();
        self.ended.len() >= FEWEST && failed.len() >= FEWEST_QUESTIONS && failed.len() > answered
    }

    fn note(&mut self, ended: Ended) {
        self.ended.push_back(ended);
        while self.ended.front().is_some_and(|first| ended.at.saturating_sub(first.at) > WINDOW) {
            self.ended.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_hint_blocks_for_its_time_and_then_one_probe_goes() {
        let mut breaker = Breaker::default();
        assert!(breaker.hint(at(0), Some(at(2))) && breaker.is_open());
        assert_eq!((breaker.pass(at(1)), breaker.blocked_for(at(1))), (None, None));
        assert_eq!(breaker.pass(at(2)), Some(Way::Probe(at(2))));
        assert!(!breaker.hint(at(3), None) && breaker.is_open(), "its time was over");
        assert!(breaker.answered(at(3), 1));
        // Not longer than a break of its own, whatever is said.
        breaker.hint(at(10), Some(at(900)));
        assert!(breaker.refuses(at(14)) && !breaker.refuses(at(15)));
    }

    #[test]
    fn a_hint_that_is_withdrawn_closes_only_what_it_opened() {
        let mut breaker = Breaker::default();
        breaker.hint(at(0), Some(at(5)));
        breaker.hint(at(1), None);
        assert_eq!(breaker.pass(at(1)), Some(Way::Plain));
        let mut breaker = broken();
        assert!(!breaker.hint(at(0), Some(at(5))), "its own break counts");
        breaker.hint(at(0), None);
        assert_eq!(breaker.blocked_for(at(0)), Some(FIRST_BREAK));
        // A probe that fails makes the break its own.
        let mut breaker = Breaker::default();
        breaker.hint(at(0), Some(at(1)));
        let probe = breaker.pass(at(1)).unwrap();
        breaker.failed(at(1), 1, probe);
        breaker.hint(at(1), None);
        assert!(breaker.blocked_for(at(1)).is_some());
    }

    fn broken() -> Breaker {
        let mut breaker = Breaker::default();
        (0..20).for_each(|question| _ = breaker.failed(at(0), question, Way::Plain));
        breaker
    }

    #[test]
    fn opens_when_most_attempts_fail_and_only_then() {
        let mut breaker = Breaker::default();
        for question in 0..20 {
            breaker.answered(at(0), question);
            breaker.failed(at(0), question, Way::Plain);
        }
        assert!(!breaker.is_open());
        assert!(broken().refuses(at(0)));
        let mut old = Breaker::default();
        (0..60).for_each(|second| _ = old.failed(at(second * 2), second, Way::Plain));
        assert!(!old.is_open(), "few in any window of time");
    }

    #[test]
    fn an_attempt_counts_for_thirty_seconds() {
        for (last, opens) in [(29, true), (30, true), (31, false)] {
            let mut breaker = Breaker::default();
            (0..19).for_each(|question| _ = breaker.failed(at(0), question, Way::Plain));
            assert_eq!(breaker.failed(at(last), 19, Way::Plain), opens, "{last} s later");
        }
    }

    #[test]
    fn one_bad_question_does_not_open_it_however_often_it_is_asked() {
        let mut breaker = Breaker::default();
        (0..500).for_each(|_| _ = breaker.failed(at(0), 7, Way::Plain));
        assert!(!breaker.is_open());
        (0..9).for_each(|question| _ = breaker.failed(at(0), 10 + question, Way::Plain));
        assert!(breaker.is_open(), "ten different ones do");
    }

    #[test]
    fn lets_one_through_after_the_break_and_any_answer_closes_it() {
        let mut breaker = broken();
        assert_eq!((breaker.pass(at(0)), breaker.pass(at(1))), (None, Some(Way::Probe(at(1)))));
        assert_eq!(breaker.pass(at(1)), None, "only one");
        assert!(breaker.answered(at(1), 3));
        assert_eq!([breaker.pass(at(1)), breaker.pass(at(1))], [Some(Way::Plain); 2]);
        // A call that began before the opening.
        let mut breaker = broken();
        assert!(breaker.answered(at(0), 3) && !breaker.is_open());
    }

    #[test]
    fn breaks_grow_to_a_bound_by_failed_probes_alone() {
        let mut breaker = broken();
        for (begins, ends) in [(1, 3), (3, 7), (7, 12), (12, 17)] {
            let probe = breaker.pass(at(begins)).unwrap();
            // Calls that were under way fail too, and change nothing.
            (0..20).for_each(|question| _ = breaker.failed(at(begins), question, Way::Plain));
            breaker.failed(at(begins), 1, probe);
            assert!(breaker.refuses(at(ends - 1)) && !breaker.refuses(at(ends)), "{begins}");
        }
    }

    #[test]
    fn a_probe_that_hangs_or_is_not_made_delays_no_other_probe() {
        let mut breaker = broken();
        let hangs = breaker.pass(at(1)).unwrap();
        assert!(breaker.pass(at(2)).is_some(), "a break later another goes");
        breaker.failed(at(9), 1, hangs);
        assert!(!breaker.refuses(at(9)), "its break is long over");
        breaker.pass(at(9)).unwrap();
        breaker.give_back(at(9));
        assert!(breaker.pass(at(9)).is_some());
    }
}
