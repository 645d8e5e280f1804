//! Faults of the partner and of the network: what the shopper sees, how much quota that costs, and what is
//! recorded.

use std::sync::Arc;
use std::time::Duration;

use domain::{Failure, Quote, QuoteForm, Source};

use crate::house::{House, Settings, phone, request, until};
use crate::proxy::{Manner, Proxy};

/// A short name of what the shopper sees.
fn seen(answer: &Result<Arc<Quote>, Failure>) -> &'static str {
    match answer {
        Ok(quote) if quote.source == Source::Partner => "partner",
        Ok(_) => "another source",
        Err(failure) => failure.code(),
    }
}

#[tokio::test]
async fn each_fault_is_told_counted_and_recorded() {
    // Each case: the statuses that the partner answers with, what the shopper sees, and the outcomes that are
    // recorded. Each outcome costs one call of the quota.
    let cases: [(&str, &str, &[&str]); 14] = [
        ("[]", "partner", &["ok"]),
        ("[400]", "partner_refused", &["invalid_parameters"]),
        ("[401]", "partner_refused", &["unauthorized"]),
        ("[403]", "partner_refused", &["permission_denied"]),
        ("[404]", "model_unknown", &["model_unknown"]),
        ("[418]", "partner_refused", &["refused"]),
        ("[429]", "partner", &["too_many_requests", "ok"]),
        ("[500]", "partner", &["server_fault", "ok"]),
        ("[500, 500]", "partner_unavailable", &["server_fault", "server_fault"]),
        ("[502]", "partner", &["unavailable", "ok"]),
        ("[503]", "partner", &["unavailable", "ok"]),
        ("[504]", "partner", &["unavailable", "ok"]),
        ("[503, 500]", "partner_unavailable", &["unavailable", "server_fault"]),
        ("[503, 401]", "partner_refused", &["unavailable", "unauthorized"]),
    ];
    for (statuses, told, outcomes) in cases {
        let house = House::open().await;
        house.set(&format!(r#"{{"next": {statuses}}}"#)).await;
        let answer = house.desk.quote(request("iPhone 14 Pro")).await;
        assert_eq!(seen(&answer), told, "{statuses}");
        house.desk.all_recorded().await;
        assert_eq!(house.attempts().await, outcomes, "{statuses}");
        assert_eq!(house.quota_used().await as usize, outcomes.len(), "{statuses}");
        assert_eq!(house.stats().calls.values().sum::<u64>() as usize, outcomes.len(), "{statuses}");
    }
}

#[tokio::test]
async fn the_sandboxs_states_are_told_counted_and_recorded() {
    let cases: [(&str, &str, &[&str]); 9] = [
        ("SANDBOX-UNKNOWN", "model_unknown", &["model_unknown"]),
        ("SANDBOX-QUOTA", "quota_exhausted", &["quota_exhausted"]),
        ("SANDBOX-PERMISSION", "partner_refused", &["permission_denied"]),
        ("SANDBOX-DOWN", "partner_unavailable", &["unavailable", "unavailable"]),
        ("SANDBOX-GARBLED", "partner_unavailable", &["bad_answer"]),
        ("SANDBOX-ZERO", "partner", &["ok"]),
        ("SANDBOX-EXPIRING", "partner", &["ok"]),
        ("SANDBOX-NO-COEFFICIENT", "partner", &["ok"]),
        ("SANDBOX-INCONSISTENT", "partner", &["ok"]),
    ];
    let house = House::open().await;
    let mut recorded = Vec::new();
    for (model, told, outcomes) in cases {
        let answer = house.desk.quote(request(model)).await;
        assert_eq!(seen(&answer), told, "{model}");
        recorded.extend(outcomes.iter().map(|outcome| (*outcome).to_owned()));
        house.desk.all_recorded().await;
        assert_eq!(house.attempts().await, recorded, "{model}");
        assert_eq!(house.quota_used().await as usize, recorded.len(), "{model}");
    }
}

#[tokio::test]
async fn a_network_that_resets_stalls_or_drips_costs_two_calls_and_no_more_than_the_deadline() {
    let deadline = Duration::from_secs(2);
    for (manner, outcome) in [
        (Manner::Reset, "connect"),
        (Manner::Stall, "timeout"),
        (Manner::Drip(Duration::from_millis(200)), "timeout"),
    ] {
        let house = House::open().await;
        let proxy = Proxy::start(house.partner.address(), manner).await;
        let hasty = House::asking(&proxy.base_url(), Settings { deadline, ..Settings::default() }).await;
        let start = std::time::Instant::now();
        let told = hasty.desk.quote(request("iPhone 14 Pro")).await.unwrap_err();
        assert_eq!(told.code(), "partner_unavailable", "{manner:?}");
        // Far less than it would take to wait for the whole answer.
        assert!(start.elapsed() < deadline * 4, "{manner:?}: {:?}", start.elapsed());
        // The shopper has left at the deadline; the last call ends by itself.
        until(async || hasty.attempts().await == [outcome, outcome]).await;
        assert_eq!(hasty.quota_used().await, 2, "{manner:?}");
    }
}

#[tokio::test]
async fn an_answer_in_small_pieces_is_an_answer() {
    let house = House::open().await;
    let proxy = Proxy::start(house.partner.address(), Manner::Drip(Duration::ZERO)).await;
    let patient = House::asking(&proxy.base_url(), Settings::default()).await;
    let direct = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    let through = patient.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert_eq!(through.price, direct.price);
}

#[tokio::test]
async fn what_is_refused_for_one_shoppers_reasons_is_not_told_to_another() {
    let house = House::open().await;
    house.set(r#"{"next": [400]}"#).await;
    let ask = |status: &str| {
        let form = QuoteForm { function_status: status.into(), ..phone("iPhone 14 Pro") };
        house.desk.quote(form.parse().unwrap())
    };
    assert_eq!(ask("按键").await.unwrap_err().code(), "partner_refused");
    assert!(ask("按键").await.is_ok(), "the same device, asked a moment later");
}
