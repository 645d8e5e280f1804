//! An account as the desk's provider.

use aihuishou::{Aihuishou, Terms};
use provider::{CallKind, Provider, ProviderName, Refusal};
use serde_json::json;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::house::{attempt, client, nested, ok, request};

/// An account with two secrets, at a partner that gives the first answer once and then the second.
async fn account(several_at_once: bool, answers: [ResponseTemplate; 2]) -> (Aihuishou, MockServer) {
    let server = MockServer::start().await;
    let [first, then] = answers;
    Mock::given(method("POST")).respond_with(first).up_to_n_times(1).mount(&server).await;
    Mock::given(method("POST")).respond_with(then).mount(&server).await;
    let name = ProviderName::parse("main").unwrap();
    let next = Some(client(&server.uri()));
    let terms = Terms { daily_quota: 7, several_at_once };
    (Aihuishou::new(name, client(&server.uri()), next, terms), server)
}

fn says(status: u16, msg: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({ "code": status, "msg": msg }))
}

#[tokio::test]
async fn a_secret_that_is_refused_is_followed_by_the_next_one() {
    let (account, _server) = account(false, [says(401, "签名错误"), ok(nested())]).await;
    let error = account.quote(&request(), attempt()).await.unwrap_err();
    assert!(matches!(error.refusal, Refusal::Unauthorized { another: true, .. }), "{error:?}");
    assert_eq!(error.code.as_deref(), Some("401"));
    assert!(!account.next_credential_works());
    assert!(account.quote(&request(), attempt()).await.is_ok());
    assert!(account.next_credential_works());
}

#[tokio::test]
async fn an_account_whose_secrets_are_all_refused_is_refused() {
    let (account, _server) = account(false, [says(401, "签名错误"), says(401, "签名错误")]).await;
    for another in [true, false, false] {
        let error = account.quote(&request(), attempt()).await.unwrap_err();
        assert!(matches!(error.refusal, Refusal::Unauthorized { another: it, .. } if it == another));
    }
}

#[tokio::test]
async fn an_answer_says_all_that_the_partner_said() {
    let (account, _server) = account(false, [ok(nested()), ok(nested())]).await;
    let answer = account.quote(&request(), attempt()).await.unwrap().value;
    assert_eq!(answer.price.final_price().fen(), 450_000);
    assert_eq!(answer.price.base().map(|base| base.fen()), Some(500_000));
    assert_eq!(answer.valid_until.unwrap().to_string(), "2025-12-31T14:00:00+08:00");
    assert_eq!((answer.recycle.len(), answer.quality_check.len()), (2, 2));
    assert_eq!((answer.device_id.as_deref(), answer.spec.as_deref()), (Some("D-1"), Some("256GB 深空黑")));
    assert_eq!(answer.public_model, None, "the partner named no model");
}

#[tokio::test]
async fn what_it_can_do_is_what_the_contract_says() {
    let (one_by_one, server) = account(false, [ok(nested()), ok(nested())]).await;
    let (several, _server) = account(true, [ok(nested()), ok(nested())]).await;
    let can = one_by_one.capabilities();
    assert_eq!((can.daily_quota, can.places.get(), can.many), (Some(7), 5, None));
    assert_eq!(several.capabilities().many.map(usize::from), Some(50));
    let refused = one_by_one.quote_many(&[request()], attempt()).await.unwrap_err();
    assert_eq!(refused.refusal, Refusal::NotOffered);
    assert!(server.received_requests().await.unwrap().is_empty());
    let names = [CallKind::Quote, CallKind::QuoteMany, CallKind::Search].map(|kind| several.call_name(kind));
    assert_eq!(names, ["item_get_inquir", "item_batch_inquir", "item_search"]);
}
