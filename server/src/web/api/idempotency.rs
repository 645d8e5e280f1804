//! `Idempotency-Key`: a request that is repeated with the same key is done once, and gets the same answer.

use std::time::Instant;

use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{MatchedPath, Request};
use axum::http::header::{HeaderMap, HeaderName, HeaderValue};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use checkout::Checkout;
use desk::{Desk, Records};
use jiff::SignedDuration;
use records::{Claim, ClaimAsked, Key};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::caller::Caller;
use super::failure::ApiFailure;
use super::field::InvalidField;
use super::problem::{is_problem, shape};
use crate::web::edge::request_body::LONGEST;
use crate::web::edge::request_id::RequestId;

/// The header.
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that the answer is that of an earlier request.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// The longest key, in characters.
const LONGEST_KEY: usize = 255;
/// The longest answer that is kept, in bytes.
const LONGEST_ANSWER: usize = 1024 * 1024;
/// A request that was not answered after this time was cut off. It may be done again, since each call may be
/// repeated without harm: an order that has redeemed an offer redeems it again, and the same acceptance finds
/// its offer.
const LONGEST_REQUEST: SignedDuration = SignedDuration::from_secs(15);

/// The key of a request, if it has one.
///
/// # Errors
/// [`ApiFailure::Invalid`] unless it is one header of 1 to 255 visible ASCII characters.
pub(super) fn key(headers: &HeaderMap) -> Result<Option<String>, ApiFailure> {
    let mut sent = headers.get_all(&IDEMPOTENCY_KEY).iter();
    let Some(value) = sent.next() else { return Ok(None) };
    let text = value.to_str().unwrap_or_default();
    let fits = (1..=LONGEST_KEY).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    if fits && sent.next().is_none() {
        return Ok(Some(text.to_owned()));
    }
    Err(wrong("malformed", "is not one header of 1 to 255 visible ASCII characters"))
}

fn wrong(problem: &'static str, message: &str) -> ApiFailure {
    ApiFailure::Invalid(vec![InvalidField::new("Idempotency-Key", problem, message)])
}

/// What keeps the answers.
#[derive(Clone)]
pub(super) struct Keeper {
    pub(super) records: Records,
    pub(super) checkout: std::sync::Arc<Checkout>,
    pub(super) desk: Desk,
    /// When this server started. What was under way before that was cut off with its process.
    pub(super) started: Instant,
}

/// A request whose key is claimed.
struct Claimed {
    merchant: String,
    key: String,
    request: Key,
}

impl Claimed {
    fn asked(&self) -> ClaimAsked<'_> {
        ClaimAsked { merchant: &self.merchant, key: &self.key, request: &self.request }
    }
}

impl Keeper {
    /// Answers a request with that key: as the first time if it was answered before, else by `next`.
    pub(super) async fn once(&self, key: &str, caller: &Caller, request: Request, next: Next) -> Response {
        let id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
        let route = request.extensions().get::<MatchedPath>().cloned();
        let (parts, body) = request.into_parts();
        let Ok(body) = to_bytes(body, LONGEST).await else {
            return ApiFailure::Unreadable(StatusCode::BAD_REQUEST, "the body broke off").into_response();
        };
        let route = route.as_ref().map_or(parts.uri.path(), MatchedPath::as_str);
        let mode = if self.desk.is_sandbox() { "test" } else { "live" };
        let claimed = Claimed {
            merchant: caller.id().to_owned(),
            key: format!("{mode} {route} {key}"),
            request: hash(parts.uri.path(), &body),
        };
        let longest = SignedDuration::try_from(self.started.elapsed()).unwrap_or(LONGEST_REQUEST);
        let longest = longest.min(LONGEST_REQUEST);
        match self.records.claim(claimed.asked(), self.desk.now(), longest).await {
            Ok(Claim::New) => {
                let answer = next.run(Request::from_parts(parts, Body::from(body))).await;
                self.keep(&claimed, shape(answer, &id)).await
            }
            Ok(Claim::UnderWay) => ApiFailure::UnderWay.into_response(),
            Ok(Claim::Answered(status, body)) => self.replay(status, &body, caller).await,
            Ok(Claim::Other) => {
                wrong("not_valid", "was used for another request in the last day").into_response()
            }
            Err(error) => ApiFailure::of_records(&error).into_response(),
        }
    }

