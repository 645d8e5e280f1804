use app::parts::state::State as Shown;
use app::samples::draw_page;
use app::shopper::form_query::FormQuery;
use app::shopper::quote::Compared;
use axum::extract::{Extension, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use desk::Desk;
use domain::{Failure, Moment};

use crate::merchants::Merchant;
use crate::web::edge::request_id::RequestId;
use crate::web::operator::Operator;
use crate::web::site::Site;
use crate::web::visit::Visit;

/// `/preview/state/{name}`: a state of the widget, from sample data. Its buttons change nothing, so `POST`
/// draws the same page as `GET`.
pub(in crate::web) async fn show(
    State(site): State<Site>,
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    operator: Option<Operator>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    let mut frame = FormQuery::parse(&query).frame;
    if operator.is_none() {
        // Other people must learn nothing about the merchants, neither names nor looks.
        frame.merchant = Merchant::DEMO.to_owned();
    } else if site.merchants().get(&frame.merchant).is_none() {
        frame.merchant = site.merchants().first().to_owned();
    }
    let visit = Visit::of_shop(&site, &desk, &headers, &frame, id).for_ourselves();
    let Some(state) = Shown::find(&name) else {
        return visit.refuse(Failure::NotFound, "/preview".to_owned());
    };
    let sort = Compared::read(&query).sort;
    let text = draw_page(&visit.setting, state, frame, sort, Moment::new(desk.now()));
    visit.html(StatusCode::OK, text)
}
