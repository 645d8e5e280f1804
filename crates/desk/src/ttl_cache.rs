//! Cache of recent answers, and how long each kind of answer is kept.

use std::time::Duration;

use domain::{Failure, Moment, Money, Quote};
use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;

use crate::key::Key;

/// How long a price is answered from the cache.
pub(crate) const TTL: SignedDuration = SignedDuration::from_mins(10);
/// How long a search's result is answered from the cache: the catalogue changes only from month to month, and
/// every search uses quota that a price could have used.
pub(crate) const SEARCH_TTL: SignedDuration = SignedDuration::from_hours(24);

/// How long a search is not repeated after the partner refused it to this account.
pub(crate) const REFUSAL_TTL: SignedDuration = SignedDuration::from_mins(1);
/// How long an older quote is answered from the cache before the partner is asked again.
const STALE_TTL: SignedDuration = SignedDuration::from_secs(30);
/// How long an unknown model is answered from the cache.
const DEVICE_FAILURE_TTL: SignedDuration = SignedDuration::from_mins(1);
/// An answer that is valid for less time than this is not cached.
const SHORTEST_VALIDITY: SignedDuration = SignedDuration::from_hours(1);
/// Subtracted from an answer's validity, so that no caller gets an answer that expires at once.
const MARGIN: SignedDuration = SignedDuration::from_mins(1);

/// A cache of answers, each of which has a time to live of its own.
pub(crate) struct TtlCache<T>(Cache<Key, (T, Timestamp)>);

impl<T: Clone + Send + Sync + 'static> TtlCache<T> {
    /// A cache of at most `most` answers, each for at most `longest`.
    pub(crate) fn new(most: u64, longest: SignedDuration) -> Self {
        // The desk's clock decides when an answer expires; this limit only frees memory.
        let longest = Duration::try_from(longest).unwrap_or_default();
        Self(Cache::builder().max_capacity(most).time_to_live(longest).build())
    }

    /// The answer, unless it has expired.
    pub(crate) fn get(&self, key: &Key, now: Timestamp) -> Option<T> {
        self.0.get(key).filter(|(_, end)| now < *end).map(|(answer, _)| answer)
    }

    /// How many answers there are, approximately.
    pub(crate) fn len(&self) -> u64 {
        self.0.entry_count()
    }

    /// Caches an answer for `ttl`, unless that is 0.
    pub(crate) fn keep(&self, key: Key, answer: T, now: Timestamp, ttl: SignedDuration) {
        if ttl.is_positive() {
            self.0.insert(key, (answer, now.saturating_add(ttl).unwrap_or(now)));
        }
    }
}

/// How long a quote may be answered from the cache: ten minutes, or its validity less a minute if that is
/// shorter. A price of 0 and a quote of short validity are not cached.
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

/// How long an older quote may be answered from the cache.
pub(crate) fn stale_ttl(quote: &Quote, now: Timestamp) -> SignedDuration {
    quote.valid_until.map_or(SignedDuration::ZERO, |until| STALE_TTL.min(until.since(Moment::new(now))))
}

/// How long a failure may be answered from the cache: only if it applies to the device, and not to the moment
/// or to the account.
pub(crate) fn failure_ttl(failure: &Failure) -> SignedDuration {
    match failure {
        Failure::ModelUnknown | Failure::NotAccepted { .. } => DEVICE_FAILURE_TTL,
        _ => SignedDuration::ZERO,
    }
}
