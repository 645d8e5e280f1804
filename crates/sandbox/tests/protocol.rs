//! The sandbox over real HTTP: its answers and its refusals.

use std::sync::Arc;
use std::time::Duration;

use aihuishou::{
    Account, AppSecret, Attempt, CallErrorKind, Client, Devices, Inquiry, Parameters, Profile, SearchRequest,
    sign,
};
use domain::{Money, NotAccepted, PlainText, QuoteForm};
use jiff::Timestamp;
use sandbox::{Running, Sandbox, Stats};
use serde_json::{Value, json};

const NOW: &str = "2025-12-30T06:03:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn account(secret: &str) -> Account {
    Account::new("AHS2025TEST", AppSecret::new(secret).unwrap()).unwrap()
}

async fn start() -> Running {
    let sandbox = Sandbox::new(account("hush"), Arc::new(now)).unwrap();
    sandbox.serve(([127, 0, 0, 1], 0).into()).await.unwrap()
}

fn client(running: &Running, secret: &str) -> Client {
    Client::new(account(secret), Profile::v2(&running.base_url()).unwrap()).unwrap()
}

fn phone() -> QuoteForm {
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

async fn ask_at(running: &Running, form: &QuoteForm, at: Timestamp) -> Result<Inquiry, CallErrorKind> {
    let attempt = Attempt { at, timeout: Duration::from_secs(5) };
    let reply = client(running, "hush").inquire(&form.parse().unwrap(), attempt).await;
    reply.map(|reply| reply.value).map_err(|error| error.kind)
}

async fn ask(running: &Running, form: &QuoteForm) -> Result<Inquiry, CallErrorKind> {
    ask_at(running, form, now()).await
}

fn model(model: &str) -> QuoteForm {
    QuoteForm { model: model.into(), storage: "128GB".into(), ..phone() }
}

async fn faults(running: &Running, faults: Value) {
    let url = format!("http://{}/_sandbox/faults", running.address());
    let answer = reqwest::Client::new().post(url).json(&faults).send().await.unwrap();
    assert_eq!(answer.status(), 204);
}

/// Posts parameters as they are, with the right signature unless they contain a `sign`.
async fn post(running: &Running, parameters: &[(&str, &str)], as_json: bool) -> (u16, Value) {
    post_to(running, "item_get_inquir", parameters, as_json).await
}

async fn post_to(running: &Running, call: &str, parameters: &[(&str, &str)], as_json: bool) -> (u16, Value) {
    let mut all: Vec<(String, String)> =
        parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    if all.iter().all(|(name, _)| name != "sign") {
        let signature = sign(&Parameters::new(all.clone()), &AppSecret::new("hush").unwrap());
        all.push(("sign".into(), signature.to_string()));
    }
    let request = reqwest::Client::new().post(format!("{}/{call}", running.base_url()));
    let request = match as_json {
        true => request.json(&all.into_iter().collect::<std::collections::BTreeMap<_, _>>()),
        false => request.form(&all),
    };
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

fn complete() -> Vec<(&'static str, &'static str)> {
    vec![
        ("app_id", "AHS2025TEST"),
        ("timestamp", "2025-12-30 14:03:00"),
        ("version", "v2"),
        ("device_type", "手机"),
        ("brand", "苹果"),
        ("model", "iPhone 14 Pro"),
        ("storage", "256GB"),
        ("condition", "九成新"),
        ("function_status", "正常"),
    ]
}

fn but(name: &str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut parameters = complete();
    for parameter in parameters.iter_mut().filter(|(known, _)| *known == name) {
        parameter.1 = value;
    }
    parameters
}

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

async fn together(
    running: &Running,
    secret: &str,
    devices: &Devices,
    at: Timestamp,
) -> Result<Vec<Result<Inquiry, CallErrorKind>>, CallErrorKind> {
    let attempt = Attempt { at, timeout: Duration::from_secs(10) };
    let reply = client(running, secret).inquire_together(devices, attempt).await;
    reply.map(|reply| reply.value).map_err(|error| error.kind)
}

/// Posts `devices` as it is.
async fn post_devices(running: &Running, devices: &str, as_json: bool) -> (u16, Value) {
    let parameters = [
        ("app_id", "AHS2025TEST"),
        ("timestamp", "2025-12-30 14:03:00"),
        ("version", "v2"),
        ("devices", devices),
    ];
    post_to(running, "item_batch_inquir", &parameters, as_json).await
}

#[tokio::test]
async fn several_devices_in_one_call_spend_as_many_and_are_answered_as_alone() {
    let running = start().await;
    let models =
        ["iPhone 14 Pro", "SANDBOX-UNKNOWN", "SANDBOX-PERMISSION", "SANDBOX-GARBLED", "SANDBOX-ZERO"];
    let mut alone = Vec::new();
    for name in models {
        alone.push(ask(&running, &model(name)).await.map_err(|error| error.name()));
    }
    let devices = Devices::new(models.iter().map(|name| model(name).parse().unwrap()).collect()).unwrap();
    let together = async || together(&running, "hush", &devices, now()).await;
    let answers = together().await.unwrap();
    let answers: Vec<_> = answers.into_iter().map(|it| it.map_err(|error| error.name())).collect();
    assert_eq!(answers, alone);
    let stats = running.sandbox().stats();
    assert_eq!((stats.quota_used, stats.calls.values().sum::<u64>()), (10, 6));
    assert_eq!((stats.asked_devices, stats.distinct_devices, stats.repeated_devices), (10, 5, 5));

    // The quota is used for all devices or for none.
    faults(&running, json!({ "quota": 14 })).await;
    assert_eq!(together().await.unwrap_err().name(), "quota_exhausted");
    assert!(ask(&running, &phone()).await.is_ok());
    faults(&running, json!({ "quota": 2000, "batch_permission": false })).await;
    assert_eq!(together().await.unwrap_err().name(), "permission_denied");
    assert!(ask(&running, &phone()).await.is_ok());
    assert_eq!(running.sandbox().stats().quota_used, 12);
}

#[tokio::test]
async fn devices_that_cannot_be_read_cost_nothing() {
    let running = start().await;
    let device = json!({ "model": "iPhone 14 Pro" });
    for devices in
        ["", "[]", "{}", "nonsense", &json!(vec![device.clone(); 51]).to_string(), "[{\"model\": 14}]"]
    {
        assert_eq!(post_devices(&running, devices, false).await.0, 400, "{devices}");
    }
    let stats = running.sandbox().stats();
    assert_eq!((stats.quota_used, stats.asked_devices), (0, 0));
}

#[tokio::test]
async fn a_device_that_lacks_something_is_refused_beside_others() {
    let running = start().await;
    let whole = json!({
        "device_type": "手机", "brand": "苹果", "model": "iPhone 14 Pro", "storage": "256GB",
        "condition": "九成新", "function_status": "正常"
    });
    let mut lacking = whole.clone();
    lacking.as_object_mut().unwrap().remove("storage");
    let devices = json!([lacking, whole]).to_string();
    for as_json in [false, true] {
        let (status, body) = post_devices(&running, &devices, as_json).await;
        let items = &body["data"]["items"];
        assert_eq!((status, &items[0]["code"], &items[1]["code"]), (200, &json!(400), &json!(0)));
        assert!(items[0]["msg"].as_str().unwrap().contains("storage"), "{body}");
        assert_eq!(items[1]["data"]["device_info"]["model"], "iPhone 14 Pro");
    }
}

#[tokio::test]
async fn fifty_devices_are_one_call_that_waits_once_and_fails_once() {
    let running = start().await;
    faults(&running, json!({ "quota": 50, "latency_ms": 200, "next": [503] })).await;
    let fifty = Devices::new(vec![phone().parse().unwrap(); 50]).unwrap();
    assert_eq!(together(&running, "hush", &fifty, now()).await.unwrap_err(), CallErrorKind::Unavailable(503));
    let begun = std::time::Instant::now();
    let answers = together(&running, "hush", &fifty, now()).await.unwrap();
    let waited = begun.elapsed();
    assert!(answers.len() == 50 && answers.iter().all(Result::is_ok));
    assert!((Duration::from_millis(200)..Duration::from_secs(5)).contains(&waited), "{waited:?}");
    let stats = running.sandbox().stats();
    assert_eq!(stats.calls.into_iter().collect::<Vec<_>>(), [(200, 1), (503, 1)]);
    assert_eq!((stats.quota_used, stats.asked_devices, stats.distinct_devices), (50, 50, 1));
}

#[tokio::test]
async fn who_calls_and_when_is_checked_before_what_they_may() {
    let running = start().await;
    faults(&running, json!({ "quota": 1, "batch_permission": false })).await;
    let two = Devices::new(vec![phone().parse().unwrap(); 2]).unwrap();
    let refused = async |secret, at| together(&running, secret, &two, at).await.unwrap_err().name();
    let late = now() + jiff::SignedDuration::from_mins(6);
    assert_eq!(refused("wrong", now()).await, "unauthorized");
    assert_eq!(refused("hush", late).await, "invalid_parameters");
    assert_eq!(refused("hush", now()).await, "permission_denied");
    faults(&running, json!({ "batch_permission": true })).await;
    assert_eq!(refused("hush", now()).await, "quota_exhausted");
    let stats = running.sandbox().stats();
    assert_eq!((stats.quota_used, stats.asked_devices), (0, 0));
}
