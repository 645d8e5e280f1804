//! A visit to one of the operator's pages.

use app::Locale;
use app::parts::frame::FrameFields;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::response::Response;
use desk::Desk;
use domain::Failure;

use super::auth::OperatorAuth;
use super::guest::Guest;
use super::proof::Operator;
use crate::web::edge::limits::Limits;
use crate::web::site::Site;
use crate::web::visit::Visit;

/// A visit of the operator, in the language that they chose. A page that draws the operator's data takes this
/// extractor; it leads others to the sign-in form, as [`Operator`] does.
pub(in crate::web) struct OperatorVisit {
    /// What the page is drawn for.
    pub(super) visit: Visit,
    frame: FrameFields,
}

impl OperatorVisit {
    /// The language.
    pub(super) fn locale(&self) -> Locale {
        self.visit.setting.locale
    }

    /// The address of another of the operator's pages, in the same language.
    pub(super) fn link(&self, path: &str) -> String {
        self.frame.link(path)
    }

    /// The page of a failure. It leads back to the device lists.
    pub(super) fn refuse(self, failure: Failure) -> Response {
        let way_out = self.frame.link("/batch");
        self.visit.refuse(failure, way_out)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for OperatorVisit
where
    OperatorAuth: FromRef<S>,
    Limits: FromRef<S>,
    Site: FromRef<S>,
    Desk: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        <Operator as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let Ok(Guest { visit, frame }) = Guest::from_request_parts(parts, state).await;
        Ok(Self { visit, frame })
    }
}
