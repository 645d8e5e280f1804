//! Answers of an error status, in the one shape that all have: one of the closed list, as a
//! page or as JSON, as it was asked for.

use app::Locale;
use app::parts::failure_report::FailureReport;
use app::words::failure::{Explanation, UnknownPage, explain_unknown_page};
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use desk::Desk;
use domain::Failure;

use super::headers::{UNSTORED, text};
use super::pages::{Visit, looks, status};
use super::request_id::RequestId;
use super::site::Site;

/// The longest answer that is read to put it into another shape, in bytes.
const LONGEST: usize = 64 * 1024;

/// A failure that an answer is to tell. As an answer of its own it is bare, and gets its
/// shape from [`Asked::shape`]; a page that tells it already carries it along.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    failure: Failure,
    /// What is said of it, where that is more than the failure does.
    said: Option<Said>,
}

/// What is said of a failure in place of its own words.
#[derive(Clone, Debug)]
enum Said {
    /// What the page says.
    Text(String),
    /// Why its page is not known.
    UnknownPage(UnknownPage),
}

impl Said {
    fn explain(self, locale: Locale) -> Explanation {
        match self {
            Self::Text(title) => Explanation { title, next: String::new() },
            Self::UnknownPage(reader) => explain_unknown_page(locale, &reader),
        }
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self { failure, said: None }
    }
}

impl From<UnknownPage> for Refused {
    fn from(reader: UnknownPage) -> Self {
        Self { failure: Failure::NotAllowed, said: Some(Said::UnknownPage(reader)) }
    }
}

impl Refused {
    /// What a status stands for.
    pub(super) fn of_status(status: StatusCode) -> Self {
        of_status(status, &HeaderMap::new()).into()
    }

    /// With what the page says of it.
    pub(super) fn saying(self, said: String) -> Self {
        Self { said: Some(Said::Text(said)), ..self }
    }

    /// `answer`, which tells this failure as a page.
    pub(super) fn told_by(self, mut answer: Response) -> Response {
        if let Failure::RateLimited { retry_after_seconds } = self.failure {
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after_seconds));
        }
        answer.extensions_mut().insert(self);
        answer
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let bare = status(&self.failure).into_response();
        self.told_by(bare)
    }
}

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
                let report = FailureReport::new(locale, &failure);
                let report = match explanation {
                    Some(explanation) => report.explained(explanation),
                    None => report,
                };
                ([(header::CACHE_CONTROL, UNSTORED)], Json(report)).into_response()
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

/// The one of the closed list that a status stands for.
fn of_status(status: StatusCode, headers: &HeaderMap) -> Failure {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::METHOD_NOT_ALLOWED => {
            Failure::NotAllowed
        }
        StatusCode::NOT_FOUND => Failure::NotFound,
        StatusCode::GONE => Failure::Expired,
        StatusCode::TOO_MANY_REQUESTS => {
            let seconds = text(headers, header::RETRY_AFTER).parse();
            Failure::RateLimited { retry_after_seconds: seconds.unwrap_or(1) }
        }
        status if status.is_client_error() => Failure::InvalidInput { fields: Vec::new() },
        _ => Failure::Internal { request_id: String::new() },
    }
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

    #[test]
    fn each_error_status_is_one_of_the_list() {
        let code = |status: u16| of_status(StatusCode::from_u16(status).unwrap(), &HeaderMap::new()).code();
        for status in [400, 406, 408, 411, 413, 414, 415, 416, 417, 422, 431] {
            assert_eq!(code(status), "invalid_input", "{status}");
        }
        assert_eq!([401, 403, 405].map(code), ["not_allowed"; 3]);
        assert_eq!([404, 410, 429].map(code), ["not_found", "expired", "rate_limited"]);
        assert_eq!([500, 501, 502, 503, 504].map(code), ["internal"; 5]);
        let wait = [(header::RETRY_AFTER, HeaderValue::from_static("7"))].into_iter().collect();
        let limited = of_status(StatusCode::TOO_MANY_REQUESTS, &wait);
        assert_eq!(limited, Failure::RateLimited { retry_after_seconds: 7 });
    }
}
