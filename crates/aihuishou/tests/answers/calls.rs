//! What a call sends, and a partner that cannot be reached.

use std::collections::BTreeMap;
use std::time::Duration;

use aihuishou::{AppSecret, Attempt, CallErrorKind, Parameters, sign};
use provider::Refusal;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer};

use crate::house::{SECRET, attempt, client, nested, ok, request};

#[tokio::test]
async fn what_is_sent_is_what_is_signed() {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(ok(nested())).mount(&server).await;
    client(&server.uri()).inquire(&request(), attempt()).await.unwrap();

    let sent = &server.received_requests().await.unwrap()[0];
    let mut fields: BTreeMap<String, String> = url::form_urlencoded::parse(&sent.body).into_owned().collect();
    let signature = fields.remove("sign").unwrap();
    assert_eq!(fields["timestamp"], "2025-12-30 14:00:00");
    assert_eq!(fields["model"], "iPhone 14 Pro");
    assert!(fields.values().all(|value| !value.is_empty()));
    assert!(!fields.contains_key("ram"));
    assert!(sign(&Parameters::new(fields), &AppSecret::new(SECRET).unwrap()).verify(&signature));
    assert!(!String::from_utf8_lossy(&sent.body).contains(SECRET));
}

#[tokio::test]
async fn a_partner_that_stalls() {
    let stalls = ok(nested()).set_delay(Duration::from_secs(60));
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(stalls).mount(&server).await;
    let hasty = Attempt { timeout: Duration::from_millis(50), ..attempt() };
    let error = client(&server.uri()).inquire(&request(), hasty).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Timeout);
    assert!(Refusal::from(error.kind).was_sent(), "it may have arrived");
}
