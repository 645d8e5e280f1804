//! The shape of answers with an error status: a page or JSON, as the request asked for.

use app::parts::failure_report::FailureReport;
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
use super::request_id::RequestId;
use crate::web::api;
use crate::web::site::Site;
use crate::web::visit::{Visit, looks};

/// The longest answer that is converted to another shape, in bytes.
const LONGEST: usize = 64 * 1024;

/// The shape of an answer with an error status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Page,
    Json,
}

/// The facts of a request that decide on the shape of a failure.
pub(in crate::web) struct Asked {
    wanted: Option<Shape>,
    headers: HeaderMap,
    uri: Uri,
    /// Whether it called a server function.
    function: bool,
    /// Whether it called the API for backends.
    api: bool,
}

impl Asked {
    /// Copies what is needed from `request` and its route.
    pub(in crate::web) fn of(request: &Request, route: Option<&str>) -> Self {
        let names = [header::ACCEPT, header::ACCEPT_LANGUAGE];
        let kept =
            names.into_iter().filter_map(|name| Some((name.clone(), request.headers().get(name)?.clone())));
        let headers: HeaderMap = kept.collect();
        let wanted = wanted(&text(&headers, header::ACCEPT));
        let function = route.is_some_and(|route| route.starts_with("/api/fn/"));
        let api = api::is_below(request.uri().path());
        Self { wanted, headers, uri: request.uri().clone(), function, api }
    }

    /// Gives an answer with an error status its shape; other answers are not changed.
    ///
    /// Handlers that return only a status, and extractors, routes and static files with texts of their own,
    /// get the whole shape here. What a handler has shaped itself is changed only if the other shape was
    /// asked for.
    pub(in crate::web) async fn shape(
        self,
        answer: Response,
        (site, desk): (&Site, &Desk),
        id: &RequestId,
    ) -> Response {
        if !answer.status().is_client_error() && !answer.status().is_server_error() {
            return answer;
        }
        if self.api {
            return api::problem::shape(answer, id);
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
                // It is JSON of another kind, such as the answer of `/readyz`.
                Err(body) => return Response::from_parts(head, body),
            },
            (None, Some(Shape::Page)) => of_status(head.status, &head.headers).into(),
            (None, None) => {
                if self.function && head.status == StatusCode::BAD_REQUEST {
                    // The framework's answer for a server function that does not exist.
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
                let report = FailureReport::new(locale, &failure);
                let report = match explanation {
                    Some(explanation) => report.explained(explanation),
                    None => report,
                };
                ([(header::CACHE_CONTROL, UNSTORED)], Json(report)).into_response()
            }
        };
        let (new, body) = shaped.into_parts();
        // The old answer's headers about its content do not apply any more; all others do.
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

/// The shape that an `Accept` asks for; `None` if it accepts either. A browser that opens a page names both.
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

/// The failure that a JSON body reports, or the body as it was.
async fn read(body: Body) -> Result<Failure, Body> {
    let bytes = to_bytes(body, LONGEST).await.map_err(|_| Body::empty())?;
    serde_json::from_slice(&bytes).map_err(|_| Body::from(bytes))
}

/// Logs the text of a bare answer with a server error. A handler that returns no text has logged the cause
/// itself.
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
