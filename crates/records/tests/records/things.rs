//! Entries for the tests.

use std::sync::Arc;
use std::time::Duration;

use domain::{
    Device, Failure, Moment, Money, Price, PriceParts, ProviderName, Quote, QuoteForm, QuoteId, Source,
};
use jiff::Timestamp;
use records::{BatchId, Begun, Entry, InstanceId, Key, ListClaim, ListLease, Most, Origin, Outcome, Records};

/// 2025-12-30 14:00 in UTC+8.
pub(crate) const NOON: i64 = 1_767_074_400;

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(NOON + seconds).unwrap()
}

pub(crate) fn most(calls: u32) -> Most {
    Most { calls, searches: 2, reserve: 0 }
}

/// An attempt to get a price, which uses one call.
pub(crate) fn attempt(call: &'static str) -> Begun {
    Begun {
        app_id: "A".into(),
        at: at(0),
        call,
        attempt: 1,
        parameters: r#"{"model":"iPhone 14 Pro"}"#.into(),
        spends: 1,
        searches: 0,
        merchant: None,
        provider: None,
        advance: None,
    }
}

pub(crate) fn search() -> Begun {
    Begun { searches: 1, ..attempt("search") }
}

pub(crate) fn ended(name: &'static str, ms: u64) -> Outcome {
    Outcome { name, code: Some("200".into()), latency: Duration::from_millis(ms) }
}

pub(crate) fn phone(model: &str) -> QuoteForm {
    QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: model.into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    }
}

/// A quote with that id, `seconds` after [`NOON`].
pub(crate) fn quote(id: u128, model: &str, yuan: i64, seconds: i64) -> Arc<Quote> {
    let parts = PriceParts {
        base: None,
        condition_discount: None,
        function_deduction: None,
        market_coefficient: None,
        final_price: Money::from_fen(yuan * 100),
    };
    Arc::new(Quote {
        id: QuoteId::from_random(id),
        sandbox: false,
        source: Source::Partner,
        provider: ProviderName::parse("aihuishou").unwrap(),
        device: Device::new(&phone(model).parse().unwrap(), Some("D1".into()), None),
        price: Price::new(parts),
        recycle: Vec::new(),
        quality_check: Vec::new(),
        quoted_at: Moment::new(at(seconds)),
        valid_until: Some(Moment::new(at(seconds + 3_600))),
    })
}

pub(crate) fn key(byte: u8) -> Key {
    Key::new([byte; 32])
}

/// An answer of the provider, under the name that it gave.
pub(crate) fn quoted(asked: u8, quote: &Arc<Quote>) -> Entry {
    Entry::Quoted {
        key: Some(key(asked)),
        quote: Arc::clone(quote),
        confirmed: Some(quote.device.model.as_str().into()),
        origin: Origin::default(),
    }
}

/// Claims a list for a minute, as the instance with that number.
pub(crate) async fn claim(records: &Records, list: BatchId, instance: u64) -> Option<ListLease> {
    let (holder, life) = (InstanceId::of(instance), Duration::from_secs(60));
    let claim = ListClaim { list, holder: &holder, life, even_paused: true, doing: "{}" };
    records.claim_list(claim).await.unwrap()
}

/// Records the result of a device, as the instance that holds the list.
pub(crate) async fn settle(records: &Records, list: BatchId, device: u32, answer: Result<QuoteId, Failure>) {
    let lease = claim(records, list, 1).await.unwrap();
    assert!(records.settle(&lease, device, &answer).await.unwrap());
}
