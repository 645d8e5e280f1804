//! Quotes and offers: made and read.

use reqwest::Method;
use serde_json::{Value, json};

use super::backend::{Backend, phone, sent};
use crate::house::House;

#[tokio::test]
async fn a_quote_is_made_once_and_read_by_its_id() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let quote = backend.quote("iPhone 14 Pro").await;
    assert_eq!((&quote["sandbox"], &quote["device"]["model"]), (&json!(true), &json!("iPhone 14 Pro")));
    let id = quote["id"].as_str().unwrap();
    assert_eq!(backend.get(&format!("/quotes/{id}")).await.json, quote);
    // What was quoted can be asked for again, as it stands in the quote.
    let again = backend.post("/quotes", &quote["device"]).await;
    assert_eq!((again.status, &again.json["id"]), (201, &quote["id"]));
    assert_eq!(house.spent().await, 1);
}

#[tokio::test]
async fn faults_and_codes_are_read_as_in_the_form() {
    let house = House::open().await;
    let device = json!({
        "device_type": "phone", "brand": "苹果", "model": "iPhone 14 Pro", "storage": "256GB", "ram": null,
        "condition": "excellent", "faults": ["battery"],
    });
    let quote = Backend::of(&house).post("/quotes", &device).await;
    assert_eq!(quote.status, 201, "{}", quote.json);
    assert_eq!(
        (&quote.json["device"]["device_type"], &quote.json["device"]["condition"]),
        (&json!("手机"), &json!("九成新"))
    );
    assert_ne!(quote.json["device"]["function_status"], "正常");
}

#[tokio::test]
async fn an_offer_has_what_the_contract_says_and_is_found_by_id_and_code() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let quote = backend.quote("iPhone 14 Pro").await;
    let wanted = json!({ "quote_id": quote["id"], "product": "iPhone 17", "product_price": 599_900 });
    let made = backend.post("/offers", &wanted).await;
    assert_eq!(made.status, 201);
    let offer = made.json;
    let names: Vec<&String> = offer.as_object().unwrap().keys().collect();
    let mut expected = [
        "id",
        "state",
        "sandbox",
        "merchant",
        "quote",
        "amount",
        "price",
        "top_up",
        "currency",
        "product",
        "order_id",
        "token",
        "code",
        "accepted_at",
        "redeemed_at",
        "expires_at",
        "version",
    ];
    expected.sort_unstable();
    assert_eq!(names, expected);
    assert_eq!((&offer["state"], &offer["version"]), (&json!("accepted"), &json!(1)));
    assert_eq!(offer["amount"], quote["price"]["final"]);
    assert_eq!(offer["product"], json!({ "name": "iPhone 17", "price": 599_900 }));
    assert_eq!((&offer["order_id"], &offer["quote"]["id"]), (&Value::Null, &quote["id"]));
    let code = offer["code"].as_str().unwrap();
    let typed = format!("{}-{}", code[..4].to_lowercase(), &code[4..]);
    for name in [offer["id"].as_str().unwrap(), code, &typed] {
        let read = backend.get(&format!("/offers/{name}")).await;
        assert_eq!((read.status, &read.json["id"]), (200, &offer["id"]), "{name}");
        assert!(read.json["token"].is_string());
    }
    assert_ne!(
        backend.post("/offers", &wanted).await.json["id"],
        offer["id"],
        "without a key it is a new one"
    );
}

#[tokio::test]
async fn the_merchants_rules_decide_the_top_up() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.toml");
    let rules = "[[merchants]]\nid = \"demo\"\nname = \"Demo\"\norigins = [\"https://demo.example\"]\n\
                 [[merchants.top_ups]]\nfixed = 20000\nproduct = \"17 pro\"\n";
    std::fs::write(&file, rules).unwrap();
    let house = House::with(&[("TRADEIN_CONFIG", file.to_str().unwrap())]).await;
    let backend = Backend::of(&house);
    let quote = backend.quote("iPhone 14 Pro").await;
    for (product, top_up) in [(json!("iPhone 17 Pro"), 20_000), (json!("iPhone 17"), 0), (Value::Null, 0)] {
        let offer =
            backend.post("/offers", &json!({ "quote_id": quote["id"], "product": product })).await.json;
        assert_eq!(offer["top_up"], top_up, "{product}");
        let price = offer["price"].as_i64().unwrap();
        assert_eq!(
            (price, price + top_up),
            (quote["price"]["final"].as_i64().unwrap(), offer["amount"].as_i64().unwrap())
        );
    }
}

#[tokio::test]
async fn a_price_that_no_shop_may_bank_on_is_refused_with_its_reason() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    for (model, reason) in [("SANDBOX-ZERO", "no_credit"), ("SANDBOX-NO-COEFFICIENT", "estimated")] {
        let quote = backend.quote(model).await;
        let answer = backend.post("/offers", &json!({ "quote_id": quote["id"] })).await;
        answer.is_problem(409, "not_accepted");
        assert_eq!(answer.json["reason"], reason);
    }
    let unknown = backend.post("/offers", &json!({ "quote_id": "0000000000000000000000" })).await;
    unknown.is_problem(404, "not_found");
    let price_alone = json!({ "quote_id": "0000000000000000000000", "product_price": 5 });
    assert_eq!(backend.post("/offers", &price_alone).await.fields(), ["product"]);
}

#[tokio::test]
async fn the_shops_categories_hold_for_its_backend_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.toml");
    let only = "[[merchants]]\nid = \"demo\"\nname = \"Demo\"\norigins = [\"https://demo.example\"]\ncategories = [\"tablet\"]\n";
    std::fs::write(&file, only).unwrap();
    let house = House::with(&[("TRADEIN_CONFIG", file.to_str().unwrap())]).await;
    let backend = Backend::of(&house);
    let answer = backend.post("/quotes", &phone("iPhone 14 Pro")).await;
    answer.is_problem(409, "not_accepted");
    assert_eq!(answer.json["reason"], "not_by_shop");
    let found = backend.get("/models?keyword=ip").await;
    let models = found.json["data"].as_array().unwrap();
    assert!(models.iter().all(|model| model["device_type"] == "平板"));
}

#[tokio::test]
async fn the_document_needs_no_key() {
    let house = House::open().await;
    let document =
        sent(reqwest::Client::new().request(Method::GET, format!("{}/api/v1/openapi.json", house.base)))
            .await;
    assert_eq!((document.status, document.header("content-type")), (200, "application/json"));
    assert_eq!(document.json["openapi"], "3.1.0");
}
