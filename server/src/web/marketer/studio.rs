//! The marketer's studio.

use std::sync::Arc;

use app::marketer::studio::{Loader, Studio, StudioQuery, draw_page};
use app::parts::frame::FrameFields;
use axum::extract::{Extension, OriginalUri, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use desk::Desk;
use domain::Failure;

use crate::merchants::Merchant;
use crate::web::edge::headers::Life;
use crate::web::edge::request_id::RequestId;
use crate::web::operator::{Operator, ask_to_sign_in};
use crate::web::site::Site;
use crate::web::visit::Visit;

/// `GET /preview`: with all merchants for the operator, with the demos alone for others.
pub(in crate::web) async fn show(
    State(site): State<Site>,
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    operator: Option<Operator>,
    Query(mut query): Query<StudioQuery>,
    OriginalUri(address): OriginalUri,
    headers: HeaderMap,
) -> Response {
    // The studio has the marketer's own language and looks, whatever the widget's are.
    let own = FrameFields { locale: query.locale.clone(), ..FrameFields::default() };
    let visit = Visit::new(&site, &desk, &headers, &own, id);
    let operator = operator.is_some();
    let merchants = site.merchants();
    if query.merchant.is_empty() {
        if !operator && merchants.get(Merchant::DEMO).is_none() {
            return ask_to_sign_in(visit, "/preview", Failure::NotAllowed, None);
        }
        query.merchant = if operator { merchants.first() } else { Merchant::DEMO }.to_owned();
    }
    let shown = |shop: &&Arc<Merchant>| operator || merchants.is_demo(&shop.id);
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
    let text = draw_page(&visit.setting, &studio);
    let life = if operator { Life::Personal } else { Life::Asked };
    visit.lasting(life, StatusCode::OK, text).into_response()
}
