//! Keys: who may call.

use reqwest::Method;
use serde_json::json;
use tempfile::TempDir;

use super::backend::{Backend, checkout, phone, sent};
use crate::house::{House, database};

#[tokio::test]
async fn a_call_without_a_valid_key_is_unauthorized_and_says_how_to_send_one() {
    let house = House::open().await;
    for key in ["", "tik_test_none", "tik_test_0000000000000000000000", "tik_live_0000000000000000000000"] {
        let answer = Backend::at(&house.base, key).get("/offers").await;
        answer.is_problem(401, "unauthorized");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
        assert_eq!(answer.header("ratelimit"), "", "no key, so no limit of one");
    }
    for path in ["/quotes", "/offers", "/offers/of_x/redeem", "/offers/of_x/release"] {
        let call = reqwest::Client::new().post(format!("{}/api/v1{path}", house.base)).json(&json!({}));
        sent(call).await.is_problem(401, "unauthorized");
    }
    assert_eq!(Backend::of(&house).get("/offers").await.status, 200);
}

/// A server with those merchants in its settings.
async fn house_of(merchants: &[&str], folder: &TempDir) -> House {
    let file = folder.path().join("tradein.toml");
    let sections = merchants.iter().map(|id| {
        format!("[[merchants]]\nid = \"{id}\"\nname = \"{id}\"\norigins = [\"https://{id}.example\"]\n")
    });
    std::fs::write(&file, sections.collect::<String>()).unwrap();
    House::with(&[("TRADEIN_CONFIG", file.to_str().unwrap()), ("TRADEIN_DATABASE_URL", &database(folder))])
        .await
}

#[tokio::test]
async fn a_read_only_key_reads_and_a_revoked_one_does_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let house = house_of(&["demo", "corner"], &folder).await;
    let keys = checkout(&database(&folder), true).await;
    let (read_only, secret) = keys.create_api_key("corner", "till", true).await.unwrap();
    let backend = Backend::at(&house.base, secret.expose());
    assert_eq!(backend.get("/offers").await.status, 200);
    for path in ["/quotes", "/offers", "/offers/of_x/redeem", "/offers/of_x/release"] {
        backend.post_once("k", path, &phone("iPhone 14 Pro")).await.is_problem(403, "not_allowed");
    }
    assert!(keys.revoke_api_key(&checkout::ApiKeyId::parse(&read_only.id).unwrap()).await.unwrap());
    backend.get("/offers").await.is_problem(401, "unauthorized");
}

#[tokio::test]
async fn one_merchant_sees_nothing_of_another_and_a_merchant_that_is_gone_has_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let house = house_of(&["demo", "corner"], &folder).await;
    let keys = checkout(&database(&folder), true).await;
    let (_, secret) = keys.create_api_key("corner", "", false).await.unwrap();
    let (_, gone) = keys.create_api_key("closed-down", "", false).await.unwrap();
    let (_, live) =
        checkout(&database(&folder), false).await.create_api_key("corner", "", false).await.unwrap();
    let (demo, corner) = (Backend::of(&house), Backend::at(&house.base, secret.expose()));
    let offer = demo.offer().await;
    for name in [offer["id"].as_str().unwrap(), offer["code"].as_str().unwrap()] {
        corner.get(&format!("/offers/{name}")).await.is_problem(404, "not_found");
    }
    corner.redeem(&offer, "A1").await.is_problem(404, "not_found");
    assert_eq!(corner.get("/offers").await.json["data"], json!([]));
    assert_eq!(corner.get("/events").await.json["data"], json!([]));
    assert_eq!(demo.redeem(&offer, "A1").await.json["state"], "redeemed");
    Backend::at(&house.base, gone.expose()).get("/offers").await.is_problem(401, "unauthorized");
    Backend::at(&house.base, live.expose()).get("/offers").await.is_problem(401, "unauthorized");
}

#[tokio::test]
async fn the_demo_key_needs_the_demo_merchant() {
    let folder = tempfile::tempdir().unwrap();
    let house = house_of(&["corner"], &folder).await;
    Backend::of(&house).get("/offers").await.is_problem(401, "unauthorized");
}

#[tokio::test]
async fn each_answer_says_what_is_left_of_the_keys_limit() {
    let house = House::with(&[("TRADEIN_API_LIMIT", "2")]).await;
    let backend = Backend::of(&house);
    let first = backend.get("/offers").await;
    assert_eq!(first.header("ratelimit"), "\"default\";r=1;t=30");
    assert_eq!(first.header("ratelimit-policy"), "\"default\";q=2;w=60");
    let missing = backend.get("/nowhere").await;
    missing.is_problem(404, "not_found");
    assert_eq!(missing.header("ratelimit"), "\"default\";r=0;t=60");
    let refused = sent(backend.request(Method::POST, "/offers").header("idempotency-key", "k")).await;
    refused.is_problem(429, "rate_limited");
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=31).contains(&wait));
    assert_eq!(refused.json["retry_after_seconds"], wait);
    assert_eq!(refused.header("ratelimit"), "\"default\";r=0;t=60");
}
