//! What an answer means: by its status, then by its body.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::Value;

use crate::number::lenient;
use crate::wire::Envelope;
use crate::{BadAnswer, CallErrorKind, Inquiry, Profile};

/// An answer that was received whole.
pub(crate) struct Received<'a> {
    pub(crate) status: StatusCode,
    pub(crate) bytes: &'a [u8],
    /// How long the partner asks to wait.
    pub(crate) retry_after: Option<Duration>,
    /// What must stay secret even if the partner echoes it.
    pub(crate) kept_quiet: &'a [&'a str],
}

impl Inquiry {
    /// Reads an answer to an inquiry, without the HTTP around it.
    ///
    /// # Errors
    /// [`CallErrorKind`] for every answer that is not a price.
    pub fn from_answer(status: u16, body: &[u8]) -> Result<Self, CallErrorKind> {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let data = data(Received { status, bytes: body, retry_after: None, kept_quiet: &[] })?;
        Self::read(data).map_err(CallErrorKind::BadAnswer)
    }
}

/// The `data` of an answer, or what is wrong with it.
pub(crate) fn data(received: Received<'_>) -> Result<Value, CallErrorKind> {
    let Received { status, bytes, retry_after, kept_quiet } = received;
    let envelope = serde_json::from_slice::<Envelope<Value>>(bytes);
    let is_json = envelope.is_ok();
    let message = || {
        let message = envelope.as_ref().ok().and_then(|it| it.msg.as_deref());
        quiet(message.unwrap_or_default(), kept_quiet)
    };
    Err(match status {
        StatusCode::OK => return priced(envelope, kept_quiet),
        StatusCode::BAD_REQUEST => CallErrorKind::InvalidParameters(message()),
        StatusCode::UNAUTHORIZED => CallErrorKind::Unauthorized(message()),
        StatusCode::FORBIDDEN if Profile::means_quota(&message()) => CallErrorKind::QuotaExhausted(message()),
        StatusCode::FORBIDDEN => CallErrorKind::PermissionDenied(message()),
        StatusCode::NOT_FOUND if is_json => CallErrorKind::ModelUnknown(message()),
        StatusCode::NOT_FOUND => CallErrorKind::WrongPath,
        StatusCode::TOO_MANY_REQUESTS => CallErrorKind::TooManyRequests { retry_after },
        StatusCode::INTERNAL_SERVER_ERROR => match Profile::means_not_accepted(&message()) {
            Some(reason) => CallErrorKind::NotAccepted(reason),
            None => CallErrorKind::ServerFault(message()),
        },
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            CallErrorKind::Unavailable(status.as_u16())
        }
        other => CallErrorKind::Refused { code: other.as_u16().to_string(), message: message() },
    })
}

/// The answers for that many devices, in their order: an array under `data`, or under
/// `data.items`, of which each says with a `code` what a call of its own would with its status.
///
/// # Errors
/// [`BadAnswer::WrongShape`] where there is not one for each, or they number themselves in
/// another order: no price may get to another's device.
pub(crate) fn answers(
    data: Value,
    devices: usize,
    kept_quiet: &[&str],
) -> Result<Vec<Result<Inquiry, CallErrorKind>>, CallErrorKind> {
    let items = match data {
        Value::Array(items) => items,
        Value::Object(mut object) => match object.remove("items") {
            Some(Value::Array(items)) => items,
            _ => return Err(CallErrorKind::BadAnswer(BadAnswer::WrongShape)),
        },
        _ => return Err(CallErrorKind::BadAnswer(BadAnswer::WrongShape)),
    };
    if items.len() != devices || !in_order(&items) {
        return Err(CallErrorKind::BadAnswer(BadAnswer::WrongShape));
    }
    Ok(items.into_iter().map(|item| one_of_several(&item, kept_quiet)).collect())
}

/// Whether items that carry an `index` count from 0 or from 1. The partner is not known to
/// number them; where some are numbered and others are not, nobody knows which is whose.
fn in_order(items: &[Value]) -> bool {
    let unnumbered = items.iter().all(|item| item.get("index").is_none_or(Value::is_null));
    let counted_from = |first: u64| {
        items.iter().zip(first..).all(|(item, place)| {
            let index = item.get("index").and_then(|index| lenient(index).ok().flatten());
            index.is_some_and(|index| index.0 == place.into())
        })
    };
    unnumbered || counted_from(0) || counted_from(1)
}

fn one_of_several(item: &Value, kept_quiet: &[&str]) -> Result<Inquiry, CallErrorKind> {
    let code = serde_json::from_value::<Envelope<Value>>(item.clone()).ok().and_then(|item| item.code);
    let status = code.and_then(|code| StatusCode::from_u16(code.0.try_into().ok()?).ok());
    let bytes = item.to_string();
    // A code that is no HTTP status is the partner's own.
    let status = status.unwrap_or(StatusCode::OK);
    let data = data(Received { status, bytes: bytes.as_bytes(), retry_after: None, kept_quiet })?;
    Inquiry::read(data).map_err(CallErrorKind::BadAnswer)
}

/// The `data` of an answer with status 200.
fn priced(
    envelope: Result<Envelope<Value>, serde_json::Error>,
    kept_quiet: &[&str],
) -> Result<Value, CallErrorKind> {
    let Envelope { code, data, msg } = envelope.map_err(|error| {
        CallErrorKind::BadAnswer(if error.is_data() { BadAnswer::WrongShape } else { BadAnswer::NotJson })
    })?;
    match (code, data) {
        (Some(code), Some(data)) if code.0.is_zero() => Ok(data),
        (Some(code), _) if !code.0.is_zero() => {
            let message = quiet(msg.as_deref().unwrap_or_default(), kept_quiet);
            Err(CallErrorKind::Refused { code: code.0.to_string(), message })
        }
        _ => Err(CallErrorKind::BadAnswer(BadAnswer::WrongShape)),
    }
}

/// The partner's words, fit for a log: short, on one line, without what must stay secret
/// in case it was echoed.
fn quiet(message: &str, kept_quiet: &[&str]) -> String {
    const LONGEST: usize = 200;
    let message = kept_quiet.iter().fold(message.to_owned(), |text, secret| text.replace(secret, "***"));
    message.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect()
}
