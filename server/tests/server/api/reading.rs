//! Lists: offers, events, models, and what was used.

use serde_json::{Value, json};

use super::backend::{Backend, path};
use crate::house::House;

fn ids(page: &Value) -> Vec<&str> {
    page["data"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn offers_are_read_page_by_page_the_newest_first() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let mut made = Vec::new();
    for _ in 0..3 {
        made.insert(0, backend.offer().await["id"].as_str().unwrap().to_owned());
    }
    let first = backend.get("/offers?limit=2").await.json;
    assert_eq!(ids(&first), made[..2]);
    let after = first["next"].as_str().unwrap();
    let last = backend.get(&format!("/offers?limit=2&after={after}")).await.json;
    assert_eq!((ids(&last), &last["next"]), (made[2..].iter().map(String::as_str).collect(), &Value::Null));
    backend.redeem(&json!({ "id": made[1], "amount": backend.get(&format!("/offers/{}", made[1])).await.json["amount"] }), "A-1").await;
    let redeemed = backend.get("/offers?state=redeemed").await.json;
    assert_eq!(ids(&redeemed), [&*made[1]]);
    assert_eq!(redeemed["data"][0]["order_id"], "A-1");
}

#[tokio::test]
async fn events_are_polled_the_oldest_first_and_contain_no_token() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let offer = backend.offer().await;
    backend.redeem(&offer, "A-1").await;
    backend.post(&path(&offer, "release"), &json!({ "order_id": "A-1" })).await;
    let page = backend.get("/events").await.json;
    let events = page["data"].as_array().unwrap();
    let kinds: Vec<_> = events.iter().map(|event| &event["type"]).collect();
    assert_eq!(kinds, ["offer.accepted", "offer.redeemed", "offer.released"]);
    for (event, version) in events.iter().zip(1..) {
        assert_eq!((&event["data"]["id"], &event["data"]["version"]), (&offer["id"], &json!(version)));
        assert!(event["id"].as_str().unwrap().starts_with("ev_") && event["data"].get("token").is_none());
    }
    let after = events[1]["id"].as_str().unwrap();
    let rest = backend.get(&format!("/events?after={after}")).await.json;
    assert_eq!((ids(&rest), &rest["next"]), (vec![events[2]["id"].as_str().unwrap()], &Value::Null));
}

#[tokio::test]
async fn models_are_found_by_a_part_of_their_name() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let found = backend.get("/models?keyword=iPhone%2014&device_type=phone").await;
    let models = found.json["data"].as_array().unwrap();
    assert!(models.iter().any(|model| model["model"] == "iPhone 14 Pro"), "{}", found.json);
    assert!(!backend.get("/models").await.json["data"].as_array().unwrap().is_empty(), "popular ones");
    assert_eq!(backend.get("/models?keyword=i").await.fields(), ["keyword"]);
    assert_eq!(backend.get("/models?device_type=toaster").await.fields(), ["device_type"]);
}

#[tokio::test]
async fn what_was_used_is_summed_up_by_day() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let [offer, _] = [backend.offer().await, backend.offer().await];
    backend.redeem(&offer, "A-1").await;
    house.all_recorded().await;
    let usage = backend.get("/usage").await.json;
    let days = usage["data"].as_array().unwrap();
    assert_eq!((days.len(), &usage["to"]), (30, &days[29]["day"]));
    let today = json!({
        "day": usage["to"], "quotes": 1, "offers": 2, "redemptions": 1, "credit": offer["amount"], "calls": 1,
    });
    assert_eq!(days[29], today);
    let year = backend.get("/usage?from=2025-01-01&to=2025-12-31").await.json;
    assert_eq!(year["data"].as_array().unwrap().len(), 365);
}
