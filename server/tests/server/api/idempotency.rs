//! `Idempotency-Key`: a repeated request is done once.

use reqwest::Method;
use serde_json::json;

use super::backend::{Backend, path, phone, redemption, sent};
use crate::house::{House, database};

#[tokio::test]
async fn the_same_request_is_done_once_and_gets_the_same_answer() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let quote = backend.quote("iPhone 14 Pro").await;
    let wanted = json!({ "quote_id": quote["id"] });
    let [first, again] = [
        backend.post_once("cart-1", "/offers", &wanted).await,
        backend.post_once("cart-1", "/offers", &wanted).await,
    ];
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!((first.header("idempotent-replayed"), again.header("idempotent-replayed")), ("", "true"));
    assert_eq!(again.header("content-type"), "application/json");
    let mut same = again.json.clone();
    same["token"] = first.json["token"].clone();
    assert_eq!(same, first.json);
    assert!(again.json["token"].as_str().unwrap().split('.').count() == 3, "signed anew");
    assert_eq!(backend.get("/offers").await.json["data"].as_array().unwrap().len(), 1);
    // Failures are repeated too.
    let missing = json!({ "quote_id": "0000000000000000000000" });
    for replayed in ["", "true"] {
        let answer = backend.post_once("cart-2", "/offers", &missing).await;
        assert_eq!((answer.status, answer.header("idempotent-replayed")), (404, replayed));
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
}

#[tokio::test]
async fn another_body_or_offer_under_the_same_key_is_refused_and_another_route_is_not() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let offer = backend.offer().await;
    let redeem = path(&offer, "redeem");
    assert_eq!(backend.post_once("k", &redeem, &redemption(&offer, "A-1")).await.status, 200);
    let other_body = backend.post_once("k", &redeem, &redemption(&offer, "A-2")).await;
    other_body.is_problem(422, "invalid_input");
    assert_eq!(other_body.fields(), ["Idempotency-Key"]);
    let other = backend.offer().await;
    let other_offer = backend.post_once("k", &path(&other, "redeem"), &redemption(&other, "A-1")).await;
    assert_eq!(other_offer.status, 422);
    let released = backend.post_once("k", &path(&offer, "release"), &json!({ "order_id": "A-1" })).await;
    assert_eq!(released.json["state"], "accepted", "a key holds for a route");
}

#[tokio::test]
async fn while_the_first_is_under_way_the_second_is_told_to_wait() {
    let house = House::open().await;
    house.set(r#"{"latency_ms":800}"#).await;
    let backend = Backend::of(&house);
    let device = phone("iPhone 14 Pro");
    let (first, second) = tokio::join!(backend.post_once("k", "/quotes", &device), async {
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        backend.post_once("k", "/quotes", &device).await
    });
    assert_eq!(first.status, 201);
    second.is_problem(409, "conflict");
    assert_eq!(second.header("retry-after"), "1");
    assert_eq!(backend.post_once("k", "/quotes", &device).await.json, first.json);
}

#[tokio::test]
async fn a_failure_that_passes_is_not_kept() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    house.set(r#"{"error_rate":1.0}"#).await;
    let device = phone("iPhone 14 Pro");
    backend.post_once("k", "/quotes", &device).await.is_problem(503, "partner_unavailable");
    house.set(r#"{"error_rate":0.0}"#).await;
    let mut answer = backend.post_once("k", "/quotes", &device).await;
    // The partner counts as down for a moment after failures.
    for _ in 0..20 {
        if answer.status == 201 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        answer = backend.post_once("k", "/quotes", &device).await;
    }
    assert_eq!(answer.status, 201, "{}", answer.json);
}

#[tokio::test]
async fn a_key_has_1_to_255_visible_characters() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    for key in ["", "a b", &"x".repeat(256)] {
        let answer = backend.post_once(key, "/quotes", &phone("iPhone 14 Pro")).await;
        answer.is_problem(422, "invalid_input");
        assert_eq!(answer.fields(), ["Idempotency-Key"]);
    }
    let twice = backend
        .request(Method::POST, "/quotes")
        .header("idempotency-key", "a")
        .header("idempotency-key", "b");
    sent(twice.json(&phone("iPhone 14 Pro"))).await.is_problem(422, "invalid_input");
    let long = backend.post_once(&"x".repeat(255), "/quotes", &phone("iPhone 14 Pro")).await;
    assert_eq!(long.status, 201);
}

#[tokio::test]
async fn no_token_is_in_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let url = database(&folder);
    let house = House::with(&[("TRADEIN_DATABASE_URL", &url)]).await;
    let backend = Backend::of(&house);
    let quote = backend.quote("iPhone 14 Pro").await;
    let offer = backend.post_once("k", "/offers", &json!({ "quote_id": quote["id"] })).await.json;
    let signature = offer["token"].as_str().unwrap().rsplit_once('.').unwrap().1.to_owned();
    house.close().await;
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let content = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!String::from_utf8_lossy(&content).contains(&signature));
    }
}
