//! The page of a quote.

use std::sync::Arc;

use app::shopper::form_query::FormQuery;
use app::shopper::quote::{Compared, draw_page};
use axum::extract::{Extension, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use checkout::Checkout;
use desk::Desks;

use super::priced::Priced;
use super::visit_id::VisitId;
use crate::web::edge::headers::Life;
use crate::web::edge::request_id::RequestId;
use crate::web::site::Site;
use crate::web::visit::Visit;

/// `GET /quote/{id}`: the quote, and what has become of it in the visit that the browser's cookie names.
pub(in crate::web) async fn show(
    State(site): State<Site>,
    State(desks): State<Desks>,
    State(checkout): State<Arc<Checkout>>,
    Extension(id): Extension<RequestId>,
    Path(quote): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    let FormQuery { frame, before, .. } = FormQuery::parse(&query);
    let visit = Visit::of_shop(&site, desks.first(), &headers, &frame, id);
    match Priced::find(&site, &desks, &quote, frame.clone()).await {
        Ok(priced) => {
            let known = VisitId::of_cookie(&headers);
            let wanted = known.as_ref().and_then(|known| priced.wanted(known));
            let kept = match wanted {
                // The page shows the price also while the records fail.
                Some(wanted) => checkout.accepted(&wanted).await.inspect_err(log).unwrap_or_default(),
                None => None,
            };
            let standing =
                kept.map_or_else(|| priced.untouched(visit.setting.locale), |kept| priced.standing(&kept));
            let new = known.is_none().then(|| VisitId::from_random(rand::random()));
            let asked = (before.as_str(), Compared::read(&query));
            let headers = (&headers, visit.setting.locale);
            let page = priced.page(&site, headers, asked, new.as_ref(), standing).await;
            let text = draw_page(&visit.setting, &page);
            visit.lasting(Life::Personal, StatusCode::OK, text).into_response()
        }
        Err(failure) => {
            let mut frame = frame;
            if site.merchants().get(&frame.merchant).is_none() {
                frame.merchant = site.merchants().first().to_owned();
            }
            let form = frame.link(&format!("/widget/{}", frame.merchant));
            visit.refuse(failure, form)
        }
    }
}

fn log(error: &checkout::CheckoutError) {
    tracing::error!(%error, "the offer of a visit could not be read");
}
