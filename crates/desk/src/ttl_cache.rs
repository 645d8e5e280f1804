//! Cache of recent answers, and how long each kind of answer is kept.

use std::time::Duration;

use domain::{Failure, Moment, Money, Quote};
use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;

use crate::failure_subject::FailureSubject;
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

    /// How many answers there are. The cache counts some time after a change, unless it is told to do so.
    pub(crate) fn len(&self) -> u64 {
        self.0.run_pending_tasks();
        self.0.entry_count()
    }

    /// Caches an answer for `ttl`, unless that is 0.
    pub(crate) fn keep(&self, key: Key, answer: T, now: Timestamp, ttl: SignedDuration) {
        if ttl.is_positive() {
            self.0.insert(key, (answer, now.saturating_add(ttl).unwrap_or(now)));
        }
    }
}

/// How long a quote may be given again: ten minutes. A price of 0, and one that holds for less than an
/// hour, is not given again.
pub(crate) fn quote_ttl(quote: &Quote, now: Timestamp) -> SignedDuration {
    let validity = match quote.valid_until {
        Some(until) => until.since(Moment::new(now)),
        // No validity was given, so the answer is not cached.
        None => SignedDuration::ZERO,
    };
    if quote.price.final_price() == Money::ZERO || validity < SHORTEST_VALIDITY {
        SignedDuration::ZERO
    } else {
        TTL
    }
}

/// How long an older quote may be answered from the cache.
pub(crate) fn stale_ttl(quote: &Quote, now: Timestamp) -> SignedDuration {
    quote.valid_until.map_or(SignedDuration::ZERO, |until| STALE_TTL.min(until.since(Moment::new(now))))
}

/// How long a failure may be answered from the cache: only if it applies to the device, and not to the moment
/// or to the account.
pub(crate) fn failure_ttl(failure: &Failure) -> SignedDuration {
    match FailureSubject::of(failure) {
        FailureSubject::Device => DEVICE_FAILURE_TTL,
        FailureSubject::Moment | FailureSubject::Other => SignedDuration::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        Device, NotAccepted, Price, PriceParts, ProviderName, QuoteForm, QuoteId, QuoteRequest, Source,
    };
    use provider::Identity;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn request(model: &str) -> QuoteRequest {
        let form = QuoteForm {
            device_type: "手机".into(),
            brand: "苹果".into(),
            model: model.into(),
            storage: "256GB".into(),
            condition: "九成新".into(),
            function_status: "正常".into(),
            ..QuoteForm::default()
        };
        form.parse().unwrap()
    }

    fn key(model: &str) -> Key {
        let name = ProviderName::parse("main").unwrap();
        Key::of_quote(&Identity { name, account: "A".into(), protocol: "v2" }, &request(model))
    }

    /// A quote that holds for so long from now.
    fn quote(fen: i64, holds: Option<SignedDuration>) -> Quote {
        let parts = PriceParts {
            base: None,
            condition_discount: None,
            function_deduction: None,
            market_coefficient: None,
            final_price: Money::from_fen(fen),
        };
        Quote {
            id: QuoteId::from_random(1),
            sandbox: false,
            source: Source::Partner,
            provider: ProviderName::parse("aihuishou").unwrap(),
            device: Device::new(&request("iPhone 14"), None, None),
            price: Price::new(parts),
            recycle: Vec::new(),
            quality_check: Vec::new(),
            quoted_at: Moment::new(NOW),
            valid_until: holds.map(|time| Moment::new(NOW + time)),
        }
    }

    #[test]
    fn an_answer_is_given_again_until_its_time_is_over() {
        let cache = TtlCache::new(10, SignedDuration::from_hours(1));
        cache.keep(key("iPhone 14"), 7, NOW, SignedDuration::from_secs(60));
        cache.keep(key("iPhone 15"), 8, NOW, SignedDuration::from_secs(60));
        let at = |second| cache.get(&key("iPhone 14"), NOW + SignedDuration::from_secs(second));
        assert_eq!((at(0), at(59), at(60), at(61)), (Some(7), Some(7), None, None));
        cache.0.run_pending_tasks();
        assert_eq!(cache.len(), 2);
        cache.keep(key("iPhone 16"), 9, NOW, SignedDuration::ZERO);
        assert_eq!(cache.get(&key("iPhone 16"), NOW), None);
    }

    #[test]
    fn a_price_that_holds_for_an_hour_is_given_again_for_ten_minutes() {
        let hour = SignedDuration::from_hours(1);
        let ttl = |fen, holds| quote_ttl(&quote(fen, holds), NOW);
        assert_eq!((ttl(1, Some(hour)), ttl(1, Some(hour * 24))), (TTL, TTL));
        assert_eq!(ttl(1, Some(hour - SignedDuration::from_secs(1))), SignedDuration::ZERO);
        assert_eq!(ttl(1, None), SignedDuration::ZERO, "of unknown validity");
        assert_eq!(ttl(0, Some(hour)), SignedDuration::ZERO, "worth nothing");
    }

    #[test]
    fn an_older_quote_is_given_again_for_half_a_minute_but_not_beyond_its_validity() {
        let ttl = |holds: Option<i64>| stale_ttl(&quote(1, holds.map(SignedDuration::from_secs)), NOW);
        assert_eq!(ttl(Some(3_600)), SignedDuration::from_secs(30));
        assert_eq!((ttl(Some(10)), ttl(None)), (SignedDuration::from_secs(10), SignedDuration::ZERO));
    }

    #[test]
    fn a_failure_of_the_device_is_given_again_and_one_of_the_moment_is_not() {
        for failure in [Failure::ModelUnknown, Failure::NotAccepted { reason: NotAccepted::Scrapped }] {
            assert_eq!(failure_ttl(&failure), DEVICE_FAILURE_TTL, "{failure}");
        }
        for failure in [Failure::PartnerUnavailable, Failure::PartnerRefused] {
            assert_eq!(failure_ttl(&failure), SignedDuration::ZERO, "{failure}");
        }
    }
}
