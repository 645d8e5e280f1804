//! Sample values for tests.

use domain::{
    Device, Moment, Money, Price, PriceParts, ProviderName, Quote, QuoteForm, QuoteId, RecycleOption, Source,
};
use jiff::Timestamp;

use crate::{Acceptance, Code, Offer, OfferId, Product};

/// The moment `seconds` after 2025-12-30 14:00 in UTC+8, when the sample offer is accepted.
pub(crate) fn moment(seconds: i64) -> Moment {
    Moment::new(Timestamp::from_second(1_767_074_400 + seconds).unwrap())
}

pub(crate) fn price(fen: i64) -> Price {
    Price::new(PriceParts {
        base: None,
        condition_discount: None,
        function_deduction: None,
        market_coefficient: None,
        final_price: Money::from_fen(fen),
    })
}

pub(crate) fn acceptance() -> Acceptance {
    let form = QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    };
    let quote = Quote {
        id: QuoteId::from_random(7),
        sandbox: false,
        source: Source::Partner,
        provider: ProviderName::parse("aihuishou").unwrap(),
        device: Device::new(&form.parse().unwrap(), Some("101".into()), None),
        price: price(450_000),
        recycle: RecycleOption::list("上门/到店/邮寄", None, None),
        quality_check: vec!["外观".into(), "屏幕".into()],
        quoted_at: moment(-60),
        valid_until: Some(moment(86_400)),
    };
    Acceptance {
        id: OfferId::from_random(1),
        code: Code::parse("23456789").unwrap(),
        merchant: "demo".into(),
        provider: "aihuishou".into(),
        quote,
        top_up: Money::from_fen(20_000),
        product: Some(Product { name: "iPhone 17".into(), price: Some(Money::from_fen(599_900)) }),
        until: None,
    }
}

pub(crate) fn offer() -> Offer {
    Offer::accept(acceptance(), moment(0)).unwrap()
}
