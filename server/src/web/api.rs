//! The REST API for backends of shops: `/api/v1`.
//!
//! Each call passes [`enter`], which knows the key. Routes and OpenAPI document are made together, so that they
//! cannot differ. No other site's page can call it: there are no headers for cross-origin requests.

mod caller;
mod document;
mod enter;
mod events;
pub(super) mod failure;
mod field;
mod idempotency;
mod invalid_field;
mod offer_json;
mod offers;
pub(super) mod problem;
mod quotes;
mod rate;
mod redeem;
mod schema;
mod usage;

use std::sync::Arc;

use axum::middleware::from_fn_with_state;
use axum::{Extension, Router};
use domain::Failure;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::enter::{Entrance, enter};
use self::failure::ApiFailure;
use self::idempotency::Keeper;
use self::rate::RateLimit;
use super::context::Context;

/// The path below which the API is.
pub(super) const PATH: &str = "/api/v1";

/// The routes below [`PATH`], for `per_minute` calls of each key.
pub(super) fn router(context: &Context, per_minute: u32) -> Router<Context> {
    let keeper = Keeper {
        records: context.lists.records().clone(),
        checkout: Arc::clone(&context.checkout),
        desk: context.desk.clone(),
    };
    let limit = RateLimit::new(per_minute).map(Arc::new);
    let entrance = Entrance { site: context.site.clone(), keeper, limit };
    let (routes, _) = documented().split_for_parts();
    let missing = async || ApiFailure::from(Failure::NotFound);
    let api = routes.fallback(missing).layer(from_fn_with_state(entrance, enter));
    let api = api.layer(Extension(Arc::new(document())));
    Router::new().nest(PATH, api)
}

/// The OpenAPI document.
pub(super) fn document() -> OpenApi {
    document::complete(documented().into_openapi())
}

/// The routes, each with its part of the document.
fn documented() -> OpenApiRouter<Context> {
    OpenApiRouter::with_openapi(document::base())
        .routes(routes!(quotes::create))
        .routes(routes!(quotes::show))
        .routes(routes!(quotes::models))
        .routes(routes!(offers::create, offers::list))
        .routes(routes!(offers::show))
        .routes(routes!(redeem::redeem))
        .routes(routes!(redeem::release))
        .routes(routes!(events::list))
        .routes(routes!(usage::show))
        .routes(routes!(document::show))
}

/// Whether a path belongs to the API.
pub(super) fn is_below(path: &str) -> bool {
    path.strip_prefix(PATH).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
