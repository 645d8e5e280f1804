use axum::http::HeaderValue;
use axum::http::header::{self, HeaderName};
use axum::response::Response;

/// What a shop's page may load from here: module scripts come with CORS, and a page under
/// COEP takes only what allows it.
pub(super) async fn open_to_shops(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let mut set =
        |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    set(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
    // The address keeps its version, so a mend must arrive soon.
    set(header::CACHE_CONTROL, "public, max-age=300, stale-while-revalidate=86400");
    response
}
