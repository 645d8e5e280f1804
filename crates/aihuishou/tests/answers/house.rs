//! The partner of these tests, which gives one answer to every call.

use std::time::Duration;

use aihuishou::{Account, AppSecret, Attempt, CallError, CallErrorKind, Client, Inquiry, Profile};
use domain::{QuoteForm, QuoteRequest};
use serde_json::json;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

pub(crate) const SECRET: &str = "hush-hush-hush";

pub(crate) fn phone() -> QuoteForm {
    QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    }
}

pub(crate) fn request() -> QuoteRequest {
    phone().parse().unwrap()
}

pub(crate) fn client(base: &str) -> Client {
    let account = Account::new("AHS2025TEST", AppSecret::new(SECRET).unwrap()).unwrap();
    Client::new(account, Profile::v2(base).unwrap()).unwrap()
}

pub(crate) fn attempt() -> Attempt {
    Attempt { at: "2025-12-30T06:00:00Z".parse().unwrap(), timeout: Duration::from_secs(5) }
}

pub(crate) async fn answered(answer: ResponseTemplate) -> Result<Inquiry, CallError> {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/api/v2/item_get_inquir"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let base = format!("{}/api/v2", server.uri());
    client(&base).inquire(&request(), attempt()).await.map(|reply| reply.value)
}

pub(crate) async fn refused(answer: ResponseTemplate) -> CallErrorKind {
    answered(answer).await.unwrap_err().kind
}

pub(crate) fn ok(data: serde_json::Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({ "code": 0, "msg": "success", "data": data }))
}

pub(crate) fn nested() -> serde_json::Value {
    json!({
        "device_info": { "device_id": "D-1", "spec": "256GB 深空黑", "quality_check": ["屏幕坏点", { "name": "指纹" }] },
        "price_info": {
            "base_price": 5000, "condition_discount": 0.9, "function_deduction": 0, "market_coefficient": 1.02,
            "final_price": 4500
        },
        "recycle_info": {
            "recycle_type": "上门/到店", "valid_time": "2025-12-31 14:00:00", "store_distance": 1.2,
            "door_time_window": "10:00-12:00"
        }
    })
}
