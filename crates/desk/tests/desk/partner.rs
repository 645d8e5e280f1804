//! Asking the partner: retries, concurrency limit and quota, and no calls while it is down.

use std::time::Duration;

use aihuishou::{Account, AppSecret, Client, Profile};
use domain::{Failure, QuoteForm, Source};
use jiff::SignedDuration;

use crate::house::{House, Settings, phone, request, until};

#[tokio::test]
async fn what_may_heal_is_tried_again_within_the_deadline() {
    let house = House::open().await;
    house.set(r#"{"next": [503]}"#).await;
    assert_eq!(house.desk.quote(request("iPhone 14 Pro")).await.unwrap().source, Source::Partner);
    house.set(r#"{"next": [401, 503]}"#).await;
    assert_eq!(house.desk.quote(request("iPhone 15")).await.unwrap_err().code(), "partner_refused");
    assert_eq!(house.stats().calls.get(&503), Some(&1), "a refused key is not tried again");

    let hasty = House::with(Settings { deadline: Duration::from_millis(700), ..Settings::default() }).await;
    hasty.set(r#"{"latency_ms": 60000}"#).await;
    let start = std::time::Instant::now();
    assert_eq!(hasty.desk.quote(request("iPhone 14 Pro")).await.unwrap_err().code(), "partner_unavailable");
    assert!(start.elapsed() < Duration::from_secs(5), "long before the partner would answer");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_most_five_calls_are_under_way() {
    let house = House::open().await;
    house.set(r#"{"latency_ms": 30}"#).await;
    let askers = (1..=30).map(|number| {
        let desk = house.desk.clone();
        let form = QuoteForm { function_status: format!("按键{number}"), ..phone("iPhone 14 Pro") };
        tokio::spawn(async move { desk.quote(form.parse().unwrap()).await.map(|quote| quote.id.clone()) })
    });
    for asker in askers.collect::<Vec<_>>() {
        asker.await.unwrap().unwrap();
    }
    assert_eq!(house.stats().most_in_flight, 5);
    assert_eq!(house.stats().quota_used, 30);
}

#[tokio::test]
async fn the_days_quota_is_never_overrun_and_outlives_the_process() {
    let house = House::with(Settings { daily_quota: 2, ..Settings::default() }).await;
    for model in ["iPhone 14 Pro", "iPhone 15"] {
        house.desk.quote(request(model)).await.unwrap();
    }
    let resets_at = domain::Moment::from_utc8("2025-12-31T00:00:00".parse().unwrap()).unwrap();
    let used_up = Err(Failure::QuotaExhausted { resets_at });
    assert_eq!(house.desk.quote(request("iPhone 13")).await, used_up);
    let reopened = house.another_desk(Settings { daily_quota: 2, ..Settings::default() }).await;
    assert_eq!(reopened.quote(request("iPhone 13")).await, used_up);
    assert_eq!(house.stats().quota_used, 2);
    // A quote of today that is still valid is the answer, and is labelled as stale.
    let older = reopened.quote(request("iPhone 15")).await.unwrap();
    assert_eq!(older.source, Source::Stale);
    house.wait(SignedDuration::from_hours(10));
    assert_eq!(house.desk.quote(request("iPhone 13")).await.unwrap().source, Source::Partner);
}

#[tokio::test]
async fn while_the_partner_is_down_an_older_quote_stands_in_as_long_as_it_holds() {
    let house = House::open().await;
    let first = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    house.set(r#"{"error_rate": 1.0}"#).await;
    house.wait(SignedDuration::from_hours(1));
    let older = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert_eq!((&older.price, older.source), (&first.price, Source::Stale));
    assert_eq!(house.desk.recall(&older.id).await.unwrap().source, Source::Stale, "its page says so too");
    assert_eq!(house.desk.recall(&first.id).await.unwrap().source, Source::Partner);
    assert!(!older.acceptable(domain::Moment::new(house.desk.now())), "not at checkout");
    house.wait(SignedDuration::from_hours(23));
    assert_eq!(house.desk.quote(request("iPhone 14 Pro")).await.unwrap_err(), Failure::PartnerUnavailable);
}

#[tokio::test]
async fn an_older_quote_is_made_fresh_behind_the_scenes() {
    let soon = Settings { refresh_after: Duration::from_millis(20), ..Settings::default() };
    let house = House::with(soon).await;
    house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    house.set(r#"{"error_rate": 1.0}"#).await;
    house.wait(SignedDuration::from_hours(1));
    let source = async || house.desk.quote(request("iPhone 14 Pro")).await.unwrap().source;
    assert_eq!(source().await, Source::Stale);
    house.set(r#"{"error_rate": 0.0}"#).await;
    // No shopper waits for the partner: the answer is refreshed in the background.
    let shoppers = house.stats().calls.get(&200).copied();
    until(async || source().await == Source::Cache).await;
    assert_eq!((shoppers, house.stats().calls.get(&200).copied()), (Some(1), Some(2)));
}

#[tokio::test]
async fn a_partner_that_is_down_is_left_alone_until_it_is_back() {
    let house = House::open().await;
    house.set(r#"{"error_rate": 1.0}"#).await;
    let made = || house.stats().calls.values().sum::<u64>();
    let ask = |number: u32| {
        let form = QuoteForm { function_status: format!("按键{number}"), ..phone("iPhone 14 Pro") };
        house.desk.quote(form.parse().unwrap())
    };
    for number in 0..40 {
        assert_eq!(ask(number).await.unwrap_err(), Failure::PartnerUnavailable);
    }
    assert_eq!(made(), 20, "then no more calls are made");
    house.set(r#"{"error_rate": 0.0}"#).await;
    house.wait(SignedDuration::from_secs(5));
    assert!(ask(50).await.is_ok() && ask(51).await.is_ok());
}

#[tokio::test]
async fn a_clock_that_is_off_is_corrected_by_the_partners() {
    let house = House::open().await;
    for offset in [600, -600] {
        house.set(&format!(r#"{{"clock_offset_seconds": {offset}}}"#)).await;
        let model = if offset > 0 { "iPhone 14 Pro" } else { "iPhone 15" };
        assert_eq!(house.desk.quote(request(model)).await.unwrap().source, Source::Partner);
        let line = format!("tradein_partner_clock_offset_seconds{{provider=\"aihuishou\"}} {offset}");
        assert!(house.desk.metrics().unwrap().contains(&line), "{line}");
    }
    assert_eq!(house.stats().calls.get(&400), Some(&2), "one refusal a change, then none");
    house.desk.quote(request("iPhone 13")).await.unwrap();
    assert_eq!(house.stats().calls.get(&400), Some(&2));
}

#[tokio::test]
async fn during_a_rotation_the_next_secret_is_tried_once_and_then_kept() {
    let house = House::open().await;
    let client = |secret: &str| {
        let account = Account::new("AHS2025TEST", AppSecret::new(secret).unwrap()).unwrap();
        Client::new(account, Profile::v2(&house.partner.base_url()).unwrap()).unwrap()
    };
    let refused = || house.stats().calls.get(&401).copied().unwrap_or_default();
    house.use_secrets(client("old"), Some(client("hush-hush")));
    for model in ["iPhone 14 Pro", "iPhone 15"] {
        assert_eq!(house.desk.quote(request(model)).await.unwrap().source, Source::Partner);
    }
    assert_eq!(refused(), 1, "what works is used from then on");
    house.use_secrets(client("old"), Some(client("older")));
    assert_eq!(house.desk.quote(request("iPhone 13")).await.unwrap_err().code(), "partner_refused");
    assert_eq!(refused(), 3, "each once");
}
