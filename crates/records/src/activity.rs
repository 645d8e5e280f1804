//! A summary of the attempts at the provider in a span of time, for an operator.

use crate::attempt::AttemptRecord;
use crate::number::count;

/// The outcomes that count as an answer: the provider handled the question, with a price or without.
const ANSWERED: [&str; 3] = ["ok", "model_unknown", "not_accepted"];

/// The attempts of a span of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// Counts by hour since the beginning of the span, without the hours in which there was no attempt.
    pub hours: Vec<Hour>,
    /// How many attempts had each outcome (`None`: no outcome yet), the most frequent first.
    pub outcomes: Vec<(Option<String>, u32)>,
    /// How long attempts took; `None` if none has ended.
    pub latency: Option<Latency>,
    /// The most recent failed attempts, the latest first.
    pub failures: Vec<AttemptRecord>,
}

/// The attempts of one hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hour {
    /// Hours since the beginning of the span.
    pub number: u32,
    /// Attempts that the provider answered, with a price or without.
    pub answered: u32,
    /// Attempts that failed, or are under way.
    pub failed: u32,
}

/// How long attempts took, in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latency {
    /// The median: half of them took no longer.
    pub half_ms: u64,
    /// The 95th percentile: 95 % of them took no longer.
    pub most_ms: u64,
    /// The longest.
    pub longest_ms: u64,
    /// How many took up to each of [`Self::BOUNDS_MS`], and after these how many took longer than all of
    /// them.
    pub distribution: [u32; Self::BOUNDS_MS.len() + 1],
}

impl Latency {
    /// The bounds of [`Self::distribution`].
    pub const BOUNDS_MS: [u64; 8] = [50, 100, 200, 400, 800, 1_500, 3_000, 5_000];
}

impl Activity {
    /// How many of the most recent failures are kept.
    pub(crate) const FAILURES: i64 = 10;

    /// Sums up a span. `rows` are hour, outcome and number of attempts, by hour; `latencies` are in
    /// milliseconds, the shortest first; `failures` are the most recent ones.
    pub(crate) fn of(
        rows: Vec<(i64, Option<String>, i64)>,
        latencies: Vec<(i64,)>,
        failures: Vec<AttemptRecord>,
    ) -> Self {
        let sorted: Vec<u64> = latencies.into_iter().filter_map(|(ms,)| u64::try_from(ms).ok()).collect();
        Self { latency: latency(&sorted), failures, ..summed(rows) }
    }

    /// Whether the outcome counts as an answer: the provider handled the question, with a price or without.
    pub fn is_answer(outcome: Option<&str>) -> bool {
        outcome.is_some_and(|outcome| ANSWERED.contains(&outcome))
    }

    /// Whether there was no attempt.
    pub fn is_empty(&self) -> bool {
        self.outcomes.is_empty()
    }
}

fn summed(rows: Vec<(i64, Option<String>, i64)>) -> Activity {
    let mut activity = Activity::default();
    for (number, outcome, many) in rows {
        let (number, many) = (count(number), count(many));
        if activity.hours.last().is_none_or(|hour| hour.number != number) {
            activity.hours.push(Hour { number, answered: 0, failed: 0 });
        }
        if let Some(hour) = activity.hours.last_mut() {
            let answered = Activity::is_answer(outcome.as_deref());
            *(if answered { &mut hour.answered } else { &mut hour.failed }) += many;
        }
        match activity.outcomes.iter_mut().find(|(known, _)| *known == outcome) {
            Some((_, sum)) => *sum += many,
            None => activity.outcomes.push((outcome, many)),
        }
    }
    activity.outcomes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    activity
}

/// A summary of latencies, which are sorted, the shortest first; `None` if there are none.
fn latency(sorted: &[u64]) -> Option<Latency> {
    let longest_ms = *sorted.last()?;
    // The given percentile.
    let at = |hundredths: usize| sorted[(sorted.len() * hundredths).div_ceil(100).max(1) - 1];
    let mut distribution = [0; Latency::BOUNDS_MS.len() + 1];
    for took in sorted {
        let bound = Latency::BOUNDS_MS.iter().position(|bound| took <= bound);
        distribution[bound.unwrap_or(Latency::BOUNDS_MS.len())] += 1;
    }
    Some(Latency { half_ms: at(50), most_ms: at(95), longest_ms, distribution })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latencies_are_told_by_what_is_not_exceeded() {
        assert_eq!(latency(&[]), None);
        let one = latency(&[70]).unwrap();
        assert_eq!((one.half_ms, one.most_ms, one.longest_ms), (70, 70, 70));
        let many: Vec<u64> = (1..=100).map(|number| number * 60).collect();
        let many = latency(&many).unwrap();
        assert_eq!((many.half_ms, many.most_ms, many.longest_ms), (3_000, 5_700, 6_000));
        assert_eq!(many.distribution, [0, 1, 2, 3, 7, 12, 25, 33, 17]);
    }

    #[test]
    fn hours_and_outcomes_add_up() {
        let row = |hour, outcome: Option<&str>, count| (hour, outcome.map(str::to_owned), count);
        let rows = vec![
            row(1, None, 1),
            row(1, Some("ok"), 2),
            row(5, Some("timeout"), 4),
            row(5, Some("model_unknown"), 3),
        ];
        let activity = summed(rows);
        assert_eq!(
            activity.hours,
            [Hour { number: 1, answered: 2, failed: 1 }, Hour { number: 5, answered: 3, failed: 4 }]
        );
        assert!(!activity.is_empty() && Activity::default().is_empty());
        assert_eq!(activity.outcomes[0], (Some("timeout".to_owned()), 4));
        assert_eq!(activity.outcomes.iter().map(|(_, count)| count).sum::<u32>(), 10);
    }
}
