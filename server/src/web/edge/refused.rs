//! A failure as an answer: an error status, and the failure of the closed list.

use app::Locale;
use app::words::failure::{Explanation, UnknownPage, explain_unknown_page};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use domain::Failure;

use super::headers::text;

/// The HTTP status of a failure.
pub(in crate::web) fn status(failure: &Failure) -> StatusCode {
    StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// A failure to answer with. By itself it is an answer without a body, which gets its shape (page or JSON)
/// from [`Asked::shape`](super::shape::Asked::shape). An answer that is a page already carries it as an
/// extension, so that it can be turned into JSON.
#[derive(Clone, Debug)]
pub(in crate::web) struct Refused {
    pub(super) failure: Failure,
    /// The page's text instead of the failure's own.
    pub(super) said: Option<Said>,
}

/// A text instead of the failure's own.
#[derive(Clone, Debug)]
pub(super) enum Said {
    /// This text.
    Text(String),
    /// Why the page of a post is not known.
    UnknownPage(UnknownPage),
}

impl Said {
    pub(super) fn explain(self, locale: Locale) -> Explanation {
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
    /// The failure that a status stands for.
    pub(in crate::web) fn of_status(status: StatusCode) -> Self {
        of_status(status, &HeaderMap::new()).into()
    }

    /// The failure.
    pub(in crate::web) fn failure(&self) -> &Failure {
        &self.failure
    }

    /// The same, with that text on the page.
    pub(in crate::web) fn saying(self, said: String) -> Self {
        Self { said: Some(Said::Text(said)), ..self }
    }

    /// `answer`, a page that shows this failure.
    pub(in crate::web) fn told_by(self, mut answer: Response) -> Response {
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

/// The failure of the closed list that a status stands for.
pub(in crate::web) fn of_status(status: StatusCode, headers: &HeaderMap) -> Failure {
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

#[cfg(test)]
mod tests {
    use super::*;

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
