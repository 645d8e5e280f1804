use domain::{CatalogueItem, Quote};
use serde_json::{Value, json};

use crate::house::{House, phone};

#[tokio::test]
async fn a_quote_is_answered_as_the_contract_has_it() {
    let house = House::open().await;
    let answer = house.call("quote", &phone(&[])).await;
    assert_eq!(answer.status(), 200);
    let json: Value = answer.json().await.unwrap();
    assert_eq!(json["sandbox"], true);
    assert_eq!(json["source"], "partner");
    assert_eq!(json["device"]["condition_score"], "9.0");
    assert!(json["price"]["final"].is_u64());
    let quote: Quote = serde_json::from_value(json).unwrap();
    let again: Quote = house.call("quote", &phone(&[])).await.json().await.unwrap();
    assert_eq!((again.id, again.source), (quote.id, domain::Source::Cache));
    assert_eq!(house.stats().await["quota_used"], 1);
}

#[tokio::test]
async fn each_failure_has_its_code_status_and_words() {
    let house = House::with(&[("TRADEIN_DEADLINE_SECONDS", "1")]).await;
    for (model, status, code) in [
        ("SANDBOX-UNKNOWN", 404, "model_unknown"),
        ("SANDBOX-QUOTA", 503, "quota_exhausted"),
        ("SANDBOX-PERMISSION", 502, "partner_refused"),
        ("SANDBOX-DOWN", 503, "partner_unavailable"),
        ("SANDBOX-GARBLED", 503, "partner_unavailable"),
        ("SANDBOX-SLOW", 503, "partner_unavailable"),
    ] {
        let answer = house.call("quote", &phone(&[("model", model)])).await;
        assert_eq!(answer.status(), status, "{model}");
        let json: Value = answer.json().await.unwrap();
        assert_eq!(json["code"], code, "{model}");
        assert!(!json["message"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn wrong_fields_are_named_in_the_readers_language() {
    let house = House::open().await;
    let form = phone(&[("storage", ""), ("model", "a&b"), ("locale", "zh-CN")]);
    let answer = house.call("quote", &form).await;
    assert_eq!(answer.status(), 422);
    let json: Value = answer.json().await.unwrap();
    let fields = json!([
        {"field": "model", "problem": "forbidden_character", "message": "“型号”里有 &、= 或控制字符，请删掉"},
        {"field": "storage", "problem": "missing", "message": "请选择存储容量"}
    ]);
    assert_eq!(json["fields"], fields);
    assert_eq!(json["message"], "请检查下面的回答");
    assert_eq!(house.stats().await["quota_used"], 0, "nothing is asked for what cannot be right");
}

#[tokio::test]
async fn a_body_that_is_no_form_is_a_mistake_of_the_callers() {
    let house = House::open().await;
    let answer = house.call("quote", &[("nonsense", "no form"), ("faults[x][y]", "z")]).await;
    assert_eq!(answer.status(), 422);
    assert_eq!(answer.json::<Value>().await.unwrap()["code"], "invalid_input");
    let long = "x".repeat(100_000);
    assert_eq!(house.call("quote", &phone(&[("model", &long)])).await.status(), 413);
}

#[tokio::test]
async fn a_search_tells_what_models_come_in() {
    let house = House::open().await;
    let items: Vec<CatalogueItem> = house
        .call("search", &[("keyword", "thinkpad"), ("device_type", "笔记本")])
        .await
        .json()
        .await
        .unwrap();
    assert!(!items.is_empty());
    assert!(items.iter().all(|item| !item.storages.is_empty() && !item.rams.is_empty()));
    let none: Vec<CatalogueItem> = house.call("search", &[("keyword", "zzzz")]).await.json().await.unwrap();
    assert_eq!(none, []);
}
