use app::form_query::FormQuery;
use app::functions::RequestId;
use app::pages::states::{State as Shown, draw_page};
use axum::extract::{Extension, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use desk::Desk;
use domain::{Failure, Moment};

use super::operator::Access;
use super::site::Site;
use super::visit::Visit;
use crate::merchants::Merchant;

/// `/preview/state/{name}`: a state of the widget, from sample data. It stays the same whichever
/// of its buttons is pressed, so it is drawn for `POST` as for `GET`.
pub(super) async fn show(
    State(site): State<Site>,
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    access: Access,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let mut frame = FormQuery::parse(&query.unwrap_or_default()).frame;
    if !access.is_operator() {
        // Strangers learn nothing of other merchants, neither name nor looks.
        frame.merchant = Merchant::DEMO.to_owned();
    } else if site.merchants().get(&frame.merchant).is_none() {
        frame.merchant = site.merchants().first().to_owned();
    }
    let visit = Visit::of_shop(&site, &desk, &headers, &frame, id).for_ourselves();
    let Some(state) = Shown::find(&name) else {
        return visit.refuse(Failure::NotFound, "/preview".to_owned());
    };
    let text = draw_page(&visit.setting, state, frame, Moment::new(desk.now()));
    visit.html(StatusCode::OK, text)
}
