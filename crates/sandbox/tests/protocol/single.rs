//! One device in a call, the search, and what can go wrong.

use std::time::Duration;

use aihuishou::{Attempt, CallErrorKind, SearchRequest};
use domain::{Money, NotAccepted, PlainText, QuoteForm};
use sandbox::Stats;
use serde_json::{Value, json};

use crate::house::*;

#[tokio::test]
async fn a_signed_call_brings_a_price_that_adds_up() {
    let running = start().await;
    let inquiry = ask(&running, &phone()).await.unwrap();
    assert!(inquiry.price.final_price() > Money::ZERO);
    assert_eq!(inquiry.price.consistent(), Some(true));
    assert!(inquiry.quality_check.len() >= 20);
    assert_eq!(inquiry.recycle.len(), 3);
    assert_eq!(inquiry.valid_until.unwrap().to_string(), "2025-12-31T14:00:00+08:00");
}

#[tokio::test]
async fn form_and_json_bodies_bring_the_same_price_within_the_window() {
    let running = start().await;
    let (status, form) = post(&running, &complete(), false).await;
    assert_eq!((status, &form["code"]), (200, &json!(0)));
    assert_eq!(post(&running, &complete(), true).await.1, form);
}

#[tokio::test]
async fn incomplete_stale_and_wrongly_signed_calls_are_refused_as_the_partner_refuses_them() {
    let running = start().await;
    for missing in ["app_id", "timestamp", "version", "device_type", "storage", "function_status"] {
        let (status, body) = post(&running, &but(missing, ""), false).await;
        assert_eq!(status, 400, "{missing}");
        assert!(body["msg"].as_str().unwrap().contains(missing), "{body}");
    }
    let mut forged = complete();
    forged.push(("sign", "0000000000000000000000000000000000000000000000000000000000000000"));
    for (parameters, expected) in [
        (forged, 401),
        (but("app_id", "AHS-OTHER"), 401),
        (but("timestamp", "2025-12-30 13:57:59"), 400),
        (but("timestamp", "2025-12-30 14:08:01"), 400),
        (but("timestamp", "2025-12-30T06:03:00Z"), 400),
        (but("timestamp", "2025-12-30 13:58:00"), 200),
    ] {
        assert_eq!(post(&running, &parameters, false).await.0, expected, "{parameters:?}");
    }
    assert!(matches!(
        client(&running, "wrong")
            .inquire(&phone().parse().unwrap(), Attempt { at: now(), timeout: Duration::from_secs(5) })
            .await
            .unwrap_err()
            .kind,
        CallErrorKind::Unauthorized(_)
    ));
}

#[tokio::test]
async fn text_that_is_not_utf8_is_refused() {
    let running = start().await;
    let request = reqwest::Client::new()
        .post(format!("{}/item_get_inquir", running.base_url()))
        .header("content-type", "application/x-www-form-urlencoded")
        .body("device_type=%CA%D6%BB%FA");
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert!(answer.text().await.unwrap().contains("UTF-8"));
}

#[tokio::test]
async fn what_the_catalogue_lacks_is_unknown_and_what_is_not_taken_is_refused() {
    let running = start().await;
    let unknown = |kind: &CallErrorKind| matches!(kind, CallErrorKind::ModelUnknown(_));
    assert!(unknown(&ask(&running, &model("3310")).await.unwrap_err()));
    assert!(unknown(&ask(&running, &QuoteForm { storage: "7GB".into(), ..phone() }).await.unwrap_err()));
    let not_on_sale = QuoteForm { brand: "小米".into(), model: "小米 99".into(), ..phone() };
    assert_eq!(
        ask(&running, &not_on_sale).await.unwrap_err(),
        CallErrorKind::NotAccepted(NotAccepted::NotOnSale)
    );
    let (status, body) = post(&running, &but("condition", "报废"), false).await;
    assert_eq!(status, 500);
    assert!(body["msg"].as_str().unwrap().contains("报废"));
    let nowhere =
        reqwest::Client::new().post(format!("{}/no_such_call", running.base_url())).send().await.unwrap();
    assert_eq!(nowhere.status(), 404);
    assert!(serde_json::from_str::<Value>(&nowhere.text().await.unwrap()).is_err());
}

