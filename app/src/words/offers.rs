//! The offers of several buyers beside each other: how they differ, and why a buyer gave none.

use std::cmp::Ordering;

use domain::{Failure, Moment, Money, NotAccepted, Quote, RecycleKind, RecycleOption, Source};

use super::prices;
use super::strings::{Locale, td_string};
use super::times;

/// How an offer differs from the best one, `more` than it or, if negative, less.
pub fn difference(locale: Locale, more: Money) -> String {
    let by = more.abs().to_string();
    match more.cmp(&Money::ZERO) {
        Ordering::Greater => td_string!(locale, buyers.more, by = by),
        Ordering::Less => td_string!(locale, buyers.less, by = by),
        Ordering::Equal => td_string!(locale, buyers.same).to_owned(),
    }
}

/// Until when an offer holds, in few words.
pub fn holds(locale: Locale, quote: &Quote, now: Moment) -> String {
    match quote.valid_until {
        Some(until) => {
            td_string!(locale, buyers.until, time = times::short(locale, until, now.in_utc8().date()))
        }
        None => td_string!(locale, buyers.until_unknown).to_owned(),
    }
}

/// The name of a way to hand the device over.
pub fn way(locale: Locale, option: &RecycleOption) -> String {
    prices::recycle(locale, option.kind).map_or_else(|| option.label.clone(), |(name, _)| name.to_owned())
}

/// The nearest way to hand the device over, in few words: a store with its distance, or else the first way.
pub fn nearest(locale: Locale, options: &[RecycleOption]) -> String {
    let near = options
        .iter()
        .filter_map(|option| Some((option.store_distance_km?, option)))
        .min_by_key(|(distance, _)| *distance);
    if let Some((km, option)) = near {
        return td_string!(locale, buyers.near_way, way = way(locale, option), km = km.to_string());
    }
    match options {
        [] => td_string!(locale, buyers.way_unknown).to_owned(),
        [first, ..] if first.kind == RecycleKind::Store => {
            td_string!(locale, buyers.distance_unknown, way = way(locale, first))
        }
        [first, ..] => way(locale, first),
    }
}

/// What keeps a price from being taken at checkout, in a word and in a sentence; `None` if nothing does.
pub fn flaw(locale: Locale, quote: &Quote, now: Moment) -> Option<(&'static str, &'static str)> {
    if quote.acceptable(now) {
        None
    } else if quote.expired(now) {
        Some((td_string!(locale, buyers.expired), td_string!(locale, quote.expired)))
    } else if quote.price.final_price() <= Money::ZERO {
        Some((td_string!(locale, buyers.worthless), td_string!(locale, buyers.worthless_hint)))
    } else if quote.source == Source::Stale {
        Some((td_string!(locale, buyers.stale), td_string!(locale, buyers.stale_hint)))
    } else if quote.price.market_coefficient_estimated() {
        Some((td_string!(locale, buyers.estimated), td_string!(locale, buyers.estimated_hint)))
    } else {
        Some((td_string!(locale, buyers.without_end), td_string!(locale, quote.until_unknown)))
    }
}

/// That a buyer gave no price, and why.
pub fn refused(locale: Locale, buyer: &str, failure: &Failure) -> String {
    td_string!(locale, buyers.refused, buyer = buyer, why = no_price(locale, failure))
}

/// Why a buyer gave no price, as the rest of a sentence that begins with its name.
fn no_price(locale: Locale, failure: &Failure) -> &'static str {
    match failure {
        Failure::ModelUnknown => td_string!(locale, buyers.model_unknown),
        Failure::NotAccepted { reason } => match reason {
            NotAccepted::Scrapped => td_string!(locale, buyers.scrapped),
            NotAccepted::Counterfeit => td_string!(locale, buyers.counterfeit),
            NotAccepted::NotOnSale => td_string!(locale, buyers.not_on_sale),
            NotAccepted::NotByShop | NotAccepted::Unspecified => td_string!(locale, buyers.not_accepted),
        },
        Failure::QuotaExhausted { .. } => td_string!(locale, buyers.quota_exhausted),
        Failure::PartnerUnavailable => td_string!(locale, buyers.late),
        Failure::InvalidInput { .. }
        | Failure::RateLimited { .. }
        | Failure::PartnerRefused
        | Failure::Expired
        | Failure::NotFound
        | Failure::NotAllowed
        | Failure::Internal { .. } => td_string!(locale, buyers.nothing_now),
    }
}

#[cfg(test)]
mod tests {
    use domain::Distance;

    use super::*;

    #[test]
    fn a_difference_is_told_the_right_way_round() {
        let told = |locale, fen| difference(locale, Money::from_fen(fen));
        assert_eq!(told(Locale::en, -12_000), "¥120 less");
        assert_eq!(told(Locale::en, 12_000), "¥120 more");
        assert_eq!(told(Locale::en, 0), "the same price");
        assert_eq!(told(Locale::zh_CN, -12_000), "少 ¥120");
        assert_eq!(told(Locale::zh_CN, 0), "价格相同");
    }

    #[test]
    fn the_nearest_way_is_the_nearest_store_or_else_the_first_way() {
        let told = |types, km: Option<&str>| {
            let distance = km.and_then(|km| Distance::from_km(km.parse().unwrap()));
            nearest(Locale::en, &RecycleOption::list(types, distance, None))
        };
        assert_eq!(told("上门/到店", Some("10")), "Store, 10.0 km away", "although pick-up is recommended");
        assert_eq!(told("到店/邮寄", None), "Store, distance unknown");
        assert_eq!(told("邮寄", None), "Mail");
        assert_eq!(told("无人机", None), "无人机");
        assert_eq!(told("", None), "hand-over unknown");
    }

    #[test]
    fn a_buyer_that_is_late_or_down_did_not_answer_in_time() {
        assert_eq!(no_price(Locale::en, &Failure::PartnerUnavailable), "gives no answer now");
        assert_eq!(no_price(Locale::zh_CN, &Failure::ModelUnknown), "没有收录这款设备");
        let counterfeit = Failure::NotAccepted { reason: NotAccepted::Counterfeit };
        assert_eq!(no_price(Locale::en, &counterfeit), "does not buy counterfeits");
        assert_eq!(no_price(Locale::en, &Failure::PartnerRefused), "gives no price at the moment");
    }
}
