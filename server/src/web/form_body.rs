//! The body of a form's post, bounded.

use app::frame::FrameFields;
use app::functions::RequestId;
use app::refusal::Refusal;
use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap};
use axum::response::{IntoResponse, Response};
use desk::Desk;
use domain::Failure;

use super::headers::UNSTORED;
use super::pages::{Visit, text};
use super::site::Site;

/// The longest form that is read, in bytes: every answer at its full length has less than half
/// of it, percent-encoded.
const LONGEST_FORM: usize = 16 * 1024;

/// The body of a form's post; `None` where it is longer than a form can be, or broke off.
pub(super) async fn read_form(body: Body) -> Option<Bytes> {
    to_bytes(body, LONGEST_FORM).await.ok()
}

/// What is answered to a form that is too long to be one: 413, as a page or as JSON.
pub(super) fn refuse_long_form(site: &Site, desk: &Desk, headers: &HeaderMap, id: RequestId) -> Response {
    let failure = Failure::InvalidInput { fields: Vec::new() };
    let visit = Visit::new(site, desk, headers, &FrameFields::default(), id);
    let mut response = if text(headers, header::ACCEPT).contains("text/html") {
        visit.refuse(failure, "/".to_owned())
    } else {
        let refusal = Refusal::new(visit.setting.locale, &failure);
        ([(header::CACHE_CONTROL, UNSTORED)], Json(refusal)).into_response()
    };
    *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
    response
}
