//! Interprets an answer: first whether it is from the partner, then its status, then its body.

use std::time::Duration;

use outgoing::{Body, quiet};
use provider::BadAnswer;
use reqwest::StatusCode;
use serde_json::Value;

use crate::wire::Envelope;
use crate::{CallErrorKind, Inquiry, Profile};

/// An answer that was received.
pub(crate) struct Received<'a> {
    pub(crate) status: StatusCode,
    pub(crate) body: &'a Body,
    /// How long to wait, if the partner asks for that.
    pub(crate) retry_after: Option<Duration>,
    /// Texts that must stay secret, even if the partner repeats them in its answer.
    pub(crate) kept_quiet: &'a [&'a str],
}

/// The `data` of an answer or the error in it, and whether the answer is from the partner.
pub(crate) struct Understood {
    pub(crate) data: Result<Value, CallErrorKind>,
    pub(crate) is_partners: bool,
}

impl Inquiry {
    /// Reads an answer to an inquiry, without the HTTP around it.
    ///
    /// # Errors
    /// [`CallErrorKind`] for every answer that is not a price.
    pub fn from_answer(status: u16, body: &[u8]) -> Result<Self, CallErrorKind> {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = Body::Plain(body.to_vec());
        let received = Received { status, body: &body, retry_after: None, kept_quiet: &[] };
        Self::read(understand(&received).data?).map_err(CallErrorKind::BadAnswer)
    }
}

/// Reads an answer. Only a JSON object with `code` is from the partner; anything else is judged by its HTTP
/// status (decisions 27 and 29 of the partner's protocol).
pub(crate) fn understand(received: &Received<'_>) -> Understood {
    let Received { status, retry_after, kept_quiet, .. } = *received;
    let body = match received.body {
        Body::Plain(bytes) => bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes),
        Body::Compressed => {
            return Understood { data: Err(compressed(status, retry_after)), is_partners: false };
        }
    };
    let json = serde_json::from_slice::<Value>(body);
    let (data, is_partners) = match json {
        Ok(json) if json.get("code").is_some() => (partners(status, json, retry_after, kept_quiet), true),
        // The partner's shape, except that `code` is missing.
        Ok(json) if status.is_success() && json.get("data").is_some() => {
            (Err(CallErrorKind::BadAnswer(BadAnswer::WrongShape)), false)
        }
        Err(_) if status.is_success() && !is_markup(body) => {
            (Err(CallErrorKind::BadAnswer(BadAnswer::NotJson)), false)
        }
        _ => (Err(anothers(status, retry_after)), false),
    };
    Understood { data, is_partners }
}

/// Interprets an answer from the partner: by its status or, if that is a success, by its `code`.
fn partners(
    status: StatusCode,
    json: Value,
    retry_after: Option<Duration>,
    kept_quiet: &[&str],
) -> Result<Value, CallErrorKind> {
    let envelope = serde_json::from_value::<Envelope<Value>>(json);
    let Envelope { code, msg, data } =
        envelope.map_err(|_| CallErrorKind::BadAnswer(BadAnswer::WrongShape))?;
    let message = quiet(msg.as_deref().unwrap_or_default(), kept_quiet);
    if !status.is_success() {
        return Err(refusal(status, message, retry_after));
    }
    match (code, data) {
        (Some(code), Some(data)) if code.0.is_zero() => Ok(data),
        (Some(code), _) if !code.0.is_zero() => {
            let error = |status: &StatusCode| status.is_client_error() || status.is_server_error();
            let number: u16 = code.0.try_into().unwrap_or_default();
            Err(match StatusCode::from_u16(number).ok().filter(error) {
                Some(status) => refusal(status, message, retry_after),
                None if Profile::means_quota(number, &message) => CallErrorKind::QuotaExhausted(message),
                None => CallErrorKind::Refused { code: code.0.to_string(), message },
            })
        }
        _ => Err(CallErrorKind::BadAnswer(BadAnswer::WrongShape)),
    }
}

/// The meaning of a status, or of a `code` with the same number, in an answer from the partner. A text that
/// says that the quota is used up takes precedence, because it comes with several codes.
fn refusal(status: StatusCode, message: String, retry_after: Option<Duration>) -> CallErrorKind {
    match status {
        _ if Profile::means_quota(status.as_u16(), &message) => CallErrorKind::QuotaExhausted(message),
        StatusCode::BAD_REQUEST => CallErrorKind::InvalidParameters(message),
        StatusCode::UNAUTHORIZED => CallErrorKind::Unauthorized(message),
        StatusCode::FORBIDDEN => CallErrorKind::PermissionDenied(message),
        StatusCode::NOT_FOUND => CallErrorKind::ModelUnknown(message),
        StatusCode::INTERNAL_SERVER_ERROR => match Profile::means_not_accepted(&message) {
            Some(reason) => CallErrorKind::NotAccepted(reason),
            None => CallErrorKind::ServerFault(message),
        },
        _ => of_any(status, retry_after)
            .unwrap_or_else(|| CallErrorKind::Refused { code: status.as_u16().to_string(), message }),
    }
}

/// Whether a body is HTML or XML, such as a sign-in page.
fn is_markup(body: &[u8]) -> bool {
    body.trim_ascii_start().first() == Some(&b'<')
}

/// The meaning of a status in an answer that is not from the partner. A successful one is a sign-in page or
/// the like.
fn anothers(status: StatusCode, retry_after: Option<Duration>) -> CallErrorKind {
    match status {
        StatusCode::NOT_FOUND => CallErrorKind::WrongPath,
        _ => of_any(status, retry_after).unwrap_or(CallErrorKind::Intermediary(status.as_u16())),
    }
}

/// The meaning of a status whose body is not read. A 404 does not mean that the model is unknown, because it
/// may be a gateway's.
fn compressed(status: StatusCode, retry_after: Option<Duration>) -> CallErrorKind {
    match status {
        StatusCode::NOT_FOUND => CallErrorKind::WrongPath,
        _ if status.is_success() => CallErrorKind::BadAnswer(BadAnswer::Compressed),
        _ => refusal(status, String::new(), retry_after),
    }
}

/// The statuses that mean the same from the partner and from a gateway in front of it.
fn of_any(status: StatusCode, retry_after: Option<Duration>) -> Option<CallErrorKind> {
    match status {
        StatusCode::TOO_MANY_REQUESTS => Some(CallErrorKind::TooManyRequests { retry_after }),
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            Some(CallErrorKind::Unavailable(status.as_u16()))
        }
        _ => None,
    }
}
