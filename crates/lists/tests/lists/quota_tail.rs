//! The partner's quota ends while a list is under way, before our own count says so: the rest of the list
//! waits for the reset.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::SignedDuration;
use lists::{Phase, Progress};
use serde_json::json;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::house::{House, Settings, variant};
use crate::work::{add, answers, codes, start};

/// A partner that refuses the variants from `first` on because of the quota, while `spent` is true. Its
/// prices take `pause`, its refusals no time.
async fn partner(first: u32, spent: &Arc<AtomicBool>, pause: Duration) -> MockServer {
    let partner = MockServer::start().await;
    let spent = Arc::clone(spent);
    let answer = move |request: &Request| {
        let mut fields = url::form_urlencoded::parse(&request.body);
        let status = fields.find(|(name, _)| name == "function_status").unwrap().1;
        let number: String = status.chars().filter(char::is_ascii_digit).collect();
        if spent.load(Ordering::SeqCst) && number.parse::<u32>().unwrap() >= first {
            let refusal = json!({ "code": 403, "msg": "今日配额已用尽" });
            return ResponseTemplate::new(403).set_body_json(refusal);
        }
        let price = json!({ "code": 0, "data": { "price_info": { "final_price": 100 } } });
        ResponseTemplate::new(200).set_body_json(price).set_delay(pause)
    };
    Mock::given(method("POST")).respond_with(answer).mount(&partner).await;
    partner
}

fn settings() -> Settings {
    Settings { ..Settings::default() }
}

async fn waits_and_goes_on(devices: u32, first_refused: u32, pause: Duration) {
    let spent = Arc::new(AtomicBool::new(true));
    let partner = partner(first_refused, &spent, pause).await;
    let house = House::asking(&format!("{}/api/v2", partner.uri()), settings()).await;
    let id = add(&house, (0..devices).map(variant)).await;
    let mut running = start(&house.desk, id);
    let waits = |progress: &Progress| matches!(progress.phase, Phase::WaitsForQuota { .. } | Phase::Ended);
    let phase = running.progress.wait_for(waits).await.unwrap().phase;
    assert!(matches!(phase, Phase::WaitsForQuota { .. }), "{phase:?}");
    let told = codes(&answers(&house, id).await);
    assert!(told[..first_refused as usize].iter().all(|code| *code == "priced"), "{told:?}");
    assert!(told[first_refused as usize..].iter().all(|code| *code == "open"), "{told:?}");
    spent.store(false, Ordering::SeqCst);
    // The quota's day follows the partner's clock, which differs from the clock of this house, so a whole day
    // passes.
    house.wait(SignedDuration::from_hours(24));
    running.task.await.unwrap().unwrap();
    assert!(codes(&answers(&house, id).await).iter().all(|code| *code == "priced"));
}

#[tokio::test]
async fn the_last_rows_of_a_list_wait_for_the_reset() {
    waits_and_goes_on(10, 9, Duration::ZERO).await;
    waits_and_goes_on(10, 8, Duration::ZERO).await;
}

#[tokio::test]
async fn a_price_that_was_asked_for_before_the_quota_ended_says_nothing_of_the_refused() {
    // Four devices are asked at the same time: the refusal arrives before the prices of the three others.
    waits_and_goes_on(4, 3, Duration::from_millis(200)).await;
}

#[tokio::test]
async fn a_device_that_is_refused_on_three_days_is_given_up() {
    let spent = Arc::new(AtomicBool::new(true));
    let partner = partner(3, &spent, Duration::ZERO).await;
    let house = House::asking(&format!("{}/api/v2", partner.uri()), settings()).await;
    let id = add(&house, (0..4).map(variant)).await;
    let mut running = start(&house.desk, id);
    for day in 1..=2 {
        let waits = |progress: &Progress| matches!(progress.phase, Phase::WaitsForQuota { .. });
        running.progress.wait_for(waits).await.unwrap();
        assert_eq!(codes(&answers(&house, id).await), ["priced", "priced", "priced", "open"], "{day}");
        house.wait(SignedDuration::from_hours(24));
        running.progress.wait_for(|progress| !waits(progress)).await.unwrap();
    }
    running.task.await.unwrap().unwrap();
    assert_eq!(codes(&answers(&house, id).await)[3], "quota_exhausted");
}
