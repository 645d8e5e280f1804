use std::sync::Arc;

use app::shopper::functions::{AskQuote, AskSearch, Asking, Call};
use axum::extract::{Extension, Request, State};
use axum::http::HeaderValue;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use desk::Desks;
use domain::{Category, Term};
use futures::FutureExt;
use leptos::prelude::provide_context;
use leptos::server_fn::axum::register_explicit;

use crate::web::edge::headers::{RESOURCE, UNSTORED, text};
use crate::web::edge::limits::Asker;
use crate::web::edge::request_id::RequestId;
use crate::web::site::Site;

/// Registers the server functions explicitly, because the linker may remove code that registers itself.
pub(in crate::web) fn register() {
    register_explicit::<AskQuote>();
    register_explicit::<AskSearch>();
}

/// `POST /api/fn/…`
pub(in crate::web) async fn call(
    State(site): State<Site>,
    State(desks): State<Desks>,
    asker: Asker,
    Extension(id): Extension<RequestId>,
    request: Request,
) -> Response {
    let admit = move |merchant: &str| {
        let (merchant, asker, desks) = (site.merchants().get(merchant), asker.clone(), desks.clone());
        let admitted = async move {
            // All merchants that do not exist share one limit.
            asker.admit(merchant.as_ref().map_or("", |merchant| &merchant.id)).await?;
            Ok(match merchant {
                Some(merchant) => {
                    Asking { desks: merchant.desks(&desks), categories: Arc::clone(&merchant.categories) }
                }
                None => Asking { desks: desks.select(&[], false, None), categories: Category::ALL.into() },
            })
        };
        admitted.boxed()
    };
    let headers = request.headers();
    let call = Call {
        request_id: id.0,
        accept_language: text(headers, header::ACCEPT_LANGUAGE).into_owned(),
        is_plain_form_post: text(headers, header::ACCEPT).contains("text/html"),
        admit: Arc::new(admit),
    };
    let mut response =
        leptos_axum::handle_server_fns_with_context(move || provide_context(call.clone()), request)
            .await
            .into_response();
    if response.status().is_redirection() {
        // A frame in a page under COEP loads this answer on its way from the form to the price.
        response.headers_mut().insert(RESOURCE, HeaderValue::from_static("cross-origin"));
    }
    response.headers_mut().insert(header::CACHE_CONTROL, UNSTORED);
    response
}
