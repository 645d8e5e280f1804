//! `/ops/offers`: offers by merchant, state and day, the story of one, and files of them.

mod deliveries;
mod export;

use std::sync::Arc;

use app::operator::offers::{OfferPage, OffersPage, OffersQuery, draw_offer, draw_offers};
use app::words::offer_text;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use checkout::{Checkout, CheckoutError, Kept, Offer, OrderId, Reason, Selection};
use desk::{AttemptRecord, Records, Span};
use domain::Failure;
use jiff::SignedDuration;
use serde::Deserialize;

pub(super) use deliveries::{act as act_on_deliveries, show as show_deliveries};
pub(super) use export::{export_csv, export_json_lines};

use super::visit::OperatorVisit;
use crate::web::edge::headers::Life;
use crate::web::site::Site;

/// How many offers a page has.
const AT_ONCE: u32 = 25;
/// How many days are summed up.
const DAYS: u32 = 14;

/// `GET /ops/offers`
pub(super) async fn overview(
    State(site): State<Site>,
    State(checkout): State<Arc<Checkout>>,
    Query(asked): Query<OffersQuery>,
    visit: OperatorVisit,
) -> Response {
    let page = checkout.list(selection(&asked, asked.after(), AT_ONCE)).await;
    let page = page.inspect_err(|error| tracing::error!(%error, "offers cannot be read")).ok();
    let (found, next) = page.map(|page| (page.items, page.next)).unzip();
    let page = OffersPage {
        merchants: site.merchants().iter().map(|merchant| merchant.id.clone()).collect(),
        outstanding: checkout.outstanding(asked.merchant()).await.ok(),
        days: checkout.last_days(asked.merchant(), DAYS).await.unwrap_or_default(),
        asked,
        found,
        next: next.flatten(),
    };
    let text = draw_offers(&visit.visit.setting, &page);
    visit.visit.lasting(Life::Personal, StatusCode::OK, text).into_response()
}

/// The selection that an address names.
fn selection<'a>(asked: &'a OffersQuery, after: Option<&'a str>, limit: u32) -> Selection<'a> {
    Selection { merchant: asked.merchant(), state: asked.state(), day: asked.day(), after, limit }
}

/// `GET /ops/offers/{id}`, where a code is as good as an id.
pub(super) async fn show(
    State(checkout): State<Arc<Checkout>>,
    State(records): State<Records>,
    Path(id): Path<String>,
    visit: OperatorVisit,
) -> Response {
    match checkout.get(&id, None).await {
        Ok(kept) => show_story(&checkout, &records, visit, kept, None).await,
        Err(error) => refuse(visit, &error),
    }
}

/// A press of a button on the page of an offer.
#[derive(Debug, Deserialize)]
pub(super) struct Press {
    #[serde(rename = "do")]
    what: String,
    #[serde(default)]
    order: String,
    #[serde(default)]
    reason: String,
}

/// `POST /ops/offers/{id}`: releases it.
pub(super) async fn act(
    State(checkout): State<Arc<Checkout>>,
    State(records): State<Records>,
    Path(id): Path<String>,
    visit: OperatorVisit,
    Form(press): Form<Press>,
) -> Response {
    let kept = match checkout.get(&id, None).await {
        Ok(kept) => kept,
        Err(error) => return refuse(visit, &error),
    };
    if press.what != "release" {
        return show_story(&checkout, &records, visit, kept, None).await;
    }
    let locale = visit.locale();
    let reason = Some(press.reason.trim()).filter(|reason| !reason.is_empty()).map(Reason::parse).transpose();
    let released = match (OrderId::parse(&press.order), reason) {
        (Ok(order), Ok(reason)) => {
            let released = checkout.release(kept.offer.id(), None, order, reason).await;
            released.map_err(|error| error.to_string())
        }
        (Err(error), _) => Err(error.to_string()),
        (_, Err(error)) => Err(error.to_string()),
    };
    match released {
        Ok(kept) => {
            show_story(&checkout, &records, visit, kept, Some(offer_text::released(locale).to_owned())).await
        }
        Err(why) => {
            show_story(&checkout, &records, visit, kept, Some(offer_text::not_released(locale, why))).await
        }
    }
}

async fn show_story(
    checkout: &Checkout,
    records: &Records,
    visit: OperatorVisit,
    kept: Kept,
    said: Option<String>,
) -> Response {
    let id = kept.offer.id();
    let (events, deliveries) = (checkout.story(id).await, checkout.deliveries_of(id).await);
    let (Ok(events), Ok(deliveries)) = (events, deliveries) else {
        tracing::error!(offer = %id, "the events of an offer cannot be read");
        return visit.refuse(Failure::Internal { request_id: String::new() });
    };
    let asked = asked(records, &kept.offer).await;
    let page = OfferPage { kept, asked, events, deliveries, said };
    let text = draw_offer(&visit.visit.setting, &page);
    visit.visit.lasting(Life::Personal, StatusCode::OK, text).into_response()
}

/// How long before a quote the call for it may have begun.
const LONGEST_CALL: SignedDuration = SignedDuration::from_mins(1);

/// The attempts that brought the quote of `offer`: those for its device in the moments before it. They are kept for
/// less time than offers.
async fn asked(records: &Records, offer: &Offer) -> Vec<AttemptRecord> {
    let device = &offer.quote().device;
    let quoted = offer.quote().quoted_at.timestamp();
    let from = quoted.saturating_sub(LONGEST_CALL).unwrap_or(quoted);
    // A quote's time is in whole seconds.
    let to = quoted.saturating_add(SignedDuration::from_secs(1)).unwrap_or(quoted);
    let found = records.attempts(Span { from, to }, 0).await.unwrap_or_default();
    let names = ["brand", "model", "storage", "condition", "function_status"];
    let values = [&device.brand, &device.model, &device.storage, &device.condition, &device.function_status];
    let is_of_device = |attempt: &AttemptRecord| {
        names.iter().zip(values).all(|(name, value)| attempt.parameters[name] == **value)
    };
    found.into_iter().filter(is_of_device).collect()
}

fn refuse(visit: OperatorVisit, error: &CheckoutError) -> Response {
    if matches!(error, CheckoutError::NotFound) {
        return visit.refuse(Failure::NotFound);
    }
    tracing::error!(%error, "an offer cannot be read");
    visit.refuse(Failure::Internal { request_id: String::new() })
}
