//! What each answer means.

use std::num::NonZeroUsize;

use domain::{Money, NotAccepted, RecycleKind};
use http_provider::{HttpProvider, Terms};
use provider::{BadAnswer, CallError, Credential, Provider, ProviderName, Refusal, SearchRequest};
use serde_json::{Value, json};
use standardwebhooks::Webhook;
use wiremock::matchers::{body_json, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::flaw::Flaw;
use crate::house::{SECRET, attempt, client, device};
use crate::service::start;

/// What the provider makes of this answer to a quote.
async fn refused(answer: ResponseTemplate) -> CallError {
    let server = MockServer::start().await;
    Mock::given(method("POST")).and(path("/quote")).respond_with(answer).mount(&server).await;
    client(&server.uri()).quote(&device("iPhone 14 Pro"), attempt()).await.unwrap_err()
}

fn raw(status: u16, body: &str, media_type: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body.to_owned(), media_type)
}

#[tokio::test]
async fn a_quote_is_asked_for_in_the_words_of_the_quote_and_signed() {
    let server = MockServer::start().await;
    let asked = json!({ "device": {
        "device_type": "手机", "brand": "苹果", "model": "iPhone 14 Pro", "storage": "256GB", "ram": null,
        "condition": "九成新", "function_status": "正常", "repair_history": null, "purchase_channel": null,
    }});
    let answer = json!({
        "device": asked["device"],
        "price": { "currency": "CNY", "final": 450_000 },
        "recycle": [
            { "type": "mail", "store_distance_km": null, "door_time_window": null },
            { "type": "store", "store_distance_km": 1.2, "door_time_window": null },
        ],
        "valid_until": "2099-01-01T02:00:00Z",
    });
    let answer = ResponseTemplate::new(200).set_body_json(answer);
    Mock::given(path("/quote")).and(body_json(asked)).respond_with(answer).mount(&server).await;
    let client = client(&server.uri());
    for _ in 0..2 {
        let reply = client.quote(&device("iPhone 14 Pro"), attempt()).await.unwrap();
        assert_eq!(reply.value.price.final_price(), Money::from_fen(450_000));
        assert_eq!(reply.value.price.base(), None);
        assert_eq!(reply.value.valid_until.unwrap().to_string(), "2099-01-01T10:00:00+08:00");
        let ways: Vec<_> = reply.value.recycle.iter().map(|way| way.kind).collect();
        assert_eq!(ways, [RecycleKind::Store, RecycleKind::Mail]);
        assert_eq!(reply.value.public_model.as_deref(), Some("iPhone 14 Pro"));
    }
    let received = server.received_requests().await.unwrap();
    for request in &received {
        Webhook::new(SECRET).unwrap().verify(&request.body, &request.headers).unwrap();
    }
    assert_ne!(received[0].headers["webhook-id"], received[1].headers["webhook-id"]);
}

#[tokio::test]
async fn each_refusal_of_the_contract_has_its_meaning() {
    let text = || "why".to_owned();
    let secret = Credential::Secret;
    for (status, code, refusal) in [
        (404, "model_unknown", Refusal::ModelUnknown(text())),
        (422, "not_accepted", Refusal::NotAccepted(NotAccepted::Unspecified)),
        (429, "quota_exhausted", Refusal::QuotaExhausted(text())),
        (503, "unavailable", Refusal::Unavailable(text())),
        (401, "unauthorized", Refusal::Unauthorized { credential: secret, message: text(), another: false }),
        (400, "malformed", Refusal::InvalidParameters(text())),
        (409, "odd", Refusal::Other { code: "odd".into(), message: text() }),
    ] {
        let body = json!({ "code": code, "detail": "why" }).to_string();
        let error = refused(raw(status, &body, "application/problem+json")).await;
        assert_eq!((error.refusal, error.code.as_deref()), (refusal, Some(&*status.to_string())), "{code}");
    }
}

