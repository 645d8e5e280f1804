//! `item_batch_inquir`: several devices in one call.

use std::collections::BTreeMap;

use aihuishou::wire::Envelope;
use aihuishou::{Number, Parameters, Profile};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::Sandbox;
use crate::checks::{Refusal, refuse, require};
use crate::inquiry::{Answer, REQUIRED, inquiry};
use crate::success::success;

/// The devices of a call, each with the parameters that an inquiry of it alone would have.
pub(crate) fn devices(given: &Parameters) -> Result<Vec<Parameters>, Refusal> {
    require(given, &["devices"])?;
    let text = given.get("devices").unwrap_or_default();
    let Ok(devices) = serde_json::from_str::<Vec<BTreeMap<String, String>>>(text) else {
        return refuse(StatusCode::BAD_REQUEST, "devices 格式错误，应为 JSON 数组");
    };
    match devices.len() {
        1..=Profile::MOST_DEVICES => Ok(devices.into_iter().map(Parameters::new).collect()),
        0 => refuse(StatusCode::BAD_REQUEST, "devices 为空"),
        _ => refuse(StatusCode::BAD_REQUEST, "devices 最多 50 台"),
    }
}

/// The answers to all devices, in their order. A refusal of one is its entry's code and message.
pub(crate) async fn answer(sandbox: &Sandbox, devices: &[Parameters], now: Timestamp) -> Response {
    let mut items = Vec::with_capacity(devices.len());
    for device in devices {
        let answer = match require(device, &REQUIRED) {
            Ok(()) => inquiry(sandbox, device, now).await,
            Err(refusal) => Err(refusal),
        };
        let item = match answer {
            Ok(Answer::Price(data)) => Envelope {
                code: Some(Number(Decimal::ZERO)),
                msg: Some("success".to_owned()),
                data: serde_json::to_value(data).ok(),
            },
            Ok(Answer::Garbled) => Envelope {
                code: Some(Number(Decimal::ZERO)),
                msg: None,
                data: Some(json!({ "price_info": {} })),
            },
            Err(Refusal(status, message)) => Envelope {
                code: Some(Number(status.as_u16().into())),
                msg: Some(message),
                data: None::<Value>,
            },
        };
        items.push(item);
    }
    success(json!({ "items": items }))
}
