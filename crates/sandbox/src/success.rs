//! The answer to a successful call.

use aihuishou::Number;
use aihuishou::wire::Envelope;
use axum::Json;
use axum::response::{IntoResponse, Response};
use rust_decimal::Decimal;
use serde::Serialize;

/// HTTP 200 with code 0 and `data`.
pub(crate) fn success<T: Serialize>(data: T) -> Response {
    let code = Some(Number(Decimal::ZERO));
    Json(Envelope { code, msg: Some("success".to_owned()), data: Some(data) }).into_response()
}
