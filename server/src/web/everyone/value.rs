//! What models are worth, for anyone: from earlier answers. No call is made for it.

use std::fmt::Write;

use app::everyone::value::{Buyer, DAYS, ValuePage, ValueQuery, draw_page};
use app::parts::document::editions;
use app::parts::frame::FrameFields;
use axum::extract::{Extension, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap};
use axum::response::{IntoResponse, Response};
use desk::{Desk, Desks, Model};
use domain::{Category, Failure, Moment, ProviderName, Term};
use jiff::civil::Date;

use crate::web::edge::headers::{ASKED, Life};
use crate::web::edge::request_id::RequestId;
use crate::web::site::Site;
use crate::web::visit::Visit;

/// The most models in a sitemap. By the rules of sitemaps.org it has 50,000 addresses and 50 MB at most; a model has an
/// address for each language and one for all, and takes about 3 kB.
const MOST_LISTED: u32 = 15_000;

/// The first day that counts, and today, in UTC+8.
fn days(desks: &Desks) -> (Date, Date) {
    let today = Moment::new(desks.first().now()).in_utc8().date();
    (today.saturating_sub(jiff::Span::new().days(DAYS - 1)), today)
}

/// `GET /value/{type}/{brand}/{model}`
pub(in crate::web) async fn show(
    State(site): State<Site>,
    State(desks): State<Desks>,
    Extension(id): Extension<RequestId>,
    Path((category, brand, model)): Path<(String, String, String)>,
    Query(asked): Query<ValueQuery>,
    headers: HeaderMap,
) -> Response {
    // The page belongs to no shop.
    let frame =
        FrameFields { locale: asked.locale.clone(), theme: asked.theme.clone(), ..FrameFields::default() };
    let visit = Visit::new(&site, desks.first(), &headers, &frame, id);
    let Some(category) = Category::find(&category) else {
        return visit.refuse(Failure::NotFound, "/".to_owned());
    };
    let (brand, model) = (brand.trim().to_owned(), model.trim().to_owned());
    let (since, today) = days(&desks);
    let named = Model { device_type: category, brand: &brand, name: &model };
    let history = match desks.price_history(named, since).await {
        Ok(history) => history,
        Err(error) => {
            tracing::error!(%error, "what a model was worth cannot be read");
            return visit.refuse(Failure::Internal { request_id: String::new() }, "/".to_owned());
        }
    };
    let labels = site.labels().in_language(visit.setting.locale);
    let buyer = |name: ProviderName| {
        let label = labels.get(&name).map_or_else(|| name.to_string(), String::clone);
        Buyer { name, label }
    };
    let status = if history.is_empty() { StatusCode::NOT_FOUND } else { StatusCode::OK };
    let page = ValuePage {
        category,
        brand,
        model,
        history,
        buyers: desks.iter().map(Desk::provider_name).map(buyer).collect(),
        asked,
        today,
        host: site.public_origin(&headers),
        merchant: site.merchants().first().to_owned(),
    };
    let drawn = draw_page(&visit.setting, &page);
    let life = if site.is_told_by_proxies(&headers) { Life::Asked } else { Life::Short };
    visit.lasting(life, status, drawn).answer(&headers)
}

/// `GET /sitemap.xml`: the pages of all known models, without those of a sandbox.
pub(in crate::web) async fn sitemap(
    State(site): State<Site>,
    State(desks): State<Desks>,
    headers: HeaderMap,
) -> Response {
    let (since, _) = days(&desks);
    let models = match desks.first().is_sandbox() {
        true => Vec::new(),
        false => match desks.valued_models(since, MOST_LISTED).await {
            Ok(models) => models,
            Err(error) => {
                tracing::error!(%error, "the models that are known cannot be read");
                return StatusCode::SERVICE_UNAVAILABLE.into_response();
            }
        },
    };
    let host = site.public_origin(&headers);
    let mut map = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    map.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"");
    map.push_str(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    for [category, brand, model] in models {
        let page = format!("{host}{}", app::everyone::value::path(&category, &brand, &model));
        // None of these texts has a character with a meaning in XML.
        let editions = editions(&page);
        let mut others = String::new();
        for (language, address) in &editions {
            // Writing to a string cannot fail.
            let _ =
                write!(others, "<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{address}\"/>");
        }
        for (_, address) in &editions {
            let _ = writeln!(map, "<url><loc>{address}</loc>{others}</url>");
        }
    }
    map.push_str("</urlset>\n");
    let life = if site.is_told_by_proxies(&headers) { "no-cache" } else { "public, max-age=3600" };
    ([(header::CONTENT_TYPE, "application/xml"), (header::CACHE_CONTROL, life)], map).into_response()
}

/// `GET /robots.txt`: crawlers may read what models are worth, but not pages that ask for prices or are
/// personal.
pub(in crate::web) async fn robots(State(site): State<Site>, headers: HeaderMap) -> Response {
    let host = site.public_origin(&headers);
    let mut text = String::from("User-agent: *\n");
    for path in ["/api/", "/batch", "/ops", "/preview/state/", "/quote/", "/widget/"] {
        // As above.
        let _ = writeln!(text, "Disallow: {path}");
    }
    let _ = writeln!(text, "\nSitemap: {host}/sitemap.xml");
    ([(header::CACHE_CONTROL, ASKED)], text).into_response()
}
