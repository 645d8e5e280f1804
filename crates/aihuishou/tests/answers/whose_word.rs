//! Which answers are from the partner, and what the others mean.

use aihuishou::{BadAnswer, CallErrorKind};
use serde_json::json;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::house::{answered, attempt, client, nested, ok, refused, request};

#[tokio::test]
async fn answers_that_are_no_answers() {
    let words = ResponseTemplate::new(200).set_body_raw("维护中", "text/plain");
    let broken = ResponseTemplate::new(200).set_body_raw("{\"code\":0,", "application/json");
    let latin = ResponseTemplate::new(200)
        .set_body_raw(b"{\"code\":0,\"msg\":\"\xc4\xe3\"}".to_vec(), "application/json");
    let long = ResponseTemplate::new(200).set_body_bytes(vec![b' '; 1024 * 1024 + 1]);
    let squeezed =
        ResponseTemplate::new(200).insert_header("content-encoding", "gzip").set_body_bytes(vec![0; 64]);
    let elsewhere = ResponseTemplate::new(302).insert_header("location", "http://127.0.0.1:9/");
    let bare = ResponseTemplate::new(200).set_body_json(json!({ "data": {} }));
    for (answer, why) in [
        (words, BadAnswer::NotJson),
        (broken, BadAnswer::NotJson),
        (latin, BadAnswer::NotJson),
        (long, BadAnswer::TooLong),
        (squeezed, BadAnswer::Compressed),
        (elsewhere, BadAnswer::Redirect),
        (bare, BadAnswer::WrongShape),
    ] {
        assert_eq!(refused(answer).await, CallErrorKind::BadAnswer(why));
    }
}

#[tokio::test]
async fn the_partners_clock_is_learnt_from_its_own_word_of_this_moment() {
    let time_told = async |answer: ResponseTemplate| {
        let server = MockServer::start().await;
        let answer = answer.insert_header("date", "Tue, 30 Dec 2025 06:04:00 GMT");
        Mock::given(method("POST")).respond_with(answer).mount(&server).await;
        match client(&server.uri()).inquire(&request(), attempt()).await {
            Ok(reply) => reply.partner_time,
            Err(error) => error.partner_time,
        }
    };
    let told = Some("2025-12-30T06:04:00Z".parse().unwrap());
    assert_eq!(time_told(ok(nested())).await, told);
    let refusal = json!({ "code": 400, "msg": "timestamp" });
    assert_eq!(time_told(ResponseTemplate::new(400).set_body_json(refusal)).await, told);
    let html = ResponseTemplate::new(503).set_body_raw("<html></html>", "text/html");
    assert_eq!(time_told(html).await, None, "a gateway's clock is its own");
    assert_eq!(time_told(ok(nested()).insert_header("age", "240")).await, None, "made four minutes ago");
}

#[tokio::test]
async fn only_the_partners_own_shape_is_its_word() {
    let json = |status, body: serde_json::Value| ResponseTemplate::new(status).set_body_json(body);
    let html = |status| ResponseTemplate::new(status).set_body_raw("<html>blocked</html>", "text/html");
    let gateway = json!({ "status": 404, "error": "Not Found", "path": "/api/v2/item_get_inquir" });
    for (answer, kind) in [
        (json(404, gateway), CallErrorKind::WrongPath),
        (html(404), CallErrorKind::WrongPath),
        (html(403), CallErrorKind::Intermediary(403)),
        (json(401, json!({ "message": "no key" })), CallErrorKind::Intermediary(401)),
        (ResponseTemplate::new(401), CallErrorKind::Intermediary(401)),
        (html(500), CallErrorKind::Intermediary(500)),
        (html(503), CallErrorKind::Unavailable(503)),
        (html(200), CallErrorKind::Intermediary(200)),
        (json(200, json!({ "error": "login_required" })), CallErrorKind::Intermediary(200)),
        (json(200, json!(["sign in"])), CallErrorKind::Intermediary(200)),
        (json(200, json!({ "data": {} })), CallErrorKind::BadAnswer(BadAnswer::WrongShape)),
    ] {
        assert_eq!(refused(answer).await, kind);
    }
}

#[tokio::test]
async fn a_compressed_body_is_not_read_and_its_status_counts() {
    let squeezed = |status, coding: &str| {
        ResponseTemplate::new(status).insert_header("content-encoding", coding).set_body_bytes(vec![31, 139])
    };
    for (status, name) in [
        (401, "unauthorized"),
        (403, "permission_denied"),
        (404, "wrong_path"),
        (500, "server_fault"),
        (503, "unavailable"),
        (200, "bad_answer"),
    ] {
        assert_eq!(refused(squeezed(status, "gzip")).await.name(), name, "{status}");
    }
    assert_eq!(refused(squeezed(401, "identity, BR")).await.name(), "unauthorized");
    for harmless in ["identity", "", "Identity", "utf-8", "none", "identity, UTF-8"] {
        assert!(
            answered(ok(nested()).insert_header("content-encoding", harmless)).await.is_ok(),
            "{harmless}"
        );
    }
}