#[tokio::test]
async fn special_models_bring_their_states_about() {
    let running = start().await;
    let failed = async |name| ask(&running, &model(name)).await.unwrap_err();
    assert!(matches!(failed("SANDBOX-UNKNOWN").await, CallErrorKind::ModelUnknown(_)));
    assert!(matches!(failed("SANDBOX-QUOTA").await, CallErrorKind::QuotaExhausted(_)));
    assert!(matches!(failed("SANDBOX-PERMISSION").await, CallErrorKind::PermissionDenied(_)));
    assert!(matches!(failed("SANDBOX-DOWN").await, CallErrorKind::Unavailable(503)));
    assert!(matches!(failed("SANDBOX-GARBLED").await, CallErrorKind::BadAnswer(_)));

    let priced = async |name| ask(&running, &model(name)).await.unwrap();
    assert_eq!(priced("SANDBOX-ZERO").await.price.final_price(), Money::ZERO);
    assert_eq!(priced("SANDBOX-NO-COEFFICIENT").await.price.market_coefficient(), None);
    assert_eq!(priced("SANDBOX-INCONSISTENT").await.price.consistent(), Some(false));
    let until = priced("SANDBOX-EXPIRING").await.valid_until.unwrap();
    assert_eq!(until.timestamp().duration_since(now()).as_mins(), 30);

    let hasty = Attempt { at: now(), timeout: Duration::from_millis(100) };
    let slow = client(&running, "hush").inquire(&model("SANDBOX-SLOW").parse().unwrap(), hasty).await;
    assert_eq!(slow.unwrap_err().kind, CallErrorKind::Timeout);
}

#[tokio::test]
async fn faults_are_brought_about_counted_and_taken_back() {
    let running = start().await;
    faults(&running, json!({ "quota": 2, "next": [500] })).await;
    assert!(matches!(ask(&running, &phone()).await.unwrap_err(), CallErrorKind::ServerFault(_)));
    assert!(ask(&running, &phone()).await.is_ok());
    assert!(ask(&running, &phone()).await.is_ok());
    assert!(matches!(ask(&running, &phone()).await.unwrap_err(), CallErrorKind::QuotaExhausted(_)));
    let url = format!("http://{}/_sandbox/stats", running.address());
    let stats: Stats = reqwest::get(url).await.unwrap().json().await.unwrap();
    assert_eq!(stats.calls.into_iter().collect::<Vec<_>>(), [(200, 2), (403, 1), (500, 1)]);
    assert_eq!((stats.quota_used, stats.distinct_devices, stats.repeated_devices), (2, 1, 1));

    faults(&running, json!({ "reset": true, "error_rate": 0.5 })).await;
    let mut outcomes = Vec::new();
    for _ in 0..4 {
        outcomes.push(ask(&running, &phone()).await.is_ok());
    }
    assert_eq!(outcomes, [true, false, true, false]);

    faults(&running, json!({ "reset": true, "allow_list": ["192.0.2.1"] })).await;
    assert!(matches!(ask(&running, &phone()).await.unwrap_err(), CallErrorKind::Unauthorized(_)));
    faults(&running, json!({ "reset": true, "clock_offset_seconds": -600 })).await;
    assert!(matches!(ask(&running, &phone()).await.unwrap_err(), CallErrorKind::InvalidParameters(_)));
    let shifted = now() - jiff::SignedDuration::from_mins(10);
    assert!(ask_at(&running, &phone(), shifted).await.is_ok());
}

#[tokio::test]
async fn a_search_over_the_protocol_finds_what_a_quote_takes() {
    let running = start().await;
    let search = SearchRequest { keyword: PlainText::parse("thinkpad x1").ok(), ..SearchRequest::default() };
    let attempt = Attempt { at: now(), timeout: Duration::from_secs(5) };
    let found = client(&running, "hush").search(&search, attempt).await.unwrap().value;
    let item = &found[0];
    let form = QuoteForm {
        device_type: "笔记本".into(),
        brand: item.brand.clone(),
        model: item.model.clone(),
        storage: item.storages[0].clone(),
        ram: item.rams[0].clone(),
        ..phone()
    };
    assert!(ask(&running, &form).await.is_ok());
}
