//! Several devices in one call.

use std::collections::BTreeMap;

use aihuishou::{AppSecret, BadAnswer, CallError, CallErrorKind, Devices, Inquiry, Parameters, sign};
use domain::{Money, QuoteForm};
use serde_json::json;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::house::{SECRET, attempt, client, ok, request};

async fn answered_together(
    answer: ResponseTemplate,
    devices: usize,
) -> Result<Vec<Result<Inquiry, CallErrorKind>>, CallError> {
    let server = MockServer::start().await;
    let call = Mock::given(method("POST")).and(path("/api/v2/item_batch_inquir"));
    call.respond_with(answer).mount(&server).await;
    let devices = Devices::new(vec![request(); devices]).unwrap();
    assert_eq!(devices.spends() as usize, devices.iter().len(), "each is one call of the quota");
    let base = format!("{}/api/v2", server.uri());
    client(&base).inquire_together(&devices, attempt()).await.map(|reply| reply.value)
}

#[tokio::test]
async fn several_devices_are_answered_one_by_one_in_their_order() {
    let price = |yuan: &str| json!({ "price_info": { "final_price": yuan } });
    let items = json!([
        { "code": 0, "data": price("4500") },
        { "code": 404, "msg": "机型不存在" },
        { "code": "0", "data": { "final_price": 12.5 } },
        { "code": 403, "msg": format!("无此接口权限 {SECRET}") },
        { "code": 0, "data": price("about 300") },
        { "code": 5007, "msg": "odd" },
        "nonsense",
    ]);
    for data in [items.clone(), json!({ "items": items })] {
        let answers = answered_together(ok(data), 7).await.unwrap();
        let prices: Vec<_> = answers
            .iter()
            .map(|it| it.as_ref().map(|it| it.price.final_price()).map_err(CallErrorKind::name))
            .collect();
        let expected = [
            Ok(Money::from_fen(450_000)),
            Err("model_unknown"),
            Ok(Money::from_fen(1_250)),
            Err("permission_denied"),
            Err("bad_answer"),
            Err("refused"),
            Err("bad_answer"),
        ];
        assert_eq!(prices, expected);
        assert!(!format!("{answers:?}").contains(SECRET));
    }
}

#[tokio::test]
async fn no_price_gets_to_another_device() {
    let item = json!({ "code": 0, "data": { "final_price": 1 } });
    for data in [json!([item, item]), json!([item, item, item, item]), json!({ "items": item }), json!(3)] {
        let refused = answered_together(ok(data), 3).await.unwrap_err().kind;
        assert_eq!(refused, CallErrorKind::BadAnswer(BadAnswer::WrongShape));
    }
    let denied = ResponseTemplate::new(403).set_body_json(json!({ "code": 403, "msg": "无此接口权限" }));
    assert_eq!(answered_together(denied, 3).await.unwrap_err().kind.name(), "permission_denied");
}

#[tokio::test]
async fn answers_that_number_themselves_stand_in_that_order() {
    let numbered = |indices: &[serde_json::Value]| {
        let item = |index| json!({ "index": index, "code": 0, "data": { "final_price": 1 } });
        json!({ "items": indices.iter().map(item).collect::<Vec<_>>() })
    };
    let null = json!(null);
    for good in [
        [json!(0), json!(1), json!(2)],
        [json!("1"), json!("2"), json!("3")],
        [null.clone(), null.clone(), null.clone()],
    ] {
        assert_eq!(answered_together(ok(numbered(&good)), 3).await.unwrap().len(), 3, "{good:?}");
    }
    for bad in [
        [json!(1), json!(0), json!(2)],
        [json!(0), json!(0), json!(1)],
        [json!(2), json!(3), json!(4)],
        [json!(0), json!(1), json!("the third")],
        [json!(0), json!(1), null.clone()],
    ] {
        let refused = answered_together(ok(numbered(&bad)), 3).await.unwrap_err().kind;
        assert_eq!(refused, CallErrorKind::BadAnswer(BadAnswer::WrongShape), "{bad:?}");
    }
}

#[tokio::test]
async fn several_devices_are_sent_as_they_are_signed_without_what_is_empty() {
    let server = MockServer::start().await;
    let item = json!({ "code": 0, "data": { "final_price": 1 } });
    Mock::given(method("POST")).respond_with(ok(json!([item, item]))).mount(&server).await;
    let laptop = QuoteForm {
        device_type: "笔记本".into(),
        brand: "联想".into(),
        model: "ThinkPad X1 \"Carbon\"".into(),
        storage: "512GB".into(),
        ram: "16GB".into(),
        condition: "八成新".into(),
        function_status: "电池老化".into(),
        ..QuoteForm::default()
    };
    let devices = Devices::new(vec![request(), laptop.parse().unwrap()]).unwrap();
    client(&server.uri()).inquire_together(&devices, attempt()).await.unwrap();

    let sent = &server.received_requests().await.unwrap()[0];
    let mut fields: BTreeMap<String, String> = url::form_urlencoded::parse(&sent.body).into_owned().collect();
    let signature = fields.remove("sign").unwrap();
    assert_eq!(fields.keys().collect::<Vec<_>>(), ["app_id", "devices", "timestamp", "version"]);
    assert!(fields["devices"].contains("苹果"), "nothing is escaped: {}", fields["devices"]);
    let expected = json!([
        {
            "device_type": "手机", "brand": "苹果", "model": "iPhone 14 Pro", "storage": "256GB",
            "condition": "九成新", "function_status": "正常"
        },
        {
            "device_type": "笔记本", "brand": "联想", "model": "ThinkPad X1 \"Carbon\"", "storage": "512GB",
            "ram": "16GB", "condition": "八成新", "function_status": "电池老化(健康度低于80%)"
        }
    ]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&fields["devices"]).unwrap(), expected);
    assert!(sign(&Parameters::new(fields), &AppSecret::new(SECRET).unwrap()).verify(&signature));
}

#[test]
fn one_call_takes_one_to_fifty_devices() {
    for (devices, may) in [(0, false), (1, true), (50, true), (51, false)] {
        assert_eq!(Devices::new(vec![request(); devices]).is_ok(), may, "{devices}");
    }
}
