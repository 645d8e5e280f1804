use jiff::Timestamp;

use super::*;
use crate::{Device, Price, PriceParts, QuoteForm, QuoteId, Source};

fn moment(second: i64) -> Moment {
    Moment::new(Timestamp::from_second(second).unwrap())
}

fn quote(provider: &str, fen: i64, until: Option<i64>, source: Source) -> Arc<Quote> {
    let form = QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    };
    let parts = PriceParts {
        base: None,
        condition_discount: None,
        function_deduction: None,
        market_coefficient: None,
        final_price: Money::from_fen(fen),
    };
    Arc::new(Quote {
        id: QuoteId::from_random(1),
        sandbox: false,
        source,
        provider: ProviderName::parse(provider).unwrap(),
        device: Device::new(&form.parse().unwrap(), None, None),
        price: Price::new(parts),
        recycle: Vec::new(),
        quality_check: Vec::new(),
        quoted_at: moment(0),
        valid_until: until.map(moment),
    })
}

fn order(quotes: Vec<Arc<Quote>>) -> Vec<String> {
    let ranked = Comparison::rank(quotes, Vec::new(), moment(10)).unwrap();
    ranked.quotes().map(|quote| quote.provider.to_string()).collect()
}

#[test]
fn the_highest_price_is_the_best() {
    let fresh = |name, fen| quote(name, fen, Some(100), Source::Partner);
    assert_eq!(order(vec![fresh("a", 1), fresh("b", 3), fresh("c", 2)]), ["b", "c", "a"]);
}

#[test]
fn at_equal_prices_the_longer_validity_counts_and_then_the_order_of_the_setting() {
    let until = |name, until| quote(name, 5, Some(until), Source::Partner);
    assert_eq!(order(vec![until("a", 50), until("b", 60), until("c", 60)]), ["b", "c", "a"]);
}

#[test]
fn a_price_that_cannot_be_accepted_is_never_before_one_that_can() {
    let quotes = vec![
        quote("old", 90, Some(100), Source::Stale),
        quote("expired", 80, Some(10), Source::Partner),
        quote("unknown", 70, None, Source::Partner),
        quote("good", 1, Some(100), Source::Cache),
    ];
    assert_eq!(order(quotes), ["good", "old", "expired", "unknown"]);
}

#[test]
fn without_a_price_there_is_no_comparison() {
    assert_eq!(Comparison::rank(Vec::new(), Vec::new(), moment(0)), None);
}

#[test]
fn in_json_it_is_the_best_quote_with_the_others_and_the_refusals() {
    let quotes = vec![quote("a", 1, Some(100), Source::Partner), quote("b", 2, Some(100), Source::Cache)];
    let refused =
        vec![RefusedBy { provider: ProviderName::parse("c").unwrap(), failure: Failure::ModelUnknown }];
    let json = serde_json::to_value(Comparison::rank(quotes, refused, moment(10)).unwrap()).unwrap();
    assert_eq!((json["provider"].as_str(), json["price"]["final"].as_i64()), (Some("b"), Some(2)));
    assert_eq!(json["alternatives"][0]["provider"], "a");
    assert_eq!(json["alternatives"][0].get("alternatives"), None);
    assert_eq!(json["refused"], serde_json::json!([{ "provider": "c", "code": "model_unknown" }]));
}
