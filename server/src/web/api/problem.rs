//! A failure as `application/problem+json` (RFC 9457).

use axum::Json;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use checkout::{Amount, Refusal};
use domain::{Failure, Moment};
use serde::Serialize;
use utoipa::ToSchema;

use super::failure::ApiFailure;
use super::invalid_field::InvalidField;
use super::schema;
use crate::web::edge::headers::UNSTORED;
use crate::web::edge::refused::{Refused, of_status};
use crate::web::edge::request_id::RequestId;

/// The media type.
pub(super) const PROBLEM: HeaderValue = HeaderValue::from_static("application/problem+json");
/// The scheme by which a backend shows its key (RFC 6750).
const BEARER: HeaderValue = HeaderValue::from_static("Bearer");

/// Why a call failed (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::web) struct Problem {
    /// The page that explains the code, relative to this server.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", examples("/docs/api#not_found"))]
    kind: String,
    /// What the code means: the same text for each failure with this code.
    title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What happened here.
    detail: String,
    /// The code, of a closed list.
    #[schema(value_type = schema::ProblemCode)]
    code: &'static str,
    /// The request's id, under which the server's log has more. It is in the header `X-Request-Id` too.
    request_id: String,
    /// With `invalid_input`: what is wrong with which field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    fields: Vec<InvalidField>,
    /// With `not_accepted`: `stale`, `estimated`, `unknown_end` or `no_credit` for a quote; `scrapped`, `counterfeit`,
    /// `not_on_sale`, `not_by_shop` or `unspecified` for a device.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    reason: Option<&'static str>,
    /// With `amount_mismatch`: what the offer is worth.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = schema::Amount, required = false)]
    expected: Option<Amount>,
    /// With `amount_mismatch`: what was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = schema::Amount, required = false)]
    given: Option<Amount>,
    /// With `quota_exhausted`: when prices can be asked for again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, format = DateTime, required = false)]
    resets_at: Option<Moment>,
    /// With `rate_limited`: seconds to wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = u64, required = false)]
    retry_after_seconds: Option<u64>,
}

impl Problem {
    fn new(failure: &ApiFailure, status: u16, request_id: &str) -> Self {
        let code = failure.code();
        let amounts = match failure {
            ApiFailure::Refused(Refusal::AmountMismatch { expected, given }) => Some((*expected, *given)),
            _ => None,
        };
        let (expected, given) = amounts.unzip();
        let (resets_at, retry_after_seconds) = match failure {
            ApiFailure::Shared(Failure::QuotaExhausted { resets_at }) => (Some(*resets_at), None),
            ApiFailure::Shared(Failure::RateLimited { retry_after_seconds }) => {
                (None, Some(*retry_after_seconds))
            }
            _ => (None, None),
        };
        Self {
            kind: format!("/docs/api#{code}"),
            title: title(code),
            status,
            detail: failure.detail(),
            code,
            request_id: request_id.to_owned(),
            fields: failure.fields(),
            reason: failure.reason(),
            expected,
            given,
            resets_at,
            retry_after_seconds,
        }
    }
}

/// What a code means.
fn title(code: &str) -> &'static str {
    match code {
        "invalid_input" => "The request is invalid",
        "model_unknown" => "The model is not known",
        "not_accepted" => "This is not accepted",
        "quota_exhausted" => "The day's quota is used up",
        "rate_limited" => "Too many requests",
        "partner_unavailable" => "The partner cannot be reached",
        "partner_refused" => "The partner refuses this account",
        "expired" => "It has expired",
        "not_found" => "There is no such thing",
        "not_allowed" => "This is not allowed",
        "unauthorized" => "The API key is missing or not valid",
        "already_redeemed" => "An order has redeemed the offer",
        "amount_mismatch" => "The amount is not the offer's",
        "withdrawn" => "The shopper has withdrawn the offer",
        "conflict" => "The state does not allow this",
        _ => "An error on our side",
    }
}

/// Gives an answer with an error status its body; other answers are not changed.
pub(in crate::web) fn shape(mut answer: Response, id: &RequestId) -> Response {
    let status = answer.status();
    let is_failure = status.is_client_error() || status.is_server_error();
    if !is_failure || answer.headers().get(header::CONTENT_TYPE) == Some(&PROBLEM) {
        return answer;
    }
    let extensions = answer.extensions_mut();
    let failure = match (extensions.remove::<ApiFailure>(), extensions.remove::<Refused>()) {
        (Some(failure), _) => failure,
        (None, Some(refused)) => refused.failure().clone().into(),
        (None, None) => match status.as_u16() {
            408 => ApiFailure::Unreadable(status, "the body came too slowly"),
            413 => ApiFailure::Unreadable(status, "the body is too long: it may have 48 KiB"),
            405 => ApiFailure::WrongMethod,
            _ => of_status(status, answer.headers()).into(),
        },
    };
    let failure = match failure {
        ApiFailure::Shared(failure) => ApiFailure::Shared(failure.with_request_id(&id.0)),
        other => other,
    };
    let problem = Problem::new(&failure, status.as_u16(), &id.0);
    let mut shaped = (status, Json(&problem)).into_response();
    let headers = shaped.headers_mut();
    headers.insert(header::CONTENT_TYPE, PROBLEM);
    headers.insert(header::CACHE_CONTROL, UNSTORED);
    // A route that exists says which methods it takes.
    if let Some(allow) = answer.headers().get(header::ALLOW) {
        headers.insert(header::ALLOW, allow.clone());
    }
    match failure {
        ApiFailure::Unauthorized => drop(headers.insert(header::WWW_AUTHENTICATE, BEARER)),
        ApiFailure::Shared(Failure::RateLimited { retry_after_seconds }) => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(retry_after_seconds));
        }
        ApiFailure::UnderWay => drop(headers.insert(header::RETRY_AFTER, HeaderValue::from(1))),
        _ => {}
    }
    shaped
}

#[cfg(test)]
mod tests {
    use super::super::failure::codes;
    use super::*;

    #[test]
    fn each_code_has_a_title_of_its_own() {
        let titles: std::collections::HashSet<_> = codes().into_iter().map(title).collect();
        assert_eq!(titles.len(), codes().len());
    }
}
