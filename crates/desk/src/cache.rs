//! Answers of the last minutes.

use std::time::Duration;

use domain::{Failure, Moment, Money, Quote};
use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;

use crate::key::Key;

/// How long a price is given again.
pub(crate) const LIFE: SignedDuration = SignedDuration::from_mins(10);
/// How long a search's result is given again: models come and go by the month, and every
/// search spends quota that a price could have had.
pub(crate) const LIFE_OF_SEARCH: SignedDuration = SignedDuration::from_hours(24);

/// How long a search that the partner refuses to this account is not asked again.
pub(crate) const LIFE_OF_REFUSAL: SignedDuration = SignedDuration::from_mins(1);
/// How long an older quote is given again before the partner is asked once more.
const LIFE_OF_STALE: SignedDuration = SignedDuration::from_secs(30);
/// How long an unknown model stays unknown.
const UNKNOWN_LIFE: SignedDuration = SignedDuration::from_mins(1);
/// An answer that holds for less than this is not given twice.
const SHORTEST_VALIDITY: SignedDuration = SignedDuration::from_hours(1);
/// Kept back from an answer's validity, so that nobody gets one that ends at once.
const MARGIN: SignedDuration = SignedDuration::from_mins(1);

/// Answers by key, each until its own end.
pub(crate) struct Answers<T>(Cache<Key, (T, Timestamp)>);

impl<T: Clone + Send + Sync + 'static> Answers<T> {
    /// Keeps at most `most` answers, none for longer than `longest`.
    pub(crate) fn new(most: u64, longest: SignedDuration) -> Self {
        // The desk's clock decides; this only frees memory.
        let longest = Duration::try_from(longest).unwrap_or_default();
        Self(Cache::builder().max_capacity(most).time_to_live(longest).build())
    }

    /// The answer, unless its end has come.
    pub(crate) fn get(&self, key: &Key, now: Timestamp) -> Option<T> {
        self.0.get(key).filter(|(_, end)| now < *end).map(|(answer, _)| answer)
    }

    /// How many there are, roughly.
    pub(crate) fn len(&self) -> u64 {
        self.0.entry_count()
    }

    /// Keeps an answer for `life`; none at all for a life of nothing.
    pub(crate) fn keep(&self, key: Key, answer: T, now: Timestamp, life: SignedDuration) {
        if life.is_positive() {
            self.0.insert(key, (answer, now.saturating_add(life).unwrap_or(now)));
        }
    }
}

/// How long a quote may be given again: ten minutes, or its validity less a minute. A
/// price of 0, and one that hardly holds, is not given again.
pub(crate) fn life_of_quote(quote: &Quote, now: Timestamp) -> SignedDuration {
    let validity = match quote.valid_until {
        Some(until) => until.since(Moment::new(now)),
        // Nobody said when it ends, so nobody gets it who did not ask.
        None => SignedDuration::ZERO,
    };
    if quote.price.final_price() == Money::ZERO || validity < SHORTEST_VALIDITY {
        SignedDuration::ZERO
    } else {
        LIFE.min(validity - MARGIN)
    }
}

/// How long an older quote may be given again.
pub(crate) fn life_of_stale(quote: &Quote, now: Timestamp) -> SignedDuration {
    quote.valid_until.map_or(SignedDuration::ZERO, |until| LIFE_OF_STALE.min(until.since(Moment::new(now))))
}

/// How long a failure may be given again. Only what is a property of the device, and of
/// nobody's moment or account, is.
pub(crate) fn life_of_failure(failure: &Failure) -> SignedDuration {
    match failure {
        Failure::ModelUnknown | Failure::NotAccepted { .. } => UNKNOWN_LIFE,
        _ => SignedDuration::ZERO,
    }
}
