use axum::Router;
use axum::extract::FromRef;
use axum::http::{Response, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{get, post};
use axum_extra::extract::cookie::Key;
use desk::{Desk, Records};
use tower::ServiceBuilder;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use super::limits::Limits;
use super::operator::Operator;
use super::site::Site;
use super::{
    batch, edge, embed, functions, headers, health, ops, pages, spare_slashes, states, value, widget,
};
use crate::batches::Batches;
use crate::drafts::Drafts;
use crate::reading::Reader;
use crate::settings::LimitSettings;

/// What handlers are given.
#[derive(Clone)]
pub(super) struct Context {
    site: Site,
    desk: Desk,
    limits: Limits,
    operator: Operator,
    pub(super) batches: Batches,
    pub(super) drafts: Drafts,
    pub(super) reader: Reader,
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

impl FromRef<Context> for Records {
    fn from_ref(context: &Context) -> Self {
        context.batches.records().clone()
    }
}

/// What is served.
pub struct Routes {
    /// At the server's address.
    pub site: Router,
    /// At the address for `/metrics` without the token.
    pub metrics: Router,
}

/// All routes.
pub fn routes(
    site: Site,
    batches: Batches,
    reader: Reader,
    limits: &LimitSettings,
    operator: Operator,
) -> Routes {
    functions::register();
    let (desk, limits, drafts) = (batches.desk().clone(), Limits::new(limits), Drafts::default());
    let context = Context { site, desk, limits, operator, batches, drafts, reader };
    let files = |folder: &str| {
        ServeDir::new(context.site.root().join(folder)).precompressed_br().precompressed_gzip()
    };
    let hashed = ServiceBuilder::new().map_response(keep_hashed).service(files("pkg"));
    let embed = Router::new()
        .route("/v1.js", get(embed::loader))
        .route(context.site.loader().path().trim_start_matches("/embed"), get(embed::pinned))
        .route("/check", get(embed::check))
        .fallback_service(files("embed"))
        .layer(map_response(embed::open_to_shops));
    let missing = get(pages::not_found).with_state(context.clone());
    let others = ServiceBuilder::new()
        .layer(from_fn(spare_slashes::redirect))
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, headers::ASKED))
        .service(files("").append_index_html_on_directories(false).fallback(missing));
    let all_files = Router::new()
        .nest_service("/pkg", hashed)
        .nest("/embed", embed)
        .fallback_service(others)
        .layer(map_response(headers::open_to_all));

    let metrics = Router::new()
        .route("/metrics", get(health::open_metrics))
        .layer(from_fn_with_state(context.clone(), edge::pass))
        .layer(map_response(headers::by_plain_http))
        .with_state(context.clone());
    let site = Router::new()
        .route("/", get(pages::home))
        .route("/preview", get(pages::studio))
        .route("/preview/state/{name}", get(states::show).post(states::show))
        .route("/widget/{merchant}", get(widget::show).post(widget::ask))
        .route("/quote/{id}", get(pages::quote))
        .route("/value/{type}/{brand}/{model}", get(value::show))
        .route("/sitemap.xml", get(value::sitemap))
        .route("/robots.txt", get(value::robots))
        .route("/ops", get(ops::show).post(ops::sign_in))
        .route("/ops/leave", post(ops::sign_out))
        .merge(batch::routes(&context))
        .layer(CompressionLayer::new())
        // Answers of a kilobyte: packing them takes longer than sending them.
        .route("/api/fn/{*name}", post(functions::call))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .merge(all_files)
        .layer(from_fn_with_state(context.clone(), edge::pass))
        .with_state(context);
    Routes { site, metrics }
}

/// Names with a hash in them change with what is in them. What is missing may be there
/// after the next start.
fn keep_hashed<B>(mut response: Response<B>) -> Response<B> {
    let found = matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED);
    let life = if found { headers::FOREVER } else { headers::UNSTORED };
    response.headers_mut().insert(header::CACHE_CONTROL, life);
    response
}