#[tokio::test]
async fn what_is_not_the_buyers_word_is_told_by_its_status_and_never_of_the_model() {
    let problem = r#"{"code":"model_unknown"}"#;
    for (answer, refusal) in [
        (raw(404, problem, "application/json"), Refusal::WrongAddress),
        (raw(404, "<html>", "text/html"), Refusal::WrongAddress),
        (raw(401, problem, "text/html"), Refusal::Intermediary(401)),
        (raw(403, "{}", "application/problem+json"), Refusal::Intermediary(403)),
        (raw(500, "", "text/plain"), Refusal::Intermediary(500)),
        (raw(502, "", "text/html"), Refusal::Unavailable("HTTP 502".into())),
        (
            raw(429, "", "text/html").insert_header("retry-after", "7"),
            Refusal::TooManyRequests { retry_after: Some(std::time::Duration::from_secs(7)) },
        ),
        (raw(200, "<html>Sign in</html>", "text/html"), Refusal::Intermediary(200)),
    ] {
        let error = refused(answer.insert_header("date", "Mon, 01 Jan 2035 00:00:00 GMT")).await;
        assert_eq!(error.refusal, refusal);
        assert_eq!(error.provider_time, None, "the clock of something between is not the buyer's");
    }
}

#[tokio::test]
async fn what_could_lead_to_a_wrong_price_is_a_contract_error_and_never_a_price_of_0() {
    let device = json!({ "model": "iPhone 14 Pro", "storage": "256GB", "condition": "九成新" });
    let of = |price: &str| {
        format!(r#"{{"device":{device},"price":{price},"valid_until":"2099-01-01T00:00:00Z"}}"#)
    };
    for (body, bad) in [
        (of(r#"{"currency":"CNY"}"#), BadAnswer::NoPrice),
        (of(r#"{"currency":"CNY","final":null}"#), BadAnswer::NoPrice),
        (of(r#"{"currency":"CNY","final":"450000"}"#), BadAnswer::NoPrice),
        (of(r#"{"currency":"CNY","final":4500.5}"#), BadAnswer::NoPrice),
        (of(r#"{"currency":"CNY","final":-1}"#), BadAnswer::NoPrice),
        (of(r#"{"currency":"CNY","final":99999999999999999999}"#), BadAnswer::NoPrice),
        (of(r#"{"currency":"CNY","final":450000,"final":0}"#), BadAnswer::WrongShape),
        (of(r#"{"currency":"USD","final":450000}"#), BadAnswer::WrongCurrency),
        (of(r#"{"final":450000}"#), BadAnswer::WrongCurrency),
        (of(r#"{"currency":"CNY","final":450000,"base":4500}"#), BadAnswer::AboveBase),
        (of("[]"), BadAnswer::WrongCurrency),
        (of("450000"), BadAnswer::WrongShape),
        (r#"{"price":{"currency":"CNY","final":450000}}"#.into(), BadAnswer::WrongShape),
        (r#"{"device":{},"price":{"currency":"CNY","final":450000}}"#.into(), BadAnswer::WrongShape),
        ("{}".into(), BadAnswer::WrongShape),
        ("[]".into(), BadAnswer::WrongShape),
        ("null".into(), BadAnswer::WrongShape),
        ("".into(), BadAnswer::NotJson),
        ("{\"device\":".into(), BadAnswer::NotJson),
        (of(&format!("{}1{}", "[".repeat(5000), "]".repeat(5000))), BadAnswer::NotJson),
        (" ".repeat(1024 * 1024 + 1), BadAnswer::TooLong),
    ] {
        let error = refused(raw(200, &body, "application/json")).await;
        assert_eq!(error.refusal, Refusal::BadAnswer(bad), "{}", body.chars().take(200).collect::<String>());
    }
    let redirect = ResponseTemplate::new(307).insert_header("location", "http://127.0.0.1:9/");
    assert_eq!(refused(redirect).await.refusal, Refusal::BadAnswer(BadAnswer::Redirect));
}

#[tokio::test]
async fn a_byte_order_mark_is_harmless_and_what_only_explains_may_be_odd() {
    let server = MockServer::start().await;
    let body = json!({
        "device": { "model": "iPhone 14 Pro", "storage": 256 },
        "price": { "currency": "CNY", "final": 450_000, "base": "x", "steps": [{ "amount": 1.5 }] },
        "recycle": [{ "type": "drone" }, 7, { "type": "store", "store_distance_km": "near" }],
        "quality_check": { "a": 1 },
        "valid_until": "tomorrow",
    });
    let body = format!("\u{feff}{body}");
    Mock::given(path("/quote")).respond_with(raw(200, &body, "application/json")).mount(&server).await;
    let reply = client(&server.uri()).quote(&device("iPhone 14 Pro"), attempt()).await.unwrap();
    assert_eq!(reply.value.price.final_price(), Money::from_fen(450_000));
    assert_eq!((reply.value.price.base(), reply.value.valid_until), (None, None));
    let ways: Vec<_> = reply.value.recycle.iter().map(|way| (way.kind, way.store_distance_km)).collect();
    assert_eq!(ways, [(RecycleKind::Store, None)]);
}

#[tokio::test]
async fn several_devices_get_one_answer_each_and_too_few_answers_are_none() {
    let terms = |many| Terms { daily_quota: Some(500), places: Terms::PLACES, many: NonZeroUsize::new(many) };
    let provider =
        |url: &str, many| HttpProvider::new(ProviderName::parse("third").unwrap(), client(url), terms(many));
    let devices = [device("iPhone 14 Pro"), device("iPhone 99")];
    let server = start(Flaw::None).await;
    let url = format!("{}/buyer", server.uri());
    let third = provider(&url, 50);
    assert_eq!((third.identity().name.as_str(), third.identity().protocol), ("third", "http-1"));
    assert_eq!(third.capabilities().many, NonZeroUsize::new(50));
    let answers = third.quote_many(&devices, attempt()).await.unwrap().value;
    assert_eq!(answers[0].as_ref().unwrap().price.final_price(), Money::from_fen(450_000));
    assert_eq!(answers[1], Err(Refusal::ModelUnknown(String::new())));
    assert_eq!(
        provider(&url, 0).quote_many(&devices, attempt()).await.unwrap_err().refusal,
        Refusal::NotOffered
    );
    let server = start(Flaw::TooFewItems).await;
    let error = provider(&format!("{}/buyer", server.uri()), 50).quote_many(&devices, attempt()).await;
    assert_eq!(error.unwrap_err().refusal, Refusal::BadAnswer(BadAnswer::WrongShape));
}

#[tokio::test]
async fn a_search_leaves_out_what_cannot_be_quoted() {
    let server = MockServer::start().await;
    let good = json!({ "device_type": "手机", "brand": "苹果", "model": "iPhone 13", "storages": ["128GB"], "rams": [] });
    let items: Value = json!({ "items": [good, { "device_type": "冰箱" }, 7] });
    Mock::given(path("/search"))
        .and(body_json(json!({ "keyword": "苹果 13", "device_type": "手机" })))
        .respond_with(ResponseTemplate::new(200).set_body_json(items))
        .mount(&server)
        .await;
    let request = SearchRequest {
        keyword: Some(domain::PlainText::parse("13").unwrap()),
        brand: Some(domain::PlainText::parse("苹果").unwrap()),
        device_type: Some(domain::Category::Phone),
    };
    let found = client(&server.uri()).search(&request, attempt()).await.unwrap().value;
    assert_eq!(found.iter().map(|item| item.model.as_str()).collect::<Vec<_>>(), ["iPhone 13"]);
}

#[tokio::test]
async fn a_service_describes_itself() {
    let server = start(Flaw::None).await;
    let description = client(&format!("{}/buyer", server.uri())).describe(attempt()).await.unwrap().value;
    assert_eq!((description.name.as_str(), description.many), ("Buyer", NonZeroUsize::new(50)));
    let server = start(Flaw::OtherContract).await;
    let error = client(&format!("{}/buyer", server.uri())).describe(attempt()).await.unwrap_err();
    assert_eq!(error.refusal, Refusal::BadAnswer(BadAnswer::WrongShape));
}
