//! `Idempotency-Key`: a request that is repeated with the same key is done once, and gets the same answer.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{MatchedPath, Request};
use axum::http::header::{HeaderMap, HeaderName, HeaderValue};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use checkout::Checkout;
use desk::{Desk, Records};
use records::{Claim, ClaimAsked, Key};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::caller::Caller;
use super::failure::ApiFailure;
use super::invalid_field::InvalidField;
use super::problem::{PROBLEM, shape};
use crate::web::edge::request_body::LONGEST;
use crate::web::edge::request_id::RequestId;

/// What an answer that is kept has in place of a token. No text in JSON contains this, since quotes are escaped
/// there.
const NO_TOKEN: &str = "\"token\":null";
/// The header.
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that the answer is that of an earlier request.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// The longest key, in characters.
const LONGEST_KEY: usize = 255;
/// The longest answer that is kept, in bytes.
const LONGEST_ANSWER: usize = 1024 * 1024;
/// A request that was not answered after this time was cut off with its process, at whatever instance that was. Until
/// then a repeated one is told to wait. It may be done again, since each call may be
/// repeated without harm: an order that has redeemed an offer redeems it again, and the same acceptance finds
/// its offer.
const LONGEST_REQUEST: Duration = Duration::from_secs(15);

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
    pub(super) checkout: Arc<Checkout>,
    pub(super) desk: Desk,
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
        match self.records.claim(claimed.asked(), LONGEST_REQUEST).await {
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
        let Some(status) = status else {
            tracing::error!("the kept answer to a request with an Idempotency-Key has no status");
            return ApiFailure::internal().into_response();
        };
        let body = match self.with_token(body, caller).await {
            Ok(body) => body,
            Err(failure) => return failure.into_response(),
        };
        let kind = if status.is_success() { HeaderValue::from_static("application/json") } else { PROBLEM };
        let headers = [(header::CONTENT_TYPE, kind), (REPLAYED, HeaderValue::from_static("true"))];
        (status, headers, body).into_response()
    }

    /// The kept body, with a token that is signed now if it had one.
    async fn with_token(&self, body: &str, caller: &Caller) -> Result<String, ApiFailure> {
        if !body.contains(NO_TOKEN) {
            return Ok(body.to_owned());
        }
        let offer = serde_json::from_str::<Id>(body).map(|id| id.id).unwrap_or_default();
        let kept = self.checkout.get(&offer, Some(caller.id())).await?;
        let token = self.checkout.token(&kept.offer);
        Ok(body.replacen(NO_TOKEN, &format!("\"token\":\"{}\"", token.expose()), 1))
    }
}

/// The id of an offer.
#[derive(Deserialize)]
struct Id {
    id: String,
}

/// Whether a repeated request is to get this answer. An error of ours may be over then, the limit too, and a
/// key may be valid then.
fn is_final(status: StatusCode) -> bool {
    let passing = [StatusCode::UNAUTHORIZED, StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
    !status.is_server_error() && !passing.contains(&status)
}

/// The token of an offer.
#[derive(Deserialize)]
struct Token {
    token: String,
}

/// The body without the token of an offer, in whose place is [`NO_TOKEN`]. A token is never kept.
fn without_token(body: &Bytes) -> String {
    let text = String::from_utf8_lossy(body);
    match serde_json::from_slice::<Token>(body) {
        Ok(Token { token }) => text.replace(&format!("\"token\":\"{token}\""), NO_TOKEN),
        Err(_) => text.into_owned(),
    }
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
