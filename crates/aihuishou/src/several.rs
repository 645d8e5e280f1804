//! One answer for several devices.

use domain::QuoteRequest;
use outgoing::Body;
use provider::BadAnswer;
use reqwest::StatusCode;
use serde_json::Value;

use crate::answer::{Received, understand};
use crate::number::lenient;
use crate::{CallErrorKind, Inquiry};

/// The answers for these devices, in their order. They are an array under `data` or under `data.items`. In
/// each, `code` means the same as the HTTP status of a call for that device alone.
///
/// # Errors
/// [`BadAnswer::WrongShape`] if there is not exactly one for each device, or if they number themselves in
/// another order: no device may get another device's price.
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

/// Whether items with an `index` are numbered in order from 0 or from 1. The partner is not known to number
/// them. If some have a number and others not, it is unknown which belongs to which device.
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
    // No gateway can have replaced a part of an answer.
    if item.get("code").is_none() {
        return Err(CallErrorKind::BadAnswer(BadAnswer::WrongShape));
    }
    let body = Body::Plain(item.to_string().into_bytes());
    let received = Received { status: StatusCode::OK, body: &body, retry_after: None, kept_quiet };
    let inquiry = Inquiry::read(understand(&received).data?);
    inquiry.and_then(|inquiry| inquiry.of(device)).map_err(CallErrorKind::BadAnswer)
}
