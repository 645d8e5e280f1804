use domain::{Device, Money, Price, PriceParts, QuoteForm, QuoteId, Source};
use jiff::Timestamp;

use super::*;

fn at(second: i64) -> Moment {
    Moment::new(Timestamp::from_second(second).unwrap())
}

fn name(text: &str) -> ProviderName {
    ProviderName::parse(text).unwrap()
}

fn form() -> QuoteForm {
    QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    }
}

fn quote(provider: &str, fen: i64, until: i64) -> Arc<Quote> {
    let parts = PriceParts {
        base: None,
        condition_discount: None,
        function_deduction: None,
        market_coefficient: None,
        final_price: Money::from_fen(fen),
    };
    Arc::new(Quote {
        id: QuoteId::from_random(fen.unsigned_abs().into()),
        sandbox: false,
        source: Source::Partner,
        provider: name(provider),
        device: Device::new(&form().parse().unwrap(), None, None),
        price: Price::new(parts),
        recycle: Vec::new(),
        quality_check: Vec::new(),
        quoted_at: at(0),
        valid_until: Some(at(until)),
    })
}

fn row(main: Said, others: &[(&str, Result<Arc<Quote>, Failure>)]) -> ComparedRow {
    let row = BatchRow { number: 2, form: form(), written_model: None, answer: main, waits: false };
    let alternative = |(provider, answer): &(&str, Result<Arc<Quote>, Failure>)| Alternative {
        number: 2,
        provider: name(provider),
        answer: answer.clone(),
    };
    let others: Vec<_> = others.iter().map(alternative).collect();
    let found: Vec<_> = others.iter().collect();
    compared(row, &["main", "own", "third"].map(name), &found, at(10))
}

fn best(row: &ComparedRow) -> Option<Result<&str, &Failure>> {
    row.row.answer.as_ref().map(|said| said.as_ref().map(|quote| quote.provider.as_str()))
}

#[test]
fn the_best_price_of_each_row_is_the_one_that_a_shopper_would_see_first() {
    let main = || Some(Ok(quote("main", 400, 100)));
    let own = |fen, until| ("own", Ok(quote("own", fen, until)));
    assert_eq!(best(&row(main(), &[own(500, 100)])), Some(Ok("own")));
    assert_eq!(best(&row(main(), &[own(300, 100)])), Some(Ok("main")));
    assert_eq!(best(&row(main(), &[own(400, 100)])), Some(Ok("main")), "the order of the settings");
    assert_eq!(best(&row(main(), &[own(500, 9)])), Some(Ok("main")), "the other holds no longer");
    let refused = Some(Err(Failure::PartnerUnavailable));
    assert_eq!(best(&row(refused, &[own(1, 100)])), Some(Ok("own")), "one that is down takes nothing away");
}

#[test]
fn without_a_price_a_row_is_open_until_all_have_answered() {
    let none = || Some(Err(Failure::ModelUnknown));
    let quota = || ("own", Err(Failure::PartnerRefused));
    assert_eq!(best(&row(none(), &[quota()])), None);
    let all = row(none(), &[quota(), ("third", Err(Failure::PartnerUnavailable))]);
    assert_eq!(best(&all), Some(Err(&Failure::ModelUnknown)));
    let said: Vec<_> = all.providers.iter().map(|(name, said)| (name.as_str(), said.is_some())).collect();
    assert_eq!(said, [("main", true), ("own", true), ("third", true)]);
}

#[test]
fn a_row_that_is_no_device_is_asked_for_nowhere() {
    let bad = row(Some(Err(Failure::InvalidInput { fields: Vec::new() })), &[]);
    assert!(bad.providers.iter().all(|(_, said)| said.is_none()));
    assert!(matches!(bad.row.answer, Some(Err(Failure::InvalidInput { .. }))));
}

#[test]
fn a_provider_that_took_the_place_of_the_main_one_has_its_price_in_its_own_column() {
    let row = row(Some(Ok(quote("third", 400, 100))), &[]);
    let said: Vec<_> = row.providers.iter().map(|(_, said)| said.is_some()).collect();
    assert_eq!(said, [false, false, true]);
}
