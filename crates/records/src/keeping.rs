//! How long records are kept.

use domain::UTC8;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// How long the price history is kept at least. It contains nothing about a person.
const PRICES: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How long the result of a search is kept. It contains none of the words that the person typed.
pub const SEARCHES_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long it is kept at least what a company means by its own grades, since it was last said. Companies hand in lists
/// once or twice a year.
const OWN_GRADES: SignedDuration = SignedDuration::from_hours(2 * 365 * 24);

/// How long a draft is kept since a person last worked at it. It contains what the file contains.
const DRAFTS: SignedDuration = SignedDuration::from_hours(24);

/// How long an ended session is kept after its time: the clocks of instances may be wrong by minutes.
const ENDED_SESSIONS: SignedDuration = SignedDuration::from_hours(1);

/// The oldest times that are kept. Older records are deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// For quotes, attempts and batches: a whole second.
    pub(crate) before: Timestamp,
    /// For the days' counts, in UTC+8.
    pub(crate) day: Date,
    /// For days of the price history.
    pub(crate) prices: Date,
    /// For results of searches.
    pub(crate) searches: Timestamp,
    /// For what companies mean by their own grades.
    pub(crate) own_grades: Timestamp,
    /// For drafts.
    pub(crate) drafts: Timestamp,
    /// For the ends of ended sessions.
    pub(crate) ended_sessions: Timestamp,
}

impl Bounds {
    /// The bounds at `now`, for records that are kept for `kept`.
    pub(crate) fn of(now: Timestamp, kept: SignedDuration) -> Self {
        let ago = |kept: SignedDuration| now.saturating_sub(kept).unwrap_or(Timestamp::UNIX_EPOCH);
        let before = ago(kept);
        // Whole seconds, because the database itself protects the attempts of the last 7 days and calculates
        // in seconds.
        let before = Timestamp::from_second(before.as_second()).unwrap_or(before);
        Self {
            before,
            day: UTC8.to_datetime(before).date(),
            prices: UTC8.to_datetime(ago(kept.max(PRICES))).date(),
            searches: ago(SEARCHES_KEPT),
            own_grades: ago(kept.max(OWN_GRADES)),
            drafts: ago(DRAFTS),
            ended_sessions: ago(ENDED_SESSIONS),
        }
    }
}

/// The oldest times that are kept of offers and events. Older ones are deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OfferBounds {
    pub(crate) now: Timestamp,
    /// For offers, by their last change, and for events whose offer is deleted or that concern none.
    pub(crate) before: Timestamp,
}

impl OfferBounds {
    /// The bounds at `now`, for offers that are kept for `kept`.
    pub(crate) fn of(now: Timestamp, kept: SignedDuration) -> Self {
        Self { now, before: now.saturating_sub(kept).unwrap_or(Timestamp::UNIX_EPOCH) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_and_searches_are_kept_longer_and_seconds_are_whole() {
        let now = Timestamp::from_millisecond(1_767_074_400_999).unwrap();
        let bounds = Bounds::of(now, SignedDuration::from_hours(7 * 24));
        assert_eq!(bounds.before, Timestamp::from_second(1_767_074_400 - 7 * 86_400).unwrap());
        assert_eq!(bounds.day, jiff::civil::date(2025, 12, 23));
        assert_eq!(bounds.prices, jiff::civil::date(2025, 10, 1));
        assert_eq!(bounds.searches, now - SEARCHES_KEPT);
        let year = Bounds::of(now, SignedDuration::from_hours(365 * 24));
        assert_eq!(year.prices, jiff::civil::date(2024, 12, 30));
    }
}
