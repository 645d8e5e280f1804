//! Lists that ask for up to fifty devices in one call.

use lists::{Phase, Progress};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::house::{House, Settings, phone, variant};
use crate::work::{add, answers, codes, run, start};

fn settings() -> Settings {
    Settings { sandbox: true, native_batch: true, ..Settings::default() }
}

fn calls(house: &House) -> u64 {
    house.stats().calls.values().sum()
}

#[tokio::test]
async fn a_list_is_quoted_by_few_calls_that_spend_as_much_as_there_are_devices() {
    let house = House::with(settings()).await;
    house.desk.quote(phone("iPhone 14 Pro").parse().unwrap()).await.unwrap();
    let odd = ["iPhone 14 Pro", "SANDBOX-UNKNOWN", "SANDBOX-GARBLED", "SANDBOX-PERMISSION"].map(phone);
    let id = add(&house, odd.into_iter().chain((0..120).map(variant))).await;
    run(&house.desk, id).await;
    let told = codes(&answers(&house, id).await);
    assert_eq!(told[..4], ["priced", "model_unknown", "partner_unavailable", "partner_refused"]);
    assert!(told[4..].iter().all(|code| *code == "priced"));
    // One call for the shopper; calls for 5, 50, 50 and 18 devices; and two more for the device whose answer
    // cannot be read.
    assert_eq!((calls(&house), house.stats().quota_used), (1 + 4 + 2, 1 + 123 + 2));
    assert_eq!(house.desk.calls_remaining_for_lists(), 2_000 - 400 - house.stats().quota_used);
    house.desk.all_recorded().await;
    assert_eq!(house.records.batch(id).await.unwrap().unwrap().counts.priced, 121);
}

#[tokio::test]
async fn an_account_that_may_not_asks_one_by_one() {
    let house = House::with(settings()).await;
    house.set(r#"{"batch_permission": false}"#).await;
    let id = add(&house, (0..20).map(variant)).await;
    run(&house.desk, id).await;
    assert!(codes(&answers(&house, id).await).iter().all(|code| *code == "priced"));
    assert_eq!((calls(&house), house.stats().quota_used), (1 + 20, 20));
}

#[tokio::test]
async fn what_is_left_of_the_quota_is_made_use_of_and_the_reserve_is_not() {
    let house = House::with(Settings { daily_quota: 100, shopper_reserve: 28, ..settings() }).await;
    let id = add(&house, (0..90).map(variant)).await;
    let mut running = start(&house.desk, id);
    let waits = |progress: &Progress| matches!(progress.phase, Phase::WaitsForQuota { .. });
    let progress = running.progress.wait_for(waits).await.unwrap().clone();
    assert_eq!((progress.counts.priced, house.stats().quota_used), (72, 72));
    running.stop.send_replace(true);
    running.task.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_partner_in_trouble_is_asked_again() {
    let house = House::with(settings()).await;
    house.set(r#"{"next": [503, 503, 503, 503, 500]}"#).await;
    let id = add(&house, (0..60).map(variant)).await;
    run(&house.desk, id).await;
    assert!(codes(&answers(&house, id).await).iter().all(|code| *code == "priced"));
    assert_eq!(house.stats().repeated_devices, 0);
}

#[tokio::test]
async fn a_whole_answer_that_is_unreadable_is_counted_as_odd() {
    let partner = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_raw("odd", "text/plain");
    Mock::given(method("POST")).respond_with(answer).mount(&partner).await;
    let house = House::asking(&format!("{}/api/v2", partner.uri()), settings()).await;
    let odd = || {
        let metrics = house.desk.metrics().unwrap();
        let line = metrics
            .lines()
            .find(|line| line.starts_with("tradein_odd_answers_total{kind=\"unreadable\",provider=\""));
        line.and_then(|line| line.rsplit(' ').next()?.parse::<u32>().ok()).unwrap_or_default()
    };
    let id = add(&house, (0..2).map(variant)).await;
    run(&house.desk, id).await;
    assert_eq!(odd(), 1 + 2 * 3, "one call for both, and then each by itself in three rounds");
    house.desk.search("iphone", None).await.unwrap_err();
    assert_eq!(odd(), 8);
}