    /// Keeps the answer, unless a repeated request may get a better one. If it cannot be kept, a repeated
    /// request is done again.
    async fn keep(&self, claimed: &Claimed, answer: Response) -> Response {
        let (head, body) = answer.into_parts();
        let Ok(body) = to_bytes(body, LONGEST_ANSWER).await else {
            return ApiFailure::internal().into_response();
        };
        let kept = if is_final(head.status) {
            let text = without_token(&body);
            self.records.answer_claim(claimed.asked(), head.status.as_u16(), &text).await
        } else {
            self.records.drop_claim(claimed.asked()).await
        };
        if let Err(error) = kept {
            tracing::error!(%error, "the answer to a request with an Idempotency-Key cannot be kept");
        }
        Response::from_parts(head, Body::from(body))
    }

    /// The answer that was kept. The token of an offer is signed anew.
    async fn replay(&self, status: u32, body: &str, caller: &Caller) -> Response {
        let status = u16::try_from(status).ok().and_then(|status| StatusCode::from_u16(status).ok());
        let parsed = serde_json::from_str::<Value>(body);
        let (Some(status), Ok(mut json)) = (status, parsed) else {
            tracing::error!("the kept answer to a request with an Idempotency-Key cannot be read");
            return ApiFailure::internal().into_response();
        };
        if json.get("token").is_some_and(Value::is_null) {
            let offer = json["id"].as_str().unwrap_or_default();
            match self.checkout.get(offer, Some(caller.id())).await {
                Ok(kept) => json["token"] = self.checkout.token(&kept.offer).expose().into(),
                Err(error) => return ApiFailure::from(error).into_response(),
            }
        }
        let mut answer = (status, Json(json)).into_response();
        let headers = answer.headers_mut();
        if status.is_client_error() {
            let problem = HeaderValue::from_static("application/problem+json");
            headers.insert(header::CONTENT_TYPE, problem);
        }
        headers.insert(REPLAYED, HeaderValue::from_static("true"));
        debug_assert_eq!(is_problem(&answer), status.is_client_error());
        answer
    }
}

/// Whether a repeated request is to get this answer. An error of ours may be over then, the limit too, and a
/// key may be valid then.
fn is_final(status: StatusCode) -> bool {
    let passing = [StatusCode::UNAUTHORIZED, StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
    !status.is_server_error() && !passing.contains(&status)
}

/// The body without the token of an offer, in whose place is `null`. A token is never kept.
fn without_token(body: &Bytes) -> String {
    let Ok(mut json) = serde_json::from_slice::<Value>(body) else { return "null".to_owned() };
    if let Some(token) = json.get_mut("token") {
        *token = Value::Null;
    }
    json.to_string()
}

/// A hash of the request: its path and its body.
fn hash(path: &str, body: &[u8]) -> Key {
    let mut hash = Sha256::new();
    // The length comes first, so that different parts never give the same bytes.
    hash.update((path.len() as u64).to_be_bytes());
    hash.update(path);
    hash.update(body);
    Key::new(hash.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(values: &[&'static str]) -> Result<Option<String>, ApiFailure> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(IDEMPOTENCY_KEY, HeaderValue::from_static(value));
        }
        key(&headers)
    }

    #[test]
    fn a_key_has_up_to_255_visible_characters() {
        assert_eq!(sent(&[]), Ok(None));
        assert_eq!(sent(&["order-1/éé"]).is_err(), true);
        assert_eq!(sent(&["order-1"]), Ok(Some("order-1".to_owned())));
        let long: &'static str = "x".repeat(256).leak();
        assert!(sent(&[&long[..255]]).is_ok());
        for wrong in [&[long][..], &[""], &["a b"], &["a", "a"]] {
            assert!(sent(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn no_token_is_kept() {
        let body = Bytes::from_static(br#"{"id":"of_1","token":"a.b.c"}"#);
        assert_eq!(without_token(&body), r#"{"id":"of_1","token":null}"#);
        assert_eq!(without_token(&Bytes::from_static(b"{}")), "{}");
    }

    #[test]
    fn an_error_that_passes_is_not_kept() {
        for status in [401, 408, 429, 500, 502, 503] {
            assert!(!is_final(StatusCode::from_u16(status).unwrap()), "{status}");
        }
        for status in [200, 201, 400, 404, 409, 410, 422] {
            assert!(is_final(StatusCode::from_u16(status).unwrap()), "{status}");
        }
    }
}
