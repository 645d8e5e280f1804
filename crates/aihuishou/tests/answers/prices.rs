//! What the fields of an answer mean.

use aihuishou::{BadAnswer, CallErrorKind, Inquiry};
use domain::Money;
use serde_json::json;
use wiremock::ResponseTemplate;

use crate::house::{answered, nested, ok, phone, refused};

#[tokio::test]
async fn nested_and_flat_answers_mean_the_same() {
    let mut flat = serde_json::Map::new();
    for group in ["device_info", "price_info", "recycle_info"] {
        flat.extend(nested()[group].as_object().unwrap().clone());
    }
    let nested = answered(ok(nested())).await.unwrap();
    assert_eq!(answered(ok(flat.into())).await.unwrap(), nested);
    assert_eq!(nested.price.final_price(), Money::from_fen(450_000));
    assert_eq!(nested.price.consistent(), Some(true));
    assert_eq!(nested.quality_check, ["屏幕坏点", "指纹"]);
    assert_eq!(nested.valid_until.unwrap().to_string(), "2025-12-31T14:00:00+08:00");
    assert_eq!(nested.recycle[0].store_distance_km.unwrap().to_string(), "1.2");
}

#[tokio::test]
async fn numbers_may_be_text_and_the_code_too() {
    let body =
        json!({ "code": "0", "data": { "price_info": { "final_price": "4500.00", "base_price": "5e3" } } });
    let inquiry = answered(ResponseTemplate::new(200).set_body_json(body)).await.unwrap();
    assert_eq!(inquiry.price.final_price(), Money::from_fen(450_000));
    assert_eq!(inquiry.price.base(), Some(Money::from_fen(500_000)));
    assert!(!inquiry.rounded);
}

#[tokio::test]
async fn more_than_two_decimals_are_rounded_half_even_and_told() {
    let inquiry = answered(ok(json!({ "final_price": 10.005 }))).await.unwrap();
    assert_eq!((inquiry.price.final_price(), inquiry.rounded), (Money::from_fen(1000), true));
}

#[tokio::test]
async fn what_is_missing_is_unknown() {
    let inquiry =
        answered(ok(json!({ "price_info": { "final_price": 1 }, "recycle_info": { "valid_time": "明天" } })))
            .await;
    let inquiry = inquiry.unwrap();
    assert_eq!((inquiry.device_id, inquiry.valid_until), (None, None));
    assert_eq!((inquiry.price.base(), inquiry.price.consistent()), (None, None));
    assert!(inquiry.recycle.is_empty() && inquiry.quality_check.is_empty());
}

#[tokio::test]
async fn a_group_that_cannot_be_read_costs_no_other() {
    let whole = answered(ok(nested())).await.unwrap();
    for odd in [json!("上门"), json!(["上门"]), json!(null), json!(7)] {
        let mut data = nested();
        data["recycle_info"] = odd.clone();
        let inquiry = answered(ok(data)).await.unwrap();
        assert_eq!(inquiry, Inquiry { recycle: Vec::new(), valid_until: None, ..whole.clone() }, "{odd}");
        let mut data = nested();
        data["device_info"] = odd.clone();
        assert_eq!(answered(ok(data)).await.unwrap().price, whole.price, "{odd}");
    }
}

#[tokio::test]
async fn a_price_that_is_missing_illegible_or_negative_is_never_a_price_of_0() {
    for price in [
        json!({}),
        json!({ "final_price": null }),
        json!({ "final_price": "面议" }),
        json!({ "final_price": -1 }),
    ] {
        assert_eq!(refused(ok(price)).await, CallErrorKind::BadAnswer(BadAnswer::NoPrice));
    }
}

#[tokio::test]
async fn a_base_price_of_0_bounds_no_price() {
    let inquiry = answered(ok(json!({ "final_price": 10, "base_price": 0 }))).await.unwrap();
    assert_eq!(inquiry.price.final_price(), Money::from_fen(1_000));
}

#[tokio::test]
async fn a_models_name_is_public_beside_a_known_brand_and_sizes_alone() {
    let with = |brand: &str, storage: &str, ram: &str| {
        let mut form = phone();
        (form.brand, form.storage, form.ram) = (brand.into(), storage.into(), ram.into());
        form.parse().unwrap()
    };
    let device = |device: serde_json::Value| answered(ok(json!({ "final_price": 1, "device_info": device })));
    let model = device(json!({ "model": "iPhone 14 Pro" })).await.unwrap();
    let and_storage = device(json!({ "model": "iPhone 14 Pro", "storage": "256GB" })).await.unwrap();
    for (request, alone, beside_storage) in [
        (with("苹果", "256GB", ""), true, true),
        (with("苹果", "256GB", "16GB"), true, true),
        (with("苹果", "给张三", ""), false, true),
        (with("苹果", "256GB", "给张三"), false, false),
        (with("张三的", "256GB", ""), false, false),
    ] {
        let public = |inquiry: &Inquiry| inquiry.public_model(&request) == Some("iPhone 14 Pro");
        assert_eq!((public(&model), public(&and_storage)), (alone, beside_storage), "{request:?}");
    }
}

#[tokio::test]
async fn an_answer_for_another_device_is_no_price() {
    let named = |device: serde_json::Value| {
        let mut data = nested();
        data["device_info"] = device;
        ok(data)
    };
    for (device, bad) in [
        (json!({ "model": "iPhone 14" }), BadAnswer::AnotherModel),
        (json!({ "model": "iPhone 14 Pro", "storage": "128GB" }), BadAnswer::AnotherStorage),
        (json!({ "model": "iPhone 14 Pro", "condition": "七成新" }), BadAnswer::AnotherGrade),
    ] {
        assert_eq!(refused(named(device)).await, CallErrorKind::BadAnswer(bad));
    }
    let same = json!({ "model": "IPHONE14 Pro 国行", "storage": "256G", "condition": "9成新" });
    assert!(answered(named(same)).await.is_ok());
    let mut dear = nested();
    dear["price_info"]["final_price"] = json!(7_500.01);
    assert_eq!(refused(ok(dear.clone())).await, CallErrorKind::BadAnswer(BadAnswer::AboveBase));
    dear["price_info"]["final_price"] = json!(7_500);
    assert_eq!(answered(ok(dear)).await.unwrap().price.consistent(), Some(false), "told, and it stands");
}
