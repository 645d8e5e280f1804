//! The shape of everything that goes wrong.

use reqwest::Method;
use serde_json::json;

use super::backend::{Backend, phone, sent};
use crate::house::House;

#[tokio::test]
async fn everything_below_the_api_answers_in_one_shape() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    for (method, path, status, code) in [
        (Method::GET, "/nowhere", 404, "not_found"),
        (Method::GET, "", 404, "not_found"),
        (Method::GET, "/offers/of_0000000000000000000000", 404, "not_found"),
        (Method::GET, "/offers/nonsense", 404, "not_found"),
        (Method::GET, "/quotes/0000000000000000000000", 404, "not_found"),
        (Method::GET, "/quotes/nonsense", 404, "not_found"),
        (Method::DELETE, "/offers", 405, "not_allowed"),
        (Method::GET, "/offers/of_0000000000000000000000/redeem", 405, "not_allowed"),
        (Method::PUT, "/openapi.json", 405, "not_allowed"),
        (Method::POST, "/quotes", 415, "invalid_input"),
    ] {
        let answer = sent(backend.request(method.clone(), path)).await;
        answer.is_problem(status, code);
        assert_eq!(answer.header("allow").is_empty(), status != 405, "{method} {path}");
        assert!(answer.headers.get("access-control-allow-origin").is_none());
    }
    // A browser that asks for a page gets the same.
    let page = backend.request(Method::GET, "/nowhere").header("accept", "text/html");
    sent(page).await.is_problem(404, "not_found");
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_refused_by_its_own_status() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let post = |body: String, kind: &str| {
        sent(backend.request(Method::POST, "/quotes").header("content-type", kind).body(body))
    };
    post("{".into(), "application/json").await.is_problem(400, "invalid_input");
    post("device_type=phone".into(), "application/x-www-form-urlencoded")
        .await
        .is_problem(415, "invalid_input");
    let list = post("[]".into(), "application/json; charset=utf-8").await;
    list.is_problem(422, "invalid_input");
    assert_eq!(list.fields(), ["body"]);
    post(format!("\"{}\"", "x".repeat(60_000)), "application/json").await.is_problem(413, "invalid_input");
}

#[tokio::test]
async fn every_invalid_field_is_named_at_once() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let device =
        backend.post("/quotes", &json!({ "device_type": "phone", "condition": 7, "faults": "x" })).await;
    device.is_problem(422, "invalid_input");
    assert_eq!(device.fields(), ["condition", "faults"], "first what is not of its type");
    let device = backend.post("/quotes", &json!({ "device_type": "phone", "condition": "shiny" })).await;
    assert_eq!(device.fields(), ["brand", "model", "storage", "condition", "function_status"]);
    assert_eq!(device.json["fields"][3]["problem"], "not_listed");
    let offer = backend.post("/offers", &json!({ "product_price": 0 })).await;
    assert_eq!(offer.fields(), ["quote_id", "product_price"]);
    let redeem = backend.post("/offers/of_x/redeem", &json!({ "amount": "5", "currency": "yuan" })).await;
    redeem.is_problem(422, "invalid_input");
    assert_eq!(redeem.fields(), ["order_id", "amount", "currency"]);
    let list = backend.get("/offers?state=sold&limit=0&after=x").await;
    assert_eq!(list.fields(), ["state", "after", "limit"]);
    let usage = backend.get("/usage?from=2026-02-30").await;
    assert_eq!(usage.fields(), ["from"]);
    let usage = backend.get("/usage?from=2026-02-02&to=2026-02-01").await;
    assert_eq!(usage.fields(), ["from"]);
}

#[tokio::test]
async fn what_the_partner_says_no_to_has_its_code() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    for (model, status, code) in [
        ("SANDBOX-UNKNOWN", 404, "model_unknown"),
        ("SANDBOX-QUOTA", 503, "quota_exhausted"),
        ("SANDBOX-GARBLED", 503, "partner_unavailable"),
    ] {
        let house = House::open().await;
        let backend = Backend::of(&house);
        let answer = backend.post("/quotes", &phone(model)).await;
        answer.is_problem(status, code);
        assert_eq!(answer.json["resets_at"].is_string(), code == "quota_exhausted");
    }
    let mut scrapped = phone("iPhone 14 Pro");
    scrapped["condition"] = "报废".into();
    let answer = backend.post("/quotes", &scrapped).await;
    answer.is_problem(409, "not_accepted");
    assert_eq!(answer.json["reason"], "scrapped");
}

#[tokio::test]
async fn a_page_of_another_site_cannot_call_the_api() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let call = backend.request(Method::POST, "/quotes").header("origin", "https://evil.example");
    sent(call.json(&phone("iPhone 14 Pro"))).await.is_problem(403, "not_allowed");
    let asked = backend.request(Method::OPTIONS, "/quotes").header("origin", "https://evil.example");
    let answer = sent(asked.header("access-control-request-method", "POST")).await;
    assert!(!answer.headers.keys().any(|name| name.as_str().starts_with("access-control")));
}
