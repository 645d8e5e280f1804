use std::sync::Arc;

use axum::Router;
use axum::http::{Response, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{get, post};
use checkout::Checkout;
use desk::Desks;
use lists::{Drafts, Lists, Seal};
use tower::ServiceBuilder;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use super::api;
use super::context::{Context, PriceIntakes};
use super::developer::reference;
use super::edge::limits::Limits;
use super::edge::{headers, pass, spare_slashes};
use super::everyone::{health, home, value};
use super::marketer::{states, studio};
use super::operator::{self, OperatorAuth};
use super::shop::{self, embed, jwks};
use super::shopper::{functions, offer, quote, widget};
use super::site::Site;
use crate::reading::Reader;
use crate::settings::LimitSettings;

/// The routes of both addresses.
pub struct Routes {
    /// At the server's address.
    pub site: Router,
    /// At the address for `/metrics` without the token.
    pub metrics: Router,
}

/// What the routes are made of.
pub struct Parts {
    /// Merchants, files, and what the settings say of both.
    pub site: Site,
    /// The desks of all providers.
    pub desks: Desks,
    /// Offers.
    pub checkout: Arc<Checkout>,
    /// Device lists.
    pub lists: Lists,
    /// Reads device lists.
    pub reader: Reader,
    /// Takes price lists.
    pub prices: PriceIntakes,
    /// The operator's token.
    pub auth: OperatorAuth,
}

/// All routes.
pub fn routes(parts: Parts, limits: &LimitSettings) -> Routes {
    let Parts { site, desks, checkout, lists, reader, prices, auth } = parts;
    functions::register();
    let per_key = limits.api_per_minute;
    let limits = Limits::new(limits, desks.fleet().clone());
    let drafts = Drafts::new(lists.records().clone(), Seal::by(auth.key_for("drafts")));
    let desk = desks.first().clone();
    let context = Context { site, desk, desks, checkout, limits, auth, lists, drafts, reader, prices };
    let files = |folder: &str| {
        ServeDir::new(context.site.root().join(folder)).precompressed_br().precompressed_gzip()
    };
    let hashed = ServiceBuilder::new().map_response(keep_hashed).service(files("pkg"));
    let embed = Router::new()
        .route("/v1.js", get(embed::loader))
        .route(context.site.loader().path().trim_start_matches("/embed"), get(embed::pinned))
        .route("/check", get(embed::check))
        .fallback_service(files("embed"))
        .layer(map_response(embed::open_to_shops))
        // After the layer: only the merchant's own pages read it.
        .route("/value/{merchant}", get(shop::value::show));
    let missing = get(home::not_found).with_state(context.clone());
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
        .layer(from_fn_with_state(context.clone(), pass::pass))
        .layer(map_response(headers::by_plain_http))
        .with_state(context.clone());
    let site = Router::new()
        .route("/", get(home::show))
        .route("/docs/api", get(reference::show))
        .route("/preview", get(studio::show))
        .route("/preview/state/{name}", get(states::show).post(states::show))
        .route("/widget/{merchant}", get(widget::show).post(widget::ask))
        .route("/quote/{id}", get(quote::show).post(offer::press))
        .route("/value/{type}/{brand}/{model}", get(value::show))
        .route("/sitemap.xml", get(value::sitemap))
        .route("/robots.txt", get(value::robots))
        .merge(operator::routes(&context))
        .layer(CompressionLayer::new())
        // These answers have about a kilobyte: compressing them takes longer than sending them.
        .route("/api/fn/{*name}", post(functions::call))
        .route("/api/fn/accept", post(offer::accept))
        .route("/api/fn/withdraw", post(offer::withdraw))
        .route("/api/fn/offer", post(offer::look))
        .merge(api::router(&context, per_key))
        .route("/.well-known/jwks.json", get(jwks::show))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .merge(all_files)
        .layer(from_fn_with_state(context.clone(), pass::pass))
        .with_state(context);
    Routes { site, metrics }
}

/// Files with a hash in their name never change, so they are cached for ever. A missing file is not cached,
/// since it may exist after the next start.
fn keep_hashed<B>(mut response: Response<B>) -> Response<B> {
    let found = matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED);
    let life = if found { headers::FOREVER } else { headers::UNSTORED };
    response.headers_mut().insert(header::CACHE_CONTROL, life);
    response
}
