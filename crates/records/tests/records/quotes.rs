//! Quotes, searches, and the price history.

use domain::{CatalogueItem, Category, Money, ProviderName, QuoteForm, QuoteId, RepairKind, Term};
use jiff::SignedDuration;
use jiff::civil::date;
use records::{Entry, Model, Origin, PriceOfDay};

use crate::place::{Place, on_both};
use crate::things::{self, at, key, phone, quote, quoted};

on_both!(
    a_quote_is_found_by_its_id_and_the_latest_by_what_was_asked,
    what_a_sound_device_is_worth_adds_to_its_day,
    the_latest_answer_of_a_search_stands,
    records_go_when_their_time_is_over_and_not_before,
);

const MODEL: Model<'_> = Model { device_type: Category::Phone, brand: "苹果", name: "iPhone 14 Pro" };

async fn a_quote_is_found_by_its_id_and_the_latest_by_what_was_asked(place: Place) {
    let records = place.records().await;
    let [first, second] = [quote(1, "iPhone 14 Pro", 4_000, 0), quote(2, "iPhone 14 Pro", 4_100, 60)];
    let again = Entry::Quoted {
        key: None,
        quote: quote(3, "iPhone 14 Pro", 1, 90),
        confirmed: None,
        origin: Origin { merchant: Some("shop".into()), ..Origin::default() },
    };
    records.write(&[quoted(1, &second), quoted(1, &first), again]).await.unwrap();
    records.close().await;
    assert!(records.quote(&first.id).await.is_err(), "closed");
    let records = place.records().await;
    assert_eq!(records.quote(&first.id).await.unwrap().as_ref(), Some(&*first));
    assert_eq!(records.latest(&key(1)).await.unwrap().as_ref(), Some(&*second));
    assert_eq!(records.latest(&key(2)).await.unwrap(), None);
    assert_eq!(records.quote(&QuoteId::from_random(99)).await.unwrap(), None);
    let mut other = place.other().await;
    let whose = other.rows("SELECT merchant FROM quotes WHERE merchant IS NOT NULL").await.unwrap();
    assert_eq!(whose, [["shop"]]);
    assert!(other.run("UPDATE quotes SET quoted_at = 0").await.is_err());
    // The same id a second time is always rejected.
    let twice = records.write(&[quoted(4, &first)]).await.unwrap_err();
    assert!(twice.is_of_the_record(), "{twice}");
}

async fn what_a_sound_device_is_worth_adds_to_its_day(place: Place) {
    let records = place.records().await;
    let mut broken = domain::Quote::clone(&quote(9, "iPhone 14 Pro", 100, 0));
    broken.device.function_status = "屏幕损坏".into();
    let mut repaired = domain::Quote::clone(&quote(10, "iPhone 14 Pro", 100, 0));
    repaired.device.repair_history = Some("更换电池".into());
    let mut never_repaired = domain::Quote::clone(&quote(11, "iPhone 13", 3_000, 0));
    never_repaired.device.repair_history = Some(RepairKind::None.word().into());
    let entries = [
        quoted(1, &quote(1, "iPhone 14 Pro", 4_000, 0)),
        quoted(1, &quote(2, "iPhone 14 Pro", 4_200, 60)),
        quoted(1, &quote(3, "iPhone 14 Pro", 4_100, 120)),
        quoted(1, &broken.into()),
        quoted(1, &repaired.into()),
        quoted(1, &quote(12, "iPhone 14 Pro", 0, 0)),
        quoted(1, &quote(4, "iPhone 14 Pro", 3_900, 86_400)),
        quoted(2, &never_repaired.into()),
    ];
    records.write(&entries).await.unwrap();
    let [today, tomorrow] = [date(2025, 12, 30), date(2025, 12, 31)];
    let provider = ProviderName::parse("aihuishou").unwrap();
    let of = |day, [lowest, highest, latest]: [i64; 3], quotes| PriceOfDay {
        provider: provider.clone(),
        day,
        storage: "256GB".into(),
        ram: None,
        condition: "九成新".into(),
        lowest: Money::from_fen(lowest * 100),
        highest: Money::from_fen(highest * 100),
        latest: Money::from_fen(latest * 100),
        quotes,
    };
    let told = records.price_history(MODEL, false, today, &provider).await.unwrap();
    assert_eq!(told, [of(tomorrow, [3_900; 3], 1), of(today, [4_000, 4_200, 4_100], 3)]);
    assert_eq!(records.price_history(MODEL, false, tomorrow, &provider).await.unwrap(), told[..1]);
    assert!(records.price_history(MODEL, true, today, &provider).await.unwrap().is_empty(), "a sandbox's");
    let mut models = records.valued_models(std::slice::from_ref(&provider), today, 10).await.unwrap();
    models.sort();
    assert_eq!(
        models.iter().map(|[.., name]| name.as_str()).collect::<Vec<_>>(),
        ["iPhone 13", "iPhone 14 Pro"]
    );
    assert_eq!(records.valued_models(std::slice::from_ref(&provider), today, 1).await.unwrap().len(), 1);
    let mut asked = records.answers_by_model(&provider, false, today).await.unwrap();
    asked.sort();
    let answers: Vec<_> = asked.iter().map(|([.., name], answers)| (name.as_str(), *answers)).collect();
    assert_eq!(answers, [("iPhone 13", 1), ("iPhone 14 Pro", 4)]);
    assert!(records.answers_by_model(&provider, true, today).await.unwrap().is_empty(), "a sandbox's");
    assert_eq!(records.answers_by_model(&provider, false, tomorrow).await.unwrap().len(), 1);
}

