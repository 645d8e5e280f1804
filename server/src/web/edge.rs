use std::time::Instant;

use app::functions::RequestId;
use axum::body::{Body, HttpBody};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use desk::Desk;
use http_body_util::Limited;
use tracing::Instrument;

use super::site::Site;
use super::{headers, same_origin};

/// The longest body of a request, in bytes: many times what a filled form has.
const LONGEST_BODY: usize = 64 * 1024;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// What every request goes through, in one piece: each layer of its own costs time.
///
/// Gives each request an id, under which its log lines and its answer can be found, and logs
/// its end: refusals at `info`, all others at `debug`. A proxy's id is kept if it looks like
/// one.
///
/// Logged is the route, not the address: addresses hold what people typed, and quote ids,
/// which open quotes.
///
/// Lets only our own pages change something, by not too long a body, and adds the headers that all answers have.
pub(super) async fn pass(
    State(site): State<Site>,
    State(desk): State<Desk>,
    mut request: Request,
    next: Next,
) -> Response {
    let given =
        request.headers().get(HEADER).and_then(|value| value.to_str().ok()).filter(|id| is_plausible(id));
    let id = given.map_or_else(|| format!("{:016x}", rand::random::<u64>()), str::to_owned);
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    request.extensions_mut().insert(RequestId(id.clone()));
    let span = tracing::info_span!("request", request_id = %id);
    async move {
        let start = Instant::now();
        let longest = match route.as_ref().map(MatchedPath::as_str) {
            // Says itself that a list is too large, and to the operator only.
            Some("/batch") => usize::MAX,
            _ => LONGEST_BODY,
        };
        let mut response = match same_origin::refusal(&site, &desk, &request) {
            Some(refusal) => refusal,
            None if request.method().is_safe() => next.run(request).await,
            None if request.body().size_hint().lower() > longest as u64 => {
                StatusCode::PAYLOAD_TOO_LARGE.into_response()
            }
            // One that does not tell its length beforehand is cut off.
            None => next.run(request.map(|body| Body::new(Limited::new(body, longest)))).await,
        };
        headers::protect(response.headers_mut());
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(HEADER, value);
        }
        let route = route.as_ref().map_or("other", MatchedPath::as_str);
        let (status, latency_ms) = (response.status().as_u16(), start.elapsed().as_millis());
        if response.status().is_client_error() || response.status().is_server_error() {
            tracing::info!(%method, route, status, latency_ms, "refused");
        } else {
            tracing::debug!(%method, route, status, latency_ms, "answered");
        }
        response
    }
    .instrument(span)
    .await
}

fn is_plausible(id: &str) -> bool {
    (8..=40).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}
