//! Every defect that an answer can have, from a partner that returns exactly that answer.

use domain::{Failure, Money, StepKind};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::house::{House, Settings, request};

/// A house whose partner always gives that answer.
async fn house(answer: ResponseTemplate) -> (House, MockServer) {
    let partner = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&partner).await;
    let house = House::asking(&format!("{}/api/v2", partner.uri()), Settings::default()).await;
    (house, partner)
}

/// A valid answer with some fields of one group changed; `null` removes a field.
fn answer(group: &str, changes: Value) -> Value {
    let mut data = json!({
        "device_info": { "device_id": "D-1", "spec": "256GB", "quality_check": ["屏幕坏点"] },
        "price_info": {
            "base_price": 5000, "condition_discount": 0.9, "function_deduction": 100,
            "market_coefficient": 1.02, "final_price": 4398,
        },
        "recycle_info": {
            "recycle_type": "到店", "valid_time": "2025-12-31 14:00:00", "store_distance": 1.2, "door_time_window": null,
        },
    });
    for (name, value) in changes.as_object().unwrap() {
        data[group][name] = value.clone();
    }
    data
}

fn ok(data: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({ "code": 0, "msg": "success", "data": data }))
}

async fn quoted(data: Value) -> std::sync::Arc<domain::Quote> {
    house(ok(data)).await.0.desk.quote(request("iPhone 14 Pro")).await.unwrap()
}

#[tokio::test]
async fn what_cannot_be_read_is_no_price_and_is_not_asked_for_again() {
    let sound = answer("price_info", json!({}));
    let text = json!({ "code": 0, "data": sound }).to_string();
    let html = ResponseTemplate::new(200).set_body_raw("<html>sign in</html>", "text/html");
    // GBK, as an old gateway might send it.
    let gbk: Vec<u8> =
        [&b"{\"code\":0,\"msg\":\""[..], &[0xb3, 0xc9, 0xb9, 0xa6], b"\",\"data\":{}}"].concat();
    let raw = |body: &[u8]| ResponseTemplate::new(200).set_body_raw(body, "application/json");
    let huge = format!("{{\"code\":0,\"msg\":\"{}\"}}", "x".repeat(1 << 20));
    let elsewhere =
        ResponseTemplate::new(302).insert_header("location", "http://127.0.0.1:9/").set_body_string(&*text);
    let cases = [
        ("no final price", ok(answer("price_info", json!({ "final_price": null })))),
        ("a final price that is none", ok(answer("price_info", json!({ "final_price": "面议" })))),
        ("a final price below 0", ok(answer("price_info", json!({ "final_price": -1 })))),
        ("a final price beyond measure", ok(answer("price_info", json!({ "final_price": "1e27" })))),
        ("no data", ResponseTemplate::new(200).set_body_json(json!({ "code": 0 }))),
        ("broken JSON", raw(&text.as_bytes()[..text.len() - 9])),
        ("nothing", raw(b"")),
        ("HTML", html),
        ("another encoding", raw(&gbk)),
        ("compressed garbage", raw(&[0x1f, 0x8b, 8, 0, 0, 0]).insert_header("content-encoding", "gzip")),
        ("a redirect", elsewhere),
        ("a body without end", raw(huge.as_bytes())),
    ];
    for (name, answer) in cases {
        let (house, partner) = house(answer).await;
        let told = house.desk.quote(request("iPhone 14 Pro")).await;
        assert_eq!(told, Err(Failure::PartnerUnavailable), "{name}");
        assert_eq!(partner.received_requests().await.unwrap().len(), 1, "{name}");
        house.desk.all_recorded().await;
        // A web page that another server sent is not the partner's answer.
        let outcome = if name == "HTML" { "intermediary" } else { "bad_answer" };
        assert_eq!(house.attempts().await, [outcome], "{name}");
        assert_eq!(house.quota_used().await, 1, "{name}");
    }
}

