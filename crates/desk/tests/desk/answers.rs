//! What is answered: from the partner, from the cache, by joining a call under way.

use std::time::Duration;

use domain::{Change, Failure, FaultKind, Grade, NotAccepted, QuoteForm, Source};
use jiff::SignedDuration;

use crate::house::{House, Settings, phone, request};

#[tokio::test]
async fn a_price_comes_from_the_partner_and_then_from_the_cache() {
    let house = House::open().await;
    let first = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert_eq!((first.source, first.sandbox), (Source::Partner, true));
    assert_eq!(first.price.consistent(), Some(true));
    let second = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert_eq!(second.source, Source::Cache);
    assert_eq!((&second.id, &second.price), (&first.id, &first.price));
    assert_eq!(house.stats().quota_used, 1);

    house.wait(SignedDuration::from_mins(10));
    let third = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert_eq!(third.source, Source::Partner);
    assert_ne!(third.id, first.id);
}

#[tokio::test]
async fn what_would_change_the_price_is_told_as_far_as_it_is_known_and_costs_nothing() {
    let house = House::open().await;
    let mine = request("iPhone 14 Pro");
    house.desk.quote(mine.clone()).await.unwrap();
    assert!(house.desk.known_changes(&mine).is_empty());

    let cracked = QuoteForm { function_status: "外屏损坏".into(), ..phone("iPhone 14 Pro") }.parse().unwrap();
    let worse = QuoteForm { condition: "八成新".into(), ..phone("iPhone 14 Pro") }.parse().unwrap();
    let both =
        QuoteForm {
            condition: "八成新".into(), function_status: "进水".into(), ..phone("iPhone 14 Pro")
        };
    for other in [&cracked, &worse, &both.parse().unwrap()] {
        house.desk.quote(other.clone()).await.unwrap();
    }
    let changes = |request| house.desk.known_changes(request).into_iter().map(|(change, _)| change);
    let told: Vec<_> = changes(&mine).collect();
    assert_eq!(told, [Change::Grade(Grade::Good), Change::With(FaultKind::OuterGlass)], "one answer each");
    assert_eq!(changes(&cracked).collect::<Vec<_>>(), [Change::Without(FaultKind::OuterGlass)]);
    assert_eq!(house.stats().quota_used, 4);

    house.wait(SignedDuration::from_mins(10));
    assert!(house.desk.known_changes(&mine).is_empty(), "prices of earlier are not told as today's");
}

