//! The orders in which the offers of other buyers are shown.

use std::cmp::Reverse;

use domain::{Distance, Moment, Quote};

use super::alternative::Alternative;

/// An order of offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The highest first.
    #[default]
    Price,
    /// The nearest place to hand the device over first.
    Near,
    /// The one that holds longest first.
    Validity,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Price, Self::Near, Self::Validity];

    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Price => "price",
            Self::Near => "near",
            Self::Validity => "validity",
        }
    }

    /// The order of that name.
    pub fn find(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.code() == code)
    }

    /// The offers in this order. Those whose distance or validity is unknown come after those where it is known, and
    /// those that the shop does not take at checkout come last. Offers that are equal keep their order, best first.
    pub(super) fn sorted(self, offers: &[Alternative], now: Moment) -> Vec<&Alternative> {
        let mut sorted: Vec<&Alternative> = offers.iter().collect();
        match self {
            Self::Price => sorted.sort_by_key(|offer| Reverse(offer.credit())),
            Self::Near => sorted.sort_by_key(|offer| {
                let near = nearest(&offer.quote);
                (near.is_none(), near)
            }),
            // No validity is less than any.
            Self::Validity => sorted.sort_by_key(|offer| Reverse(offer.quote.valid_until)),
        }
        sorted.sort_by_key(|offer| !offer.acceptable(now));
        sorted
    }
}

/// The distance of the nearest place; `None` if none is known.
fn nearest(quote: &Quote) -> Option<Distance> {
    quote.recycle.iter().filter_map(|option| option.store_distance_km).min()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::{Money, Price, PriceParts, ProviderName, RecycleOption, Source};
    use jiff::SignedDuration;

    use super::*;

    fn now() -> Moment {
        Moment::from_utc8("2026-01-05T10:00:00".parse().unwrap()).unwrap()
    }

    /// An offer of `name`: its price in fen, its distance in km, and its validity in hours.
    fn offer(name: &str, fen: i64, km: Option<&str>, hours: Option<i64>) -> Alternative {
        let quote: Quote = serde_json::from_str(include_str!("../../samples/quote.json")).unwrap();
        let parts = PriceParts {
            base: None,
            condition_discount: None,
            function_deduction: None,
            market_coefficient: None,
            final_price: Money::from_fen(fen),
        };
        let distance = km.and_then(|km| Distance::from_km(km.parse().unwrap()));
        let valid_until =
            hours.map(|hours| Moment::new(now().timestamp() + SignedDuration::from_hours(hours)));
        let quote = Quote {
            provider: ProviderName::parse(name).unwrap(),
            price: Price::new(parts),
            recycle: RecycleOption::list("到店/邮寄", distance, None),
            valid_until,
            ..quote
        };
        Alternative { quote: Arc::new(quote), top_up: None }
    }

    fn order(sort: Sort, offers: &[Alternative]) -> Vec<&str> {
        sort.sorted(offers, now()).iter().map(|offer| offer.quote.provider.as_str()).collect()
    }

    #[test]
    fn each_order_has_a_name_to_be_found_by() {
        for sort in Sort::ALL {
            assert_eq!(Sort::find(sort.code()), Some(sort));
        }
        assert_eq!(Sort::find("paid"), None);
    }

    #[test]
    fn each_order_puts_what_is_unknown_after_what_is_known() {
        let offers = [
            offer("a", 300, None, Some(1)),
            offer("b", 200, Some("2.5"), None),
            offer("c", 200, Some("10"), Some(48)),
            offer("d", 100, Some("0.4"), Some(2)),
        ];
        assert_eq!(order(Sort::Price, &offers), ["a", "c", "d", "b"], "b cannot be accepted");
        assert_eq!(order(Sort::Near, &offers), ["d", "c", "a", "b"], "10 km is further than 2.5 km");
        assert_eq!(order(Sort::Validity, &offers), ["c", "d", "a", "b"]);
    }

    #[test]
    fn an_older_price_comes_last_in_every_order() {
        let mut old = offer("old", 900, Some("0.1"), Some(99));
        old.quote = Arc::new(Quote { source: Source::Stale, ..Quote::clone(&old.quote) });
        let offers = [old, offer("new", 100, Some("5"), Some(1))];
        for sort in Sort::ALL {
            assert_eq!(order(sort, &offers), ["new", "old"], "{sort:?}");
        }
    }

    #[test]
    fn what_the_shop_adds_counts_and_equal_offers_keep_their_order() {
        let mut more = offer("more", 200, None, Some(1));
        more.top_up = Some(Money::from_fen(150));
        let offers = [offer("a", 300, None, Some(1)), offer("b", 300, None, Some(1)), more];
        assert_eq!(order(Sort::Price, &offers), ["more", "a", "b"]);
    }
}
