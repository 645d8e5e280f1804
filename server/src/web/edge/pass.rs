use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use desk::Desk;
use futures::FutureExt;
use tracing::Instrument;

use super::foreign_post::is_nearby;
use super::refused::Refused;
use super::request_id::RequestId;
use super::same_origin::foreign_post;
use super::shape::Asked;
use super::{headers, host, request_body};
use crate::listening::Unreadable;
use crate::web::operator::auth::OperatorAuth;
use crate::web::site::Site;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The one layer that every request passes; several layers would cost more time.
///
/// It gives each request an id, which is in its log lines and its answer, and logs its end: refusals at
/// `info`, all others at `debug`. A proxy's id is kept if it looks like one.
///
/// The log contains the route and not the address: addresses contain what people typed, and quote ids, which
/// give access to quotes.
///
/// Only our own pages may change something, with a body that is neither too long nor too slow. Errors get
/// their shape, and all answers the common headers.
pub(in crate::web) async fn pass(
    State(site): State<Site>,
    State(desk): State<Desk>,
    State(auth): State<OperatorAuth>,
    mut request: Request,
    next: Next,
) -> Response {
    let given =
        request.headers().get(HEADER).and_then(|value| value.to_str().ok()).filter(|id| is_plausible(id));
    let id = given.map_or_else(|| format!("{:016x}", rand::random::<u64>()), str::to_owned);
    let unreadable = request.extensions().get::<Unreadable>().copied();
    // The substitute of an unreadable request has an address of its own, which is not logged.
    let route = request.extensions().get::<MatchedPath>().filter(|_| unreadable.is_none()).cloned();
    let method = request.method().clone();
    let request_id = RequestId(id.clone());
    request.extensions_mut().insert(request_id.clone());
    let span = tracing::info_span!("request", request_id = %id);
    async move {
        let start = Instant::now();
        let asked = Asked::of(&request, route.as_ref().map(MatchedPath::as_str));
        let longest = match route.as_ref().map(MatchedPath::as_str) {
            // These routes themselves report that a list is too large, and only to the operator.
            Some("/batch" | "/ops/prices") => usize::MAX,
            _ => request_body::LONGEST,
        };
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        if let Some(peer) = peer {
            site.proxies().notice(request.headers(), peer);
        }
        let answer = if let Some(Unreadable(status)) = unreadable {
            status.into_response()
        } else if !host::is_named_once(&request) {
            StatusCode::BAD_REQUEST.into_response()
        } else if let Some(post) = foreign_post(&site, &request) {
            let public_url = site.public_url();
            site.foreign_posts().note(&post, public_url.as_deref());
            let is_signed_in = auth.session(request.headers(), desk.now()).is_some();
            let reader = post.explained(is_signed_in, is_nearby(request.headers(), peer), public_url);
            Refused::from(reader).into_response()
        } else {
            answer(request, next, longest).await
        };
        let mut response = asked.shape(answer, (&site, &desk), &request_id).await;
        headers::protect(response.headers_mut(), site.is_https());
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

/// The routes' answer to a request, whose body may have at most `longest` bytes. A panic in a handler becomes
/// a 500; the panic hook has logged it.
async fn answer(request: Request, next: Next, longest: usize) -> Response {
    if request.method().is_safe() {
        return unless_it_panics(next.run(request)).await;
    }
    // If the body was cut off, the handler's answer is not used.
    let (request, cut_off) = match request_body::limit(request, longest) {
        Ok(limited) => limited,
        Err(status) => return status.into_response(),
    };
    let answer = unless_it_panics(next.run(request)).await;
    cut_off.status().map_or(answer, IntoResponse::into_response)
}

async fn unless_it_panics(answer: impl Future<Output = Response>) -> Response {
    // State that a panic left incomplete is dropped with the request, and its locks are released.
    let caught = AssertUnwindSafe(answer).catch_unwind().await;
    caught.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn is_plausible(id: &str) -> bool {
    (8..=40).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::extract::FromRef;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;
    use crate::Settings;
    use crate::partner::Counter;

    #[derive(Clone)]
    struct Context {
        site: Site,
        desk: Desk,
        auth: OperatorAuth,
    }

    impl FromRef<Context> for OperatorAuth {
        fn from_ref(context: &Context) -> Self {
            context.auth.clone()
        }
    }

    impl FromRef<Context> for Site {
        fn from_ref(context: &Context) -> Self {
            context.site.clone()
        }
    }

    impl FromRef<Context> for Desk {
        fn from_ref(context: &Context) -> Self {
            context.desk.clone()
        }
    }

    async fn panics() -> &'static str {
        panic!("on purpose")
    }

    /// The answers to a panic and to a handler that reports a cause, for that `Accept`.
    async fn told(path: &str, accept: &str) -> (StatusCode, String, String) {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}/tradein.db", folder.path().display());
        let settings = Settings::read(&|name| match name {
            "LEPTOS_SITE_ROOT" => Some(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site").to_owned()),
            "TRADEIN_DATABASE_URL" => Some(database.clone()),
            _ => None,
        });
        let settings = settings.unwrap();
        let counter = Counter::open(&settings).await.unwrap();
        let auth = OperatorAuth::new(&"token".into(), false);
        let context = Context { site: Site::find(&settings).unwrap(), desk: counter.desk.clone(), auth };
        let router = Router::new()
            .route("/panics", get(panics))
            .route("/fails", get(async || (StatusCode::BAD_GATEWAY, "what only the log is told")))
            .layer(from_fn_with_state(context, pass));
        let request =
            Request::get(path).header("host", "x").header("accept", accept).body(Body::empty()).unwrap();
        let answer = router.oneshot(request).await.unwrap();
        let (status, id) = (answer.status(), answer.headers()[HEADER].to_str().unwrap().to_owned());
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, id, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_panic_is_a_fault_of_ours_under_the_requests_id() {
        for (path, expected) in [("/panics", 500), ("/fails", 502)] {
            let (status, id, text) = told(path, "application/json").await;
            assert_eq!(status, expected);
            let refusal: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(refusal["code"], "internal");
            assert_eq!(refusal["request_id"], id.as_str());
            let (status, id, text) = told(path, "text/html").await;
            assert_eq!(status, expected);
            assert!(text.contains("data-code=\"internal\"") && text.contains(&id), "{text}");
            assert!(!text.contains("only the log"), "{text}");
        }
    }
}
