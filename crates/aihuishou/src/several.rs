//! One answer for several devices.

use domain::QuoteRequest;
use provider::BadAnswer;
use reqwest::StatusCode;
use serde_json::Value;

use crate::answer::{Body, Received, understand};
use crate::number::lenient;
use crate::{CallErrorKind, Inquiry};

/// The answers for these devices, in their order: an array under `data`, or under `data.items`,
/// of which each says with a `code` what a call of its own would with its status.
///
/// # Errors
/// [`BadAnswer::WrongShape`] where there is not one for each, or they number themselves in
/// another order: no price may get to another's device.
pub(crate) fn answers<'a>(
    data: Value,
    devices: impl ExactSizeIterator<Item = &'a QuoteRequest>,
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
    if items.len() != devices.len() || !in_order(&items) {
        return Err(CallErrorKind::BadAnswer(BadAnswer::WrongShape));
    }
    Ok(items.iter().zip(devices).map(|(item, device)| one(item, device, kept_quiet)).collect())
}

/// Whether items that carry an `index` count from 0 or from 1. The partner is not known to
/// number them; where some are numbered and others are not, it is unknown which is whose.
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

fn one(item: &Value, device: &QuoteRequest, kept_quiet: &[&str]) -> Result<Inquiry, CallErrorKind> {
    // Nothing stands between this server and a part of an answer.
    if item.get("code").is_none() {
        return Err(CallErrorKind::BadAnswer(BadAnswer::WrongShape));
    }
    let bytes = item.to_string();
    let body = Body::Plain(bytes.as_bytes());
    let received = Received { status: StatusCode::OK, body, retry_after: None, kept_quiet };
    let inquiry = Inquiry::read(understand(&received).data?);
    inquiry.and_then(|inquiry| inquiry.of(device)).map_err(CallErrorKind::BadAnswer)
}
