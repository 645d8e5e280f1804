//! Offers of several buyers beside the sample.

use std::sync::Arc;

use domain::{
    Distance, Failure, Label, LabelledStep, Moment, Money, Price, PriceParts, ProviderName, Quote, QuoteId,
    RecycleOption, RefusedBy, Source,
};
use jiff::{SignedDuration, Timestamp};

use crate::shopper::quote::{Alternative, Compared, Sort};
use crate::words::{Locale, td_string};

/// Compares the sample with a price that is the same, one that is less, and an older one; a fourth buyer gives none.
pub(super) fn compared(locale: Locale, best: &Quote, top_up: Option<Money>, sort: Sort) -> Compared {
    let name = |text| ProviderName::parse(text).ok();
    let (Some(own), Some(second), Some(third), Some(fourth)) =
        (name("own"), name("second"), name("third"), name("fourth"))
    else {
        return Compared::default();
    };
    let offer = |number: u128, provider: &ProviderName, price, ways, source, hours| {
        let valid_until = best.quoted_at.timestamp().saturating_add(SignedDuration::from_hours(hours));
        let quote = Quote {
            id: QuoteId::from_random(number),
            provider: provider.clone(),
            price,
            recycle: ways,
            source,
            valid_until: Some(Moment::new(valid_until.unwrap_or(Timestamp::MAX))),
            ..best.clone()
        };
        Alternative { quote: Arc::new(quote), top_up }
    };
    let far = "4.5".parse().ok().and_then(Distance::from_km);
    let near = "0.6".parse().ok().and_then(Distance::from_km);
    let stores = |distance| RecycleOption::list("到店/邮寄", distance, None);
    let mail = RecycleOption::list("邮寄", None, None);
    let labels = [
        (best.provider.clone(), "爱回收".to_owned()),
        (own.clone(), td_string!(locale, studio.shop).to_owned()),
        (second.clone(), td_string!(locale, buyers.sample_second).to_owned()),
        (third.clone(), td_string!(locale, buyers.sample_third).to_owned()),
        (fourth.clone(), td_string!(locale, buyers.sample_fourth).to_owned()),
    ];
    Compared {
        alternatives: vec![
            offer(1, &own, explained(), stores(near), Source::Partner, 12),
            offer(2, &second, unexplained(397_200), stores(far), Source::Cache, 48),
            offer(3, &third, unexplained(414_000), mail, Source::Stale, 6),
        ],
        refused: vec![RefusedBy { provider: fourth, failure: Failure::PartnerUnavailable }],
        labels: labels.into(),
        sort,
        back: None,
    }
}

/// A price with the buyer's own steps.
fn explained() -> Price {
    let step = |chinese, english, fen| {
        let label = Label::parse(chinese, english).ok()?;
        Some(LabelledStep { label, amount: Money::from_fen(fen) })
    };
    let steps =
        [step("成色：九成新", "Grade: excellent", -64_800), step("电池老化", "Worn battery", -36_000)];
    Price::new(parts(510_000, 409_200)).with_steps(steps.into_iter().flatten().collect())
}

/// A price of which only the base is known.
fn unexplained(fen: i64) -> Price {
    Price::new(parts(480_000, fen))
}

fn parts(base: i64, fen: i64) -> PriceParts {
    PriceParts {
        base: Some(Money::from_fen(base)),
        condition_discount: None,
        function_deduction: None,
        market_coefficient: None,
        final_price: Money::from_fen(fen),
    }
}
