//! What was asked of the partner in a span of time, summed up for an operator.

use crate::audit::{AttemptRecord, Span, read};
use crate::records::{Records, RecordsError};

/// Outcomes by which the partner answered the question, be it with a price or not.
const ANSWERED: [&str; 3] = ["ok", "model_unknown", "not_accepted"];

/// The attempts of a span of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// By hour from its beginning, those without attempts left out.
    pub hours: Vec<Hour>,
    /// How many had each outcome (`None` for those without one), the most frequent first.
    pub outcomes: Vec<(Option<String>, u32)>,
    /// How long they took; `None` when none has ended.
    pub latency: Option<Latency>,
    /// The last that failed, the latest first.
    pub failures: Vec<AttemptRecord>,
}

/// The attempts of one hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hour {
    /// Hours since the beginning of the span.
    pub number: u32,
    /// Attempts that the partner answered, be it with a price or not.
    pub answered: u32,
    /// Attempts that failed, or are under way.
    pub failed: u32,
}

/// How long attempts took, in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latency {
    /// Half of them took no longer.
    pub half_ms: u64,
    /// 95 % of them took no longer.
    pub most_ms: u64,
    /// The longest.
    pub longest_ms: u64,
    /// How many took up to each of [`Self::BOUNDS_MS`], and those that took longer.
    pub distribution: [u32; Self::BOUNDS_MS.len() + 1],
}

impl Latency {
    /// The bounds of [`Self::distribution`].
    pub const BOUNDS_MS: [u64; 8] = [50, 100, 200, 400, 800, 1_500, 3_000, 5_000];
}

impl Activity {
    /// How many of the last failures are told.
    const FAILURES: i64 = 10;

    /// Whether the partner answered the question, be it with a price or not.
    pub fn is_answer(outcome: Option<&str>) -> bool {
        outcome.is_some_and(|outcome| ANSWERED.contains(&outcome))
    }

    /// Whether nothing was asked.
    pub fn is_empty(&self) -> bool {
        self.outcomes.is_empty()
    }
}

impl Records {
    /// Sums up the attempts of `span`.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn activity(&self, span: Span) -> Result<Activity, RecordsError> {
        let pool = &self.pool().await?;
        let (from, to) = (span.from.as_millisecond(), span.to.as_millisecond());
        let rows: Vec<(u32, Option<String>, u32)> = sqlx::query_as(
            "SELECT (at - ?1) / 3600000, outcome, count(*)
             FROM attempts LEFT JOIN outcomes ON outcomes.attempt = id
             WHERE at >= ?1 AND at < ?2 GROUP BY 1, 2 ORDER BY 1",
        )
        .bind(from)
        .bind(to)
        .fetch_all(pool)
        .await?;
        let latencies: Vec<(i64,)> = sqlx::query_as(
            "SELECT latency_ms FROM attempts JOIN outcomes ON outcomes.attempt = id
             WHERE at >= ? AND at < ? ORDER BY latency_ms",
        )
        .bind(from)
        .bind(to)
        .fetch_all(pool)
        .await?;
        let failures = sqlx::query_as(
            "SELECT id, at, call, attempts.attempt, parameters, outcome, code, latency_ms, quota_used
             FROM attempts JOIN outcomes ON outcomes.attempt = id
             WHERE at >= ? AND at < ? AND outcome NOT IN ('ok', 'model_unknown', 'not_accepted')
             ORDER BY id DESC LIMIT ?",
        )
        .bind(from)
        .bind(to)
        .bind(Activity::FAILURES)
        .fetch_all(pool)
        .await?;
        let sorted: Vec<u64> = latencies.into_iter().filter_map(|(ms,)| u64::try_from(ms).ok()).collect();
        let mut activity = summed(rows);
        activity.latency = latency(&sorted);
        activity.failures = failures.into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(activity)
    }
}

fn summed(rows: Vec<(u32, Option<String>, u32)>) -> Activity {
    let mut activity = Activity::default();
    for (number, outcome, count) in rows {
        if activity.hours.last().is_none_or(|hour| hour.number != number) {
            activity.hours.push(Hour { number, answered: 0, failed: 0 });
        }
        if let Some(hour) = activity.hours.last_mut() {
            let answered = Activity::is_answer(outcome.as_deref());
            *(if answered { &mut hour.answered } else { &mut hour.failed }) += count;
        }
        match activity.outcomes.iter_mut().find(|(known, _)| *known == outcome) {
            Some((_, sum)) => *sum += count,
            None => activity.outcomes.push((outcome, count)),
        }
    }
    activity.outcomes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    activity
}

/// What a list of latencies, the shortest first, amounts to.
fn latency(sorted: &[u64]) -> Option<Latency> {
    let longest_ms = *sorted.last()?;
    // The first that so many hundredths of all are not longer than.
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
        assert_eq!(activity.outcomes[0], (Some("timeout".to_owned()), 4));
        assert_eq!(activity.outcomes.iter().map(|(_, count)| count).sum::<u32>(), 10);
    }
}
