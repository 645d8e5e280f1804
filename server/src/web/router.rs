use axum::Router;
use axum::extract::FromRef;
use axum::http::{HeaderValue, header};
use axum::middleware::{from_fn, map_response};
use axum::routing::{get, post};
use axum_extra::extract::cookie::Key;
use desk::Desk;
use tower::ServiceBuilder;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use super::limits::Limits;
use super::operator::Operator;
use super::site::Site;
use super::{embed, functions, health, ops, pages, request_id, states, widget};
use crate::settings::LimitSettings;

/// What handlers are given.
#[derive(Clone)]
pub(super) struct Context {
    site: Site,
    desk: Desk,
    limits: Limits,
    operator: Operator,
}

impl FromRef<Context> for Operator {
    fn from_ref(context: &Context) -> Self {
        context.operator.clone()
    }
}

impl FromRef<Context> for Key {
    fn from_ref(context: &Context) -> Self {
        context.operator.key()
    }
}

impl FromRef<Context> for Limits {
    fn from_ref(context: &Context) -> Self {
        context.limits.clone()
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

/// All routes.
pub fn router(site: Site, desk: Desk, limits: &LimitSettings, operator: Operator) -> Router {
    functions::register();
    let context = Context { site, desk, limits: Limits::new(limits), operator };
    let site = &context.site;
    let files =
        |folder: &str| ServeDir::new(site.root().join(folder)).precompressed_br().precompressed_gzip();
    // Their names change with what is in them.
    let hashed = ServiceBuilder::new()
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        ))
        .service(files("pkg"));
    let embed = Router::new().fallback_service(files("embed")).layer(map_response(embed::open_to_shops));
    let missing = get(pages::not_found).with_state(context.clone());
    // Their names stay when what is in them changes, so the browser asks each time.
    let others = ServiceBuilder::new()
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-cache"),
        ))
        .service(files("").append_index_html_on_directories(false).fallback(missing));

    Router::new()
        .route("/", get(pages::home))
        .route("/preview", get(pages::studio))
        .route("/preview/state/{name}", get(states::show))
        .route("/widget/{merchant}", get(widget::show))
        .route("/quote/{id}", get(pages::quote))
        .route("/ops", get(ops::show).post(ops::sign_in))
        .route("/ops/leave", post(ops::sign_out))
        .layer(CompressionLayer::new())
        // Answers of a kilobyte: packing them takes longer than sending them.
        .route("/api/fn/{*name}", post(functions::call))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .nest_service("/pkg", hashed)
        .nest("/embed", embed)
        .fallback_service(others)
        .with_state(context)
        .layer(from_fn(request_id::identify))
}
