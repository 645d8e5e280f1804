//! Refusals of the partner, by status and by code.

use std::time::Duration;

use aihuishou::CallErrorKind;
use domain::NotAccepted;
use provider::{Refusal, Retry};
use serde_json::json;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::house::{SECRET, attempt, client, refused, request};

#[tokio::test]
async fn refusals_are_told_apart() {
    let say = |status, msg: &str| {
        ResponseTemplate::new(status).set_body_json(json!({ "code": status, "msg": msg }))
    };
    assert_eq!(refused(say(400, "参数缺失")).await, CallErrorKind::InvalidParameters("参数缺失".into()));
    assert_eq!(refused(say(401, "签名错误")).await, CallErrorKind::Unauthorized("签名错误".into()));
    assert_eq!(
        refused(say(403, "今日配额已用完")).await,
        CallErrorKind::QuotaExhausted("今日配额已用完".into())
    );
    assert_eq!(refused(say(403, "协议未签署")).await, CallErrorKind::PermissionDenied("协议未签署".into()));
    assert_eq!(refused(say(403, "???")).await, CallErrorKind::PermissionDenied("???".into()));
    assert_eq!(refused(say(404, "机型不存在")).await, CallErrorKind::ModelUnknown("机型不存在".into()));
    assert_eq!(
        refused(ResponseTemplate::new(404).set_body_string("Not Found")).await,
        CallErrorKind::WrongPath
    );
    assert_eq!(refused(say(500, "内部错误")).await, CallErrorKind::ServerFault("内部错误".into()));
    assert_eq!(
        refused(say(500, "成色超出范围：报废")).await,
        CallErrorKind::NotAccepted(NotAccepted::Scrapped)
    );
    assert_eq!(refused(ResponseTemplate::new(503)).await, CallErrorKind::Unavailable(503));
    let odd = ResponseTemplate::new(200).set_body_json(json!({ "code": 7, "msg": "忙" }));
    assert_eq!(refused(odd).await, CallErrorKind::Refused { code: "7".into(), message: "忙".into() });
}

#[tokio::test]
async fn slowing_down_takes_seconds_or_a_date() {
    // A date is compared with the answer's clock, and not with ours, which differs by half an hour.
    for (told, seconds) in [("7", 7), ("Tue, 30 Dec 2025 06:30:30 GMT", 30)] {
        let answer = ResponseTemplate::new(429)
            .insert_header("retry-after", told)
            .insert_header("date", "Tue, 30 Dec 2025 06:30:00 GMT");
        let kind = refused(answer).await;
        assert_eq!(Refusal::from(kind).retry(), Retry::After(Duration::from_secs(seconds)), "{told}");
    }
}

#[tokio::test]
async fn an_echoed_secret_or_signature_stays_out_of_the_error() {
    let server = MockServer::start().await;
    let echo = |request: &wiremock::Request| {
        let body = String::from_utf8_lossy(&request.body).into_owned();
        ResponseTemplate::new(401).set_body_json(json!({ "code": 401, "msg": format!("{SECRET}\n{body}") }))
    };
    Mock::given(method("POST")).respond_with(echo).mount(&server).await;
    let error = client(&server.uri()).inquire(&request(), attempt()).await.unwrap_err();
    let printed = format!("{error} {error:?}");
    assert!(!printed.contains(SECRET), "{printed}");
    let sent = &server.received_requests().await.unwrap()[0];
    let signature =
        url::form_urlencoded::parse(&sent.body).find(|(name, _)| name == "sign").unwrap().1.into_owned();
    assert!(!printed.contains(&signature), "{printed}");
    assert!(!printed.contains('\n'));
}

#[tokio::test]
async fn a_code_in_an_answer_that_succeeded_means_what_the_status_would() {
    let say = |code: serde_json::Value, msg: &str| {
        ResponseTemplate::new(200).set_body_json(json!({ "code": code, "msg": msg, "data": null }))
    };
    for (answer, kind) in [
        (say(json!(401), "签名错误"), CallErrorKind::Unauthorized("签名错误".into())),
        (say(json!("404"), "型号未收录"), CallErrorKind::ModelUnknown("型号未收录".into())),
        (say(json!(403), "今日配额已用尽"), CallErrorKind::QuotaExhausted("今日配额已用尽".into())),
        (say(json!(10_086), "调用次数超限"), CallErrorKind::QuotaExhausted("调用次数超限".into())),
        (say(json!(403), "协议未签署"), CallErrorKind::PermissionDenied("协议未签署".into())),
        (say(json!(500), "报废"), CallErrorKind::NotAccepted(NotAccepted::Scrapped)),
        (say(json!(503), "忙"), CallErrorKind::Unavailable(503)),
        (say(json!(429), "慢"), CallErrorKind::TooManyRequests { retry_after: None }),
        (say(json!(-1), "odd"), CallErrorKind::Refused { code: "-1".into(), message: "odd".into() }),
    ] {
        assert_eq!(refused(answer).await, kind);
    }
}

#[tokio::test]
async fn a_text_that_says_the_quota_is_used_up_is_heeded_with_any_code() {
    let say = |status, code: u16, msg: &str| {
        ResponseTemplate::new(status).set_body_json(json!({ "code": code, "msg": msg, "data": null }))
    };
    for code in [400, 403, 429, 500, 10_086] {
        let kind = refused(say(200, code, "今日配额已用尽")).await;
        assert_eq!(kind, CallErrorKind::QuotaExhausted("今日配额已用尽".into()), "{code}");
    }
    assert_eq!(refused(say(429, 429, "今日配额已用尽")).await.name(), "quota_exhausted");
    for (code, msg, name) in [
        (1001, "参数长度超限", "refused"),
        (400, "参数长度超限", "invalid_parameters"),
        (429, "请求次数超限，请稍后再试", "too_many_requests"),
    ] {
        assert_eq!(refused(say(200, code, msg)).await.name(), name, "{code}");
    }
}
