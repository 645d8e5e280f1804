//! A quote, and until when its price may be taken.

use serde::{Deserialize, Serialize};

use crate::terms::codes;
use crate::{Device, Moment, Money, Price, ProviderName, QuoteId, RecycleOption};

codes! {
    /// Where the answer came from.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum Source {
        /// The partner was asked just now.
        Partner = "partner",
        /// The partner was asked within the last minutes.
        Cache = "cache",
        /// The partner is down: an older quote that is still valid. A checkout must not take it.
        Stale = "stale",
    }
    /// The name in the contract (`source`).
    pub fn code;
}

/// What a device is worth, how the price came about, and until when it is valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The quote's id.
    pub id: QuoteId,
    /// Whether the price comes from the sandbox, and will not be paid.
    pub sandbox: bool,
    /// Where the answer came from.
    pub source: Source,
    /// The provider whose price it is.
    #[serde(default = "ProviderName::of_the_partner")]
    pub provider: ProviderName,
    /// What was quoted.
    pub device: Device,
    /// The price and its parts.
    pub price: Price,
    /// The ways to hand the device over, best first.
    pub recycle: Vec<RecycleOption>,
    /// The points of the inspection.
    pub quality_check: Vec<String>,
    /// When the partner was asked.
    pub quoted_at: Moment,
    /// Until when the price is valid; `None` when the partner gave no time that can be read.
    pub valid_until: Option<Moment>,
}

impl Quote {
    /// Whether the validity has passed at `now`. A quote of unknown validity does not expire, but is
    /// not acceptable either.
    pub fn expired(&self, now: Moment) -> bool {
        self.valid_until.is_some_and(|until| until <= now)
    }

    /// Whether a shop may take this price at checkout at `now`.
    pub fn acceptable(&self, now: Moment) -> bool {
        self.source != Source::Stale
            && self.price.final_price() > Money::ZERO
            && !self.price.market_coefficient_estimated()
            && self.valid_until.is_some_and(|until| until > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::QuoteForm;

    fn quote(source: Source, fen: i64, valid_until: Option<Moment>) -> Quote {
        let form = QuoteForm {
            device_type: "手机".into(),
            brand: "苹果".into(),
            model: "iPhone 14 Pro".into(),
            storage: "256GB".into(),
            condition: "九成新".into(),
            function_status: "正常".into(),
            ..QuoteForm::default()
        };
        let parts = crate::PriceParts {
            base: None,
            condition_discount: None,
            function_deduction: None,
            market_coefficient: None,
            final_price: Money::from_fen(fen),
        };
        Quote {
            id: QuoteId::from_random(1),
            sandbox: false,
            source,
            provider: ProviderName::of_the_partner(),
            device: Device::new(&form.parse().unwrap(), None, None),
            price: Price::new(parts),
            recycle: Vec::new(),
            quality_check: Vec::new(),
            quoted_at: moment(0),
            valid_until,
        }
    }

    fn moment(second: i64) -> Moment {
        Moment::new(jiff::Timestamp::from_second(second).unwrap())
    }

    #[test]
    fn a_quote_expires_when_its_validity_ends() {
        let until = Some(moment(100));
        let expired = |valid_until, now| quote(Source::Partner, 1, valid_until).expired(moment(now));
        assert_eq!((expired(until, 99), expired(until, 100), expired(None, 100)), (false, true, false));
    }

    #[test]
    fn a_checkout_may_accept_a_fresh_price_above_0_within_its_validity() {
        let until = Some(moment(100));
        let acceptable = |source, fen, until, now| quote(source, fen, until).acceptable(moment(now));
        assert!(acceptable(Source::Partner, 1, until, 99));
        assert!(acceptable(Source::Cache, 1, until, 99));
        assert!(!acceptable(Source::Stale, 1, until, 99), "an older quote");
        assert!(!acceptable(Source::Partner, 0, until, 99), "worth nothing");
        assert!(!acceptable(Source::Partner, 1, until, 100), "expired");
        assert!(!acceptable(Source::Partner, 1, None, 99), "of unknown validity");
    }
}
