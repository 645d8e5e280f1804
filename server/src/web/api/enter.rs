//! The layer that each call of the API passes: its key, its limit, its `Idempotency-Key`, and the shape of
//! failures.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;

use super::caller::Caller;
use super::failure::ApiFailure;
use super::idempotency::{Keeper, key};
use super::problem::shape;
use super::rate::RateLimit;
use crate::web::edge::headers::UNSTORED;
use crate::web::edge::request_id::RequestId;
use crate::web::site::Site;

/// What the layer needs.
#[derive(Clone)]
pub(super) struct Entrance {
    pub(super) site: Site,
    pub(super) keeper: Keeper,
    /// `None` if there is no limit.
    pub(super) limit: Option<Arc<RateLimit>>,
}

/// Lets a call in, and shapes its answer. A call without a valid key goes on too: each route that needs one
/// extracts a [`Caller`], so unknown routes and methods are answered as such.
pub(super) async fn enter(State(entrance): State<Entrance>, mut request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
    let Entrance { site, keeper, limit } = entrance;
    let caller = match Caller::of(request.headers(), &keeper.checkout, &site).await {
        Ok(caller) => Some(caller),
        Err(ApiFailure::Unauthorized) => None,
        Err(failure) => return finished(failure.into_response(), &id),
    };
    let Some(caller) = caller else { return finished(next.run(request).await, &id) };
    let (left, admitted) = limit.as_ref().map(|limit| limit.admit(&caller.key)).unzip();
    let answer = match admitted.unwrap_or(Ok(())) {
        Ok(()) => {
            request.extensions_mut().insert(caller.clone());
            answer(keeper, caller, request, next).await
        }
        Err(failure) => failure.into_response(),
    };
    let mut answer = finished(answer, &id);
    if let Some(left) = left {
        left.write(answer.headers_mut());
    }
    answer
}

/// The answer to a call with a valid key. A change is finished even if the caller hangs up.
async fn answer(keeper: Keeper, caller: Caller, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let key = match key(request.headers()) {
        Ok(key) => key.filter(|_| caller.may_write()),
        Err(failure) => return failure.into_response(),
    };
    let work = async move {
        match key {
            Some(key) => keeper.once(&key, &caller, request, next).await,
            None => next.run(request).await,
        }
    };
    match tokio::spawn(work.in_current_span()).await {
        Ok(answer) => answer,
        Err(error) => match error.try_into_panic() {
            // The layer around this one answers it.
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => ApiFailure::internal().into_response(),
        },
    }
}

fn finished(answer: Response, id: &RequestId) -> Response {
    let mut answer = shape(answer, id);
    answer.headers_mut().insert(header::CACHE_CONTROL, UNSTORED);
    answer
}
