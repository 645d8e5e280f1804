use std::sync::Arc;

use app::form_query::FormQuery;
use app::frame::FrameFields;
use app::functions::RequestId;
use app::pages;
use app::pages::quote::QuotePage;
use app::pages::studio::{Loader, Studio, StudioQuery};
use axum::extract::{Extension, OriginalUri, Path, Query, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use desk::Desk;
use domain::{Failure, Moment, Quote, QuoteId};

use super::headers::Life;
use super::operator::Access;
use super::ops::ask_to_sign_in;
use super::site::Site;
use super::visit::{Visit, looks};
use crate::merchants::Merchant;

/// `GET /`
pub(super) async fn home(
    State(site): State<Site>,
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    Query(frame): Query<FrameFields>,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::new(&site, &desk, &headers, &frame, id);
    let text = pages::home::draw_page(&visit.setting, site.merchants().first());
    visit.html(StatusCode::OK, text)
}

/// `GET /preview`: with all merchants for the operator, and with the demo alone for anybody else.
pub(super) async fn studio(
    State(site): State<Site>,
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    access: Access,
    Query(mut query): Query<StudioQuery>,
    OriginalUri(address): OriginalUri,
    headers: HeaderMap,
) -> Response {
    // The studio is in the marketer's own language and looks, whatever the widget is in.
    let own = FrameFields { locale: query.locale.clone(), ..FrameFields::default() };
    let visit = Visit::new(&site, &desk, &headers, &own, id);
    let operator = access.is_operator();
    let merchants = site.merchants();
    if query.merchant.is_empty() {
        if !operator && merchants.get(Merchant::DEMO).is_none() {
            return ask_to_sign_in(visit, "/preview", Failure::NotAllowed, None);
        }
        query.merchant = if operator { merchants.first() } else { Merchant::DEMO }.to_owned();
    }
    let shown = |shop: &&Arc<Merchant>| operator || shop.id == Merchant::DEMO;
    if !merchants.iter().filter(shown).any(|shop| shop.id == query.merchant) {
        return visit.refuse(Failure::NotFound, own.link("/preview"));
    }
    let host = site.public_origin(&headers);
    let loader = site.loader();
    let studio = Studio {
        link: format!("{host}{address}"),
        loader: Loader { path: loader.path(), integrity: loader.integrity().to_owned() },
        merchants: merchants.iter().filter(shown).map(|shop| (shop.id.clone(), shop.name.clone())).collect(),
        all_merchants: operator,
        blocked: Site::is_blocked_under_https(&host, &headers),
        host,
        query,
    };
    let text = pages::studio::draw_page(&visit.setting, &studio);
    let life = if operator { Life::Personal } else { Life::Asked };
    visit.lasting(life, StatusCode::OK, text).into_response()
}

/// `GET /quote/{id}`
pub(super) async fn quote(
    State(site): State<Site>,
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    Path(quote): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let FormQuery { mut frame, before, .. } = FormQuery::parse(&query.unwrap_or_default());
    let visit = Visit::of_shop(&site, &desk, &headers, &frame, id);
    let merchant = site.merchants().get(&frame.merchant);
    if merchant.is_none() {
        // A bare link, from a bookmark or a message: any merchant's form serves to go on.
        frame.merchant = site.merchants().first().to_owned();
    }
    match recall(&desk, &quote).await {
        Ok(quote) => {
            // Only of the same device is another price an earlier one.
            let same = |before: &Arc<Quote>| before.id != quote.id && before.device == quote.device;
            let before = recall(&desk, &before).await.ok().filter(same);
            let changes = quote.device.to_form().parse().map(|request| desk.known_changes(&request));
            let link = frame.link(&format!("/quote/{}", quote.id));
            let now = Moment::new(desk.now());
            let top_up =
                |shop: Arc<Merchant>| shop.top_up(&quote, frame.product().as_ref(), now.in_utc8().date());
            let page = QuotePage {
                now,
                top_up: merchant.and_then(top_up),
                changes: changes.unwrap_or_default(),
                link: format!("{}{link}", site.public_origin(&headers)),
                before,
                quote,
                frame,
            };
            let text = pages::quote::draw_page(&visit.setting, &page);
            visit.lasting(Life::Personal, StatusCode::OK, text).into_response()
        }
        Err(failure) => {
            let form = frame.link(&format!("/widget/{}", frame.merchant));
            visit.refuse(failure, form)
        }
    }
}

async fn recall(desk: &Desk, id: &str) -> Result<Arc<Quote>, Failure> {
    desk.recall(&QuoteId::parse(id).ok_or(Failure::NotFound)?).await
}

/// Any other address.
pub(super) async fn not_found(
    State(site): State<Site>,
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    Visit::new(&site, &desk, &headers, &looks(&uri), id).refuse(Failure::NotFound, "/".to_owned())
}
