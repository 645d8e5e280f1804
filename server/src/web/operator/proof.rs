//! Proof that a request is the operator's.
//!
//! A handler that has an [`Operator`] was called by the operator: only the extractors here make one, and they reject
//! every other request. A page that shows more to the operator, and something to everyone, takes
//! `Option<Operator>`.

use axum::extract::{FromRef, FromRequestParts, OptionalFromRequestParts};
use axum::http::StatusCode;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use desk::Desk;
use domain::Failure;
use jiff::Timestamp;

use super::auth::OperatorAuth;
use super::sessions::Session;
use super::sign_in::ask_instead;
use crate::web::edge::limits::{Asker, Limits};
use crate::web::edge::refused::Refused;
use crate::web::site::Site;

/// Proof that a request is the operator's.
pub(in crate::web) struct Operator(Credential);

/// How a request proved that it is the operator's.
enum Credential {
    /// The token, as `Authorization: Bearer`.
    Token,
    /// An open session.
    Session(Session),
}

impl Operator {
    /// Waits until the session is over. A request with the token itself never ends by itself, so this then
    /// waits for ever.
    pub(super) async fn over(self, now: Timestamp) {
        match self.0 {
            Credential::Token => std::future::pending().await,
            Credential::Session(session) => session.over(now).await,
        }
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Operator
where
    OperatorAuth: FromRef<S>,
    Limits: FromRef<S>,
    Desk: FromRef<S>,
{
    /// [`Failure::RateLimited`] if too many wrong tokens came.
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Refused> {
        let auth = OperatorAuth::from_ref(state);
        let Some(token) = bearer(parts) else {
            let session = auth.session(&parts.headers, Desk::from_ref(state).now());
            return Ok(session.map(|session| Self(Credential::Session(session))));
        };
        let token = token.to_owned();
        let internal = |_| Failure::Internal { request_id: String::new() };
        let asker =
            <Asker as FromRequestParts<S>>::from_request_parts(parts, state).await.map_err(internal)?;
        let is_token = auth.is_token(&token, asker.household()).map_err(Failure::from)?;
        Ok(is_token.then_some(Self(Credential::Token)))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Operator
where
    OperatorAuth: FromRef<S>,
    Limits: FromRef<S>,
    Site: FromRef<S>,
    Desk: FromRef<S>,
{
    /// The form to sign in with, as 403, in the place of the page.
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        match <Self as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await {
            Ok(Some(operator)) => Ok(operator),
            Ok(None) => Err(ask_instead(parts, state).await),
            Err(refused) => Err(refused.into_response()),
        }
    }
}

/// Proof that a request is the operator's, for data that programs fetch: others get 401, not a form.
pub(in crate::web) struct OperatorsProgram;

impl<S: Send + Sync> FromRequestParts<S> for OperatorsProgram
where
    OperatorAuth: FromRef<S>,
    Limits: FromRef<S>,
    Desk: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        match <Operator as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await {
            Ok(Some(_)) => Ok(Self),
            Ok(None) => {
                let bare = (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response();
                Err(Refused::from(Failure::NotAllowed).told_by(bare))
            }
            Err(refused) => Err(refused.into_response()),
        }
    }
}

/// The token of `Authorization: Bearer`.
fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}
