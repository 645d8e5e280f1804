//! Answers of the last minutes.

use std::time::Duration;

use domain::{Failure, Moment, Money, Quote};
use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;

use crate::key::Key;

/// How long a price is given again.
pub(crate) const TTL: SignedDuration = SignedDuration::from_mins(10);
/// How long a search's result is given again: models come and go by the month, and every
/// search spends quota that a price could have had.
pub(crate) const SEARCH_TTL: SignedDuration = SignedDuration::from_hours(24);

/// How long a search that the partner refuses to this account is not asked again.
pub(crate) const REFUSAL_TTL: SignedDuration = SignedDuration::from_mins(1);
/// How long an older quote is given again before the partner is asked once more.
const STALE_TTL: SignedDuration = SignedDuration::from_secs(30);
/// How long an unknown model stays unknown.
const DEVICE_FAILURE_TTL: SignedDuration = SignedDuration::from_mins(1);
/// An answer that holds for less than this is not given twice.
const SHORTEST_VALIDITY: SignedDuration = SignedDuration::from_hours(1);
/// Kept back from an answer's validity, so that no caller gets one that ends at once.
const MARGIN: SignedDuration = SignedDuration::from_mins(1);

/// A cache of answers, each of which has a time to live of its own.
pub(crate) struct TtlCache<T>(Cache<Key, (T, Timestamp)>);

impl<T: Clone + Send + Sync + 'static> TtlCache<T> {
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

    /// Keeps an answer for `ttl`; not at all where that is 0.
    pub(crate) fn keep(&self, key: Key, answer: T, now: Timestamp, ttl: SignedDuration) {
        if ttl.is_positive() {
            self.0.insert(key, (answer, now.saturating_add(ttl).unwrap_or(now)));
        }
    }
}

/// How long a quote may be given again: ten minutes, or its validity less a minute. A
/// price of 0, and one that hardly holds, is not given again.
pub(crate) fn quote_ttl(quote: &Quote, now: Timestamp) -> SignedDuration {
    let validity = match quote.valid_until {
        Some(until) => until.since(Moment::new(now)),
        // No validity was given, so the answer is not cached.
        None => SignedDuration::ZERO,
    };
    if quote.price.final_price() == Money::ZERO || validity < SHORTEST_VALIDITY {
        SignedDuration::ZERO
    } else {
        TTL.min(validity - MARGIN)
    }
}

/// How long an older quote may be given again.
pub(crate) fn stale_ttl(quote: &Quote, now: Timestamp) -> SignedDuration {
    quote.valid_until.map_or(SignedDuration::ZERO, |until| STALE_TTL.min(until.since(Moment::new(now))))
}

/// How long a failure may be given again: only what applies to the device, and not to the moment or
/// the account.
pub(crate) fn failure_ttl(failure: &Failure) -> SignedDuration {
    match failure {
        Failure::ModelUnknown | Failure::NotAccepted { .. } => DEVICE_FAILURE_TTL,
        _ => SignedDuration::ZERO,
    }
}
