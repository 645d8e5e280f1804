use app::functions::{AskQuote, AskSearch, RequestId};
use axum::extract::{Extension, Request, State};
use axum::response::IntoResponse;
use desk::Desk;
use leptos::prelude::provide_context;
use leptos::server_fn::axum::register_explicit;

/// Makes the server functions known. The linker may leave out what registers itself.
pub(super) fn register() {
    register_explicit::<AskQuote>();
    register_explicit::<AskSearch>();
}

/// `POST /api/fn/…`
pub(super) async fn call(
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    request: Request,
) -> impl IntoResponse {
    let context = move || {
        provide_context(desk.clone());
        provide_context(id.clone());
    };
    leptos_axum::handle_server_fns_with_context(context, request).await
}
