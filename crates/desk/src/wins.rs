//! Which provider had the best price most often in the last days. A provider whose calls are short is asked for a
//! comparison only if it is that one.

use std::collections::HashMap;
use std::time::Duration;

use parking_lot::Mutex;
use provider::ProviderName;
use tokio::time::Instant;

/// How long a count is used before it is read again.
const FRESH: Duration = Duration::from_secs(60);

/// In how many comparisons of the last days each provider had the best price, as last read from the records.
pub type Counts = HashMap<ProviderName, u64>;

/// The counts, and when they were read.
#[derive(Debug, Default)]
pub(crate) struct Wins(Mutex<Option<(Instant, Counts)>>);

impl Wins {
    /// The counts, if they were read within the last minute.
    pub(crate) fn known(&self, now: Instant) -> Option<Counts> {
        let known = self.0.lock();
        known.as_ref().filter(|(at, _)| now.duration_since(*at) < FRESH).map(|(_, counts)| counts.clone())
    }

    /// Keeps counts that were read, or without them the former ones for another minute.
    pub(crate) fn keep(&self, now: Instant, read: Option<Counts>) -> Counts {
        let mut known = self.0.lock();
        let counts = read.or_else(|| known.take().map(|(_, counts)| counts)).unwrap_or_default();
        *known = Some((now, counts.clone()));
        counts
    }
}

/// A provider that a comparison may ask.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) name: ProviderName,
    /// Whether its price is known, so that no call is needed.
    pub(crate) is_known: bool,
    /// Whether few of its calls are left today.
    pub(crate) is_short: bool,
}

/// Whether each candidate is asked: those whose price is known or whose calls are not short and, of those whose calls
/// are short, the one that had the best price most often. If all are short, that one, or else the first, is asked.
pub(crate) fn worth_a_call(candidates: &[Candidate], counts: &Counts) -> Vec<bool> {
    let wins = |candidate: &Candidate| counts.get(&candidate.name).copied().unwrap_or_default();
    let most = candidates.iter().map(wins).max().unwrap_or_default();
    // The first of those that have won most.
    let best = candidates.iter().position(|candidate| wins(candidate) == most);
    let nothing_else = candidates.iter().all(|candidate| candidate.is_short && !candidate.is_known);
    let asked = |(at, candidate): (usize, &Candidate)| {
        let is_best = Some(at) == best && (most > 0 || nothing_else);
        candidate.is_known || !candidate.is_short || is_best
    };
    candidates.iter().enumerate().map(asked).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> ProviderName {
        ProviderName::parse(text).unwrap()
    }

    fn asked(short: &[bool], known: &[bool], counts: &[(&str, u64)]) -> Vec<bool> {
        let names = ["a", "b", "c"];
        let candidates: Vec<_> = (short.iter().zip(known).zip(names))
            .map(|((is_short, is_known), text)| Candidate {
                name: name(text),
                is_short: *is_short,
                is_known: *is_known,
            })
            .collect();
        worth_a_call(&candidates, &counts.iter().map(|(text, wins)| (name(text), *wins)).collect())
    }

    const NO: [bool; 3] = [false; 3];

    #[test]
    fn all_are_asked_while_calls_are_left() {
        assert_eq!(asked(&NO, &NO, &[("b", 9)]), [true; 3]);
    }

    #[test]
    fn one_whose_calls_are_short_is_asked_if_it_had_the_best_price_most_often() {
        let short = [true, true, false];
        assert_eq!(asked(&short, &NO, &[("a", 2), ("b", 9), ("c", 1)]), [false, true, true]);
        assert_eq!(asked(&short, &NO, &[("a", 2), ("c", 9)]), [false, false, true]);
        assert_eq!(asked(&short, &NO, &[]), [false, false, true]);
    }

    #[test]
    fn a_known_price_costs_no_call() {
        assert_eq!(asked(&[true; 3], &[true, false, false], &[]), [true, false, false]);
    }

    #[test]
    fn one_is_asked_if_the_calls_of_all_are_short() {
        assert_eq!(asked(&[true; 3], &NO, &[]), [true, false, false]);
        assert_eq!(asked(&[true; 3], &NO, &[("c", 1)]), [false, false, true]);
    }

    #[tokio::test(start_paused = true)]
    async fn counts_are_used_for_a_minute_and_kept_if_they_cannot_be_read_again() {
        let (wins, now) = (Wins::default(), Instant::now());
        assert_eq!(wins.known(now), None);
        let counts = Counts::from([(name("a"), 1)]);
        wins.keep(now, Some(counts.clone()));
        assert_eq!(wins.known(now + FRESH / 2), Some(counts.clone()));
        assert_eq!(wins.known(now + FRESH), None);
        assert_eq!(wins.keep(now + FRESH, None), counts);
        assert_eq!(wins.known(now + FRESH), Some(counts));
    }
}