#[tokio::test]
async fn everything_that_bears_on_the_price_is_in_the_key() {
    let house = House::open().await;
    let sound = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    let broken = QuoteForm { function_status: "屏幕损坏".into(), ..phone("iPhone 14 Pro") };
    let broken = house.desk.quote(broken.parse().unwrap()).await.unwrap();
    assert_eq!(broken.source, Source::Partner);
    assert!(broken.price.final_price() < sound.price.final_price());
    let repaired = QuoteForm { repair_history: "换过屏幕".into(), ..phone("iPhone 14 Pro") };
    assert_eq!(house.desk.quote(repaired.parse().unwrap()).await.unwrap().source, Source::Partner);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_askers_make_one_call() {
    let house = House::open().await;
    house.set(r#"{"latency_ms": 200}"#).await;
    let askers = (0..1_000).map(|_| {
        let desk = house.desk.clone();
        tokio::spawn(async move { desk.quote(request("iPhone 14 Pro")).await.unwrap().id.clone() })
    });
    let mut ids = Vec::new();
    for asker in askers.collect::<Vec<_>>() {
        ids.push(asker.await.unwrap());
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(house.stats().quota_used, 1);
}

#[tokio::test]
async fn a_shopper_who_leaves_neither_repeats_nor_loses_the_quote() {
    let house = House::open().await;
    house.set(r#"{"latency_ms": 300}"#).await;
    let leaver =
        tokio::time::timeout(Duration::from_millis(50), house.desk.quote(request("iPhone 14 Pro"))).await;
    assert!(leaver.is_err(), "the first asker is gone before the answer");
    let stayer = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert_eq!(house.desk.recall(&stayer.id).await.unwrap().id, stayer.id);
    assert_eq!(house.stats().quota_used, 1);
}

#[tokio::test]
async fn each_refusal_has_its_name_in_the_closed_list() {
    let house = House::with(Settings { deadline: Duration::from_secs(1), ..Settings::default() }).await;
    for (model, code) in [
        ("SANDBOX-UNKNOWN", "model_unknown"),
        ("SANDBOX-QUOTA", "quota_exhausted"),
        ("SANDBOX-PERMISSION", "partner_refused"),
        ("SANDBOX-DOWN", "partner_unavailable"),
        ("SANDBOX-SLOW", "partner_unavailable"),
        ("SANDBOX-GARBLED", "partner_unavailable"),
    ] {
        assert_eq!(house.desk.quote(request(model)).await.unwrap_err().code(), code, "{model}");
    }
    let unreleased = QuoteForm { brand: "小米".into(), ..phone("小米 99") };
    assert_eq!(
        house.desk.quote(unreleased.parse().unwrap()).await,
        Err(Failure::NotAccepted { reason: NotAccepted::NotOnSale })
    );
}

#[tokio::test]

async fn an_unknown_model_stays_unknown_for_a_minute_and_a_fault_for_no_time() {
    let house = House::open().await;
    let calls = |status: u16| house.stats().calls.get(&status).copied().unwrap_or_default();
    for _ in 0..3 {
        house.desk.quote(request("SANDBOX-UNKNOWN")).await.unwrap_err();
        house.desk.quote(request("SANDBOX-DOWN")).await.unwrap_err();
    }
    assert_eq!((calls(404), calls(503)), (1, 6), "a partner that is down is asked twice each time");
    house.wait(SignedDuration::from_mins(1));
    house.desk.quote(request("SANDBOX-UNKNOWN")).await.unwrap_err();
    assert_eq!(calls(404), 2);
}

#[tokio::test]

async fn a_price_that_hardly_holds_or_is_nothing_is_not_given_twice() {
    let house = House::open().await;
    for model in ["SANDBOX-EXPIRING", "SANDBOX-ZERO"] {
        for _ in 0..2 {
            assert_eq!(house.desk.quote(request(model)).await.unwrap().source, Source::Partner, "{model}");
        }
    }
}

#[tokio::test]
async fn a_missing_coefficient_is_estimated_for_the_explanation_only() {
    let house = House::open().await;
    let lacking = || QuoteForm { function_status: "屏幕损坏".into(), ..phone("SANDBOX-NO-COEFFICIENT") };
    let unknown = house.desk.quote(lacking().parse().unwrap()).await.unwrap();
    assert_eq!(unknown.price.market_coefficient(), None, "nobody knows it yet");
    let told = house.desk.quote(request("iPhone 14 Pro")).await.unwrap().price.market_coefficient();
    house.wait(SignedDuration::from_mins(10));
    let known = house.desk.quote(lacking().parse().unwrap()).await.unwrap();
    assert_eq!((known.price.market_coefficient(), known.price.market_coefficient_estimated()), (told, true));
    let sum =
        known.price.steps().iter().rev().skip(1).fold(domain::Money::ZERO, |sum, step| sum + step.amount);
    assert_eq!(sum, known.price.final_price(), "the steps still add up");
}

#[tokio::test]
async fn a_search_tells_what_a_model_comes_in_and_is_kept() {
    let house = House::open().await;
    let found = house.desk.search("iphone14pro", None).await.unwrap();
    let item = found.iter().find(|item| item.model == "iPhone 14 Pro").expect("it is in the catalogue");
    assert!(item.storages.contains(&"256GB".to_owned()));
    house.desk.search(" iphone14pro ", None).await.unwrap();
    assert_eq!(house.stats().calls.values().sum::<u64>(), 1);
    let refused = house.desk.search("a&b", None).await.unwrap_err();
    assert_eq!(refused.code(), "invalid_input");
    assert!(!house.desk.search("", None).await.unwrap().is_empty(), "popular models");
}

#[tokio::test]
async fn the_operator_reads_how_many_prices_are_cached_at_once() {
    let house = House::open().await;
    for model in ["iPhone 14 Pro", "iPhone 15"] {
        house.desk.quote(request(model)).await.unwrap();
    }
    assert_eq!(house.desk.state().cached, 2);
}
