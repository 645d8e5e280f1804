//! Several devices in one call.

use std::time::Duration;

use aihuishou::{Attempt, CallErrorKind, Devices, Inquiry};
use jiff::Timestamp;
use sandbox::Running;
use serde_json::{Value, json};

use crate::house::*;

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