#[tokio::test]
async fn numbers_may_be_text_and_fields_may_be_flat() {
    let text = json!({ "base_price": "5000.00", "function_deduction": "100", "final_price": "4398.00" });
    let flat: serde_json::Map<String, Value> = answer("price_info", json!({}))
        .as_object()
        .unwrap()
        .values()
        .flat_map(|group| group.as_object().unwrap().clone())
        .collect();
    for data in [answer("price_info", text), flat.into()] {
        let quote = quoted(data).await;
        assert_eq!(quote.price.final_price(), Money::from_fen(439_800));
        assert_eq!((quote.price.consistent(), quote.recycle.len()), (Some(true), 1));
        assert!(quote.valid_until.is_some());
    }
}

#[tokio::test]
async fn a_price_of_nothing_and_one_that_hardly_holds_are_shown_but_not_kept() {
    let end = |text: &str| answer("recycle_info", json!({ "valid_time": text }));
    let cases = [
        ("a price of 0", answer("price_info", json!({ "final_price": 0 }))),
        ("half an hour", end("2025-12-30 14:30:00")),
        ("it is over", end("2025-12-30 13:00:00")),
        ("no legible end", end("明天")),
    ];
    for (name, data) in cases {
        let (house, partner) = house(ok(data)).await;
        for _ in 0..2 {
            let quote = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
            let now = domain::Moment::new(house.desk.now());
            assert!(name == "half an hour" || !quote.acceptable(now), "{name}");
        }
        assert_eq!(partner.received_requests().await.unwrap().len(), 2, "{name}");
    }
}

#[tokio::test]
async fn what_the_formula_does_not_explain_is_a_line_of_its_own() {
    let quote = quoted(answer("price_info", json!({ "final_price": 4000 }))).await;
    assert_eq!(quote.price.consistent(), Some(false));
    assert_eq!(quote.price.final_price(), Money::from_fen(400_000), "the partner's price stands");
    let steps = quote.price.steps();
    assert!(steps.iter().any(|step| step.kind == StepKind::Difference));
    let sum: i64 = steps[..steps.len() - 1].iter().map(|step| step.amount.fen()).sum();
    assert_eq!(sum, 400_000);
}

#[tokio::test]
async fn what_is_missing_or_not_known_is_left_open() {
    let bare = quoted(json!({ "price_info": { "final_price": 4398 } })).await;
    assert_eq!((bare.price.base(), bare.price.consistent()), (None, None));
    assert_eq!((bare.valid_until, bare.recycle.len(), &bare.device.device_id), (None, 0, &None));
    let strange = quoted(answer("recycle_info", json!({ "recycle_type": "无人机/到店" }))).await;
    let kinds: Vec<_> = strange.recycle.iter().map(|way| way.label.clone()).collect();
    assert!(kinds.iter().any(|label| label == "到店"), "{kinds:?}");
}

#[tokio::test]
async fn odd_answers_are_counted_by_kind() {
    let cases = [
        ("rounded", ok(answer("price_info", json!({ "base_price": "5000.001" })))),
        ("inconsistent", ok(answer("price_info", json!({ "final_price": 4000 })))),
        ("no_price", ok(answer("price_info", json!({ "final_price": "面议" })))),
        ("unreadable", ResponseTemplate::new(200).set_body_raw("{\"code\":0,", "application/json")),
    ];
    for (kind, answer) in cases {
        let (house, _partner) = house(answer).await;
        let _ = house.desk.quote(request("iPhone 14 Pro")).await;
        let metrics = house.desk.metrics().unwrap();
        let line = format!("tradein_odd_answers_total{{kind=\"{kind}\",provider=\"aihuishou\"}} 1");
        assert!(metrics.lines().any(|own| own == line), "{line} is not in\n{metrics}");
    }
}

#[tokio::test]
async fn public_prices_bear_the_name_that_the_partner_answered_with() {
    let since = jiff::civil::date(2025, 12, 1);
    let named = answer("device_info", json!({ "model": "iPhone 14 PRO" }));
    for (data, name) in [(named, Some("iPhone 14 PRO")), (answer("device_info", json!({})), None)] {
        let (house, _partner) = house(ok(data)).await;
        house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
        house.desk.all_recorded().await;
        let models = desk::Desks::from(&house.desk).valued_models(since, 10).await.unwrap();
        let names: Vec<_> = models.iter().map(|[_, _, name]| name.as_str()).collect();
        assert_eq!(names, name.into_iter().collect::<Vec<_>>());
    }
}
