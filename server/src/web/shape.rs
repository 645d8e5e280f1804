//! The one shape that errors have: a page or JSON, as it was asked for.

use app::functions::RequestId;
use app::refusal::Refusal;
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{self, HeaderMap};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use desk::Desk;
use domain::Failure;

use super::headers::{UNSTORED, text};
use super::refused::{Refused, of_status};
use super::site::Site;
use super::visit::{Visit, looks};

/// The longest answer that is read to put it into another shape, in bytes.
const LONGEST: usize = 64 * 1024;

/// In which shape an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Page,
    Json,
}

/// What of a request decides how an error is told.
pub(super) struct Asked {
    wanted: Option<Shape>,
    headers: HeaderMap,
    uri: Uri,
    /// Whether it called a server function.
    function: bool,
}

impl Asked {
    /// Keeps what is needed of `request`, for the route that it takes.
    pub(super) fn of(request: &Request, route: Option<&str>) -> Self {
        let names = [header::ACCEPT, header::ACCEPT_LANGUAGE];
        let kept =
            names.into_iter().filter_map(|name| Some((name.clone(), request.headers().get(name)?.clone())));
        let headers: HeaderMap = kept.collect();
        let wanted = wanted(&text(&headers, header::ACCEPT));
        let function = route.is_some_and(|route| route.starts_with("/api/fn/"));
        Self { wanted, headers, uri: request.uri().clone(), function }
    }

    /// Gives an answer of an error status its shape; others are left as they are.
    ///
    /// A handler that says nothing but a status, or something of its own (as extractors,
    /// routes and static files do), gets all of it here. What a handler shaped itself is
    /// changed only where the other shape was asked for.
    pub(super) async fn shape(
        self,
        answer: Response,
        (site, desk): (&Site, &Desk),
        id: &RequestId,
    ) -> Response {
        if !answer.status().is_client_error() && !answer.status().is_server_error() {
            return answer;
        }
        let had = shape_of(answer.headers());
        if had.is_some() && (self.wanted.is_none() || self.wanted == had) {
            return answer;
        }
        let (mut head, body) = answer.into_parts();
        let told = head.extensions.remove::<Refused>();
        let Refused { failure, said } = match (told, had) {
            (Some(told), _) => told,
            (None, Some(Shape::Json)) => match read(body).await {
                Ok(failure) => failure.into(),
                // It is JSON of another kind, such as whether the server is ready.
                Err(body) => return Response::from_parts(head, body),
            },
            (None, Some(Shape::Page)) => of_status(head.status, &head.headers).into(),
            (None, None) => {
                if self.function && head.status == StatusCode::BAD_REQUEST {
                    // The framework's word for a function that it does not have.
                    head.status = StatusCode::NOT_FOUND;
                }
                log_cause(head.status, body).await;
                of_status(head.status, &head.headers).into()
            }
        };
        let failure = failure.with_request_id(&id.0);
        let visit = Visit::new(site, desk, &self.headers, &looks(&self.uri), id.clone());
        let locale = visit.setting.locale;
        let explanation = said.map(|said| said.explain(locale));
        let shaped = match (self.wanted, explanation) {
            (Some(Shape::Page), None) => visit.refuse(failure, "/".to_owned()),
            (Some(Shape::Page), Some(explanation)) => visit.refuse_saying(failure, explanation),
            (_, explanation) => {
                let refusal = Refusal::new(locale, &failure);
                let refusal = match explanation {
                    Some(explanation) => refusal.explained(explanation),
                    None => refusal,
                };
                ([(header::CACHE_CONTROL, UNSTORED)], Json(refusal)).into_response()
            }
        };
        let (new, body) = shaped.into_parts();
        // What the old answer said of its content holds no longer; all else does.
        for name in [
            header::CACHE_CONTROL,
            header::CONTENT_DISPOSITION,
            header::CONTENT_ENCODING,
            header::CONTENT_LENGTH,
            header::CONTENT_SECURITY_POLICY,
            header::CONTENT_TYPE,
            header::ETAG,
            header::LAST_MODIFIED,
            header::TRANSFER_ENCODING,
        ] {
            head.headers.remove(name);
        }
        head.headers.extend(new.headers);
        Response::from_parts(head, body)
    }
}

/// What an `Accept` asks for; `None` where it takes either. Browsers that open a page name
/// both.
fn wanted(accept: &str) -> Option<Shape> {
    if accept.contains("text/html") {
        Some(Shape::Page)
    } else if accept.contains("application/json") {
        Some(Shape::Json)
    } else {
        None
    }
}

/// The shape that an answer has.
fn shape_of(headers: &HeaderMap) -> Option<Shape> {
    let kind = text(headers, header::CONTENT_TYPE);
    if kind.starts_with("text/html") {
        Some(Shape::Page)
    } else if kind.starts_with("application/json") {
        Some(Shape::Json)
    } else {
        None
    }
}

/// The failure that a refusal in JSON tells, or the body as it was.
async fn read(body: Body) -> Result<Failure, Body> {
    let bytes = to_bytes(body, LONGEST).await.map_err(|_| Body::empty())?;
    serde_json::from_slice(&bytes).map_err(|_| Body::from(bytes))
}

/// Logs what a bare answer says of a fault of ours; a handler that says nothing has logged it.
async fn log_cause(status: StatusCode, body: Body) {
    if !status.is_server_error() {
        return;
    }
    let cause = to_bytes(body, LONGEST).await.unwrap_or_default();
    if !cause.is_empty() {
        tracing::error!(%status, cause = %String::from_utf8_lossy(&cause), "a request failed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_a_page_and_a_script_json() {
        assert_eq!(wanted("text/html,application/xhtml+xml,*/*;q=0.8"), Some(Shape::Page));
        assert_eq!(wanted("application/json, text/plain, */*"), Some(Shape::Json));
        assert_eq!(wanted("application/json, text/html"), Some(Shape::Page));
        assert_eq!(wanted("*/*"), None);
        assert_eq!(wanted(""), None);
    }
}
