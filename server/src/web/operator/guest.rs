//! A visit to the form that asks for the operator's token.

use std::convert::Infallible;

use crate::web::edge::request_id::RequestId;
use app::parts::frame::FrameFields;
use axum::extract::{FromRef, FromRequestParts, Query};
use axum::http::request::Parts;
use desk::Desk;

use crate::web::site::Site;
use crate::web::visit::Visit;

/// A visit in the language that the reader chose, before it is known who the reader is. It gives access to
/// nothing.
pub(super) struct Guest {
    pub(super) visit: Visit,
    pub(super) frame: FrameFields,
}

impl<S: Send + Sync> FromRequestParts<S> for Guest
where
    Site: FromRef<S>,
    Desk: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let Query(asked) = Query::<FrameFields>::try_from_uri(&parts.uri).unwrap_or_default();
        // Of the fields that a shop's page can set, the operator's pages use only the language.
        let frame = FrameFields { locale: asked.locale, ..FrameFields::default() };
        let id = parts.extensions.get::<RequestId>().cloned().unwrap_or_default();
        let (site, desk) = (Site::from_ref(state), Desk::from_ref(state));
        Ok(Self { visit: Visit::new(&site, &desk, &parts.headers, &frame, id), frame })
    }
}
