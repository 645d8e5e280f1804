//! What a shop's page loads and asks from this server.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::header::{self, HeaderMap, HeaderName};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::loader::SOON;
use crate::merchants::PageOrigin;
use crate::web::edge::headers::{UNSTORED, text};
use crate::web::site::Site;

/// Module scripts need CORS headers. Content that changes under the same address is cached only briefly.
pub(in crate::web) async fn open_to_shops(mut response: Response) -> Response {
    let found = matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED);
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.entry(header::CACHE_CONTROL).or_insert(if found { SOON } else { UNSTORED });
    response
}

/// `GET /embed/v1.js`: the current loader.
pub(in crate::web) async fn loader(State(site): State<Site>, headers: HeaderMap) -> Response {
    site.loader().current(&headers)
}

/// `GET /embed/v1.HASH.js`: the loader with exactly this content.
pub(in crate::web) async fn pinned(State(site): State<Site>, headers: HeaderMap) -> Response {
    site.loader().pinned(&headers)
}

#[derive(Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    merchant: String,
}

/// The answer of `/embed/check`.
#[derive(Debug, Serialize)]
struct Check {
    /// The version of this format. It is increased when a field changes its meaning.
    version: u8,
    /// Whether the merchant exists.
    merchant: bool,
    /// Whether the page that asks may frame the widget.
    origin: bool,
}

/// `GET /embed/check?merchant=ID`: whether the page that asks may show the widget; used to find out why it
/// does not show. The page is known by `Origin`, which no script can forge.
pub(in crate::web) async fn check(
    State(site): State<Site>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let merchant = site.merchants().get(&asked.merchant);
    let page = PageOrigin::of(&text(&headers, header::ORIGIN));
    let own = match &page {
        Some(page) => site.is_ours(page, &headers),
        // Our own pages send no `Origin` with this request.
        None => text(&headers, HeaderName::from_static("sec-fetch-site")) == "same-origin",
    };
    let admitted = |page: &PageOrigin| merchant.as_ref().is_some_and(|merchant| merchant.admits(page));
    let origin = merchant.is_some() && (own || page.as_ref().is_some_and(admitted));
    let check = Check { version: 1, merchant: merchant.is_some(), origin };
    ([(header::CACHE_CONTROL, UNSTORED), (header::VARY, HeaderValue::from_static("origin"))], Json(check))
        .into_response()
}
