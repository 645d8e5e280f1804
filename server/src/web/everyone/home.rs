//! The start page, and the page for an unknown address.

use app::everyone::home;
use app::parts::frame::FrameFields;
use axum::extract::{Extension, Query, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use desk::Desk;
use domain::Failure;

use crate::web::edge::request_id::RequestId;
use crate::web::site::Site;
use crate::web::visit::{Visit, looks};

/// `GET /`
pub(in crate::web) async fn show(
    State(site): State<Site>,
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    Query(frame): Query<FrameFields>,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::new(&site, &desk, &headers, &frame, id);
    let text = home::draw_page(&visit.setting, site.merchants().first());
    visit.html(StatusCode::OK, text)
}

/// Any other address.
pub(in crate::web) async fn not_found(
    State(site): State<Site>,
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    Visit::new(&site, &desk, &headers, &looks(&uri), id).refuse(Failure::NotFound, "/".to_owned())
}
