//! The page of a quote.

use std::sync::Arc;

use app::shopper::form_query::FormQuery;
use app::shopper::quote::{QuotePage, draw_page};
use axum::extract::{Extension, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use desk::Desk;
use domain::{Failure, Moment, Quote, QuoteId};

use crate::merchants::Merchant;
use crate::web::edge::headers::Life;
use crate::web::edge::request_id::RequestId;
use crate::web::site::Site;
use crate::web::visit::Visit;

/// `GET /quote/{id}`
pub(in crate::web) async fn show(
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
        // A link without a merchant, from a bookmark or a message: the form of any merchant can be used to
        // continue.
        frame.merchant = site.merchants().first().to_owned();
    }
    match recall(&desk, &quote).await {
        Ok(quote) => {
            // A price is an earlier price only if it is for the same device.
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
            let text = draw_page(&visit.setting, &page);
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
