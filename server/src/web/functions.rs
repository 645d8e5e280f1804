use std::sync::Arc;

use app::functions::{AskQuote, AskSearch, Call, RequestId};
use axum::body::{Body, HttpBody};
use axum::extract::{Extension, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use desk::Desk;
use http_body_util::Limited;
use leptos::prelude::provide_context;
use leptos::server_fn::axum::register_explicit;

use super::limits::Asker;
use super::site::Site;

/// Makes the server functions known. The linker may leave out what registers itself.
pub(super) fn register() {
    register_explicit::<AskQuote>();
    register_explicit::<AskSearch>();
}

/// The longest body of a call, in bytes: many times what a filled form has.
const LONGEST_CALL: usize = 64 * 1024;

/// `POST /api/fn/…`
pub(super) async fn call(
    State(site): State<Site>,
    State(desk): State<Desk>,
    asker: Asker,
    Extension(id): Extension<RequestId>,
    request: Request,
) -> Response {
    if request.body().size_hint().lower() > LONGEST_CALL as u64 {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    // One that does not tell its length beforehand is cut off.
    let request = request.map(|body| Body::new(Limited::new(body, LONGEST_CALL)));
    // One who makes merchants up gets no further bucket by it.
    let admit = move |merchant: &str| {
        let known = site.merchants().get(merchant).map_or("", |merchant| &merchant.id);
        asker.admit(known)
    };
    let call = Call { desk, id, admit: Arc::new(admit) };
    leptos_axum::handle_server_fns_with_context(move || provide_context(call.clone()), request)
        .await
        .into_response()
}