async fn the_latest_answer_of_a_search_stands(place: Place) {
    let records = place.records().await;
    let item = |model: &str| CatalogueItem {
        device_type: Category::Phone,
        brand: "苹果".into(),
        model: model.into(),
        storages: vec!["256GB".into()],
        rams: Vec::new(),
    };
    let found = |model: &str, seconds| Entry::Found {
        key: key(1),
        provider: key(9),
        items: [item(model)].into(),
        at: at(seconds),
    };
    records.write(&[found("new", 60), found("old", 0)]).await.unwrap();
    let known = records.found(&key(1), at(0)).await.unwrap().unwrap();
    assert_eq!((known.0[0].model.as_str(), known.1), ("new", at(60)));
    assert!(records.found(&key(1), at(60)).await.unwrap().is_none(), "not after that");
    assert!(records.found(&key(2), at(0)).await.unwrap().is_none());
    let models = async |provider, since, most| {
        let models = records.found_models(&key(provider), at(since), most).await.unwrap();
        models.into_iter().map(|item| item.model).collect::<Vec<_>>()
    };
    let other = Entry::Found { key: key(2), provider: key(9), items: [item("other")].into(), at: at(90) };
    records.write(&[other]).await.unwrap();
    assert_eq!(models(9, 0, 10).await, ["other", "new"], "the latest first");
    assert_eq!(models(9, 0, 1).await, ["other"]);
    assert_eq!(models(9, 60, 10).await, ["other"]);
    assert!(models(8, 0, 10).await.is_empty(), "another account");
}

async fn records_go_when_their_time_is_over_and_not_before(place: Place) {
    let records = place.records().await;
    records.write(&[quoted(1, &quote(1, "iPhone 14 Pro", 4_000, 0))]).await.unwrap();
    let kept = quote(2, "iPhone 13", 3_000, 0);
    records.write(&[quoted(2, &kept)]).await.unwrap();
    let row = |form: QuoteForm| records::NewRow::new(1, form);
    let list = records.add_batch("list.csv", b"it", &[row(phone("iPhone 13"))], at(0)).await.unwrap();
    things::settle(&records, list, 1, Ok(kept.id.clone())).await;
    records.set_batch_state(list, records::BatchState::Open).await.unwrap();
    let week = SignedDuration::from_hours(7 * 24);
    let day = 86_400;
    assert_eq!(records.purge(at(6 * day), week).await.unwrap(), 0);
    assert_eq!(records.purge(at(8 * day), week).await.unwrap(), 1, "the quote of no list");
    assert!(records.quote(&kept.id).await.unwrap().is_some(), "an open list keeps it");
    records.set_batch_state(list, records::BatchState::Done).await.unwrap();
    assert_eq!(records.purge(at(9 * day), week).await.unwrap(), 2, "the list and its quote");
    assert_eq!(records.purge(at(89 * day), week).await.unwrap(), 0);
    assert_eq!(records.purge(at(92 * day), week).await.unwrap(), 2, "two days of prices");
}
