//! `/ops/deliveries`: events that wait for an endpoint or did not arrive, and sending them again.

use std::sync::Arc;

use app::operator::offers::{DeliveriesPage, draw_deliveries};
use app::words::offer_text;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use checkout::{Checkout, EventId};
use serde::Deserialize;

use crate::web::edge::headers::Life;
use crate::web::operator::visit::OperatorVisit;

/// How many deliveries of each kind are shown.
const AT_ONCE: u32 = 50;

/// `GET /ops/deliveries`
pub(in crate::web::operator) async fn show(
    State(checkout): State<Arc<Checkout>>,
    visit: OperatorVisit,
) -> Response {
    draw(&checkout, visit, None).await
}

/// A press of a button: sends an event again, or switches an endpoint on.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub(in crate::web::operator) enum Press {
    Replay { event: String },
    SwitchOn { merchant: String, endpoint: String },
}

/// `POST /ops/deliveries`
pub(in crate::web::operator) async fn act(
    State(checkout): State<Arc<Checkout>>,
    visit: OperatorVisit,
    Form(press): Form<Press>,
) -> Response {
    let locale = visit.locale();
    let said = match press {
        Press::Replay { event } => match EventId::parse(&event) {
            Ok(event) => checkout.replay(&event).await.map(|count| offer_text::replayed(locale, count)),
            Err(_) => Ok(offer_text::replayed(locale, 0)),
        },
        Press::SwitchOn { merchant, endpoint } => {
            let switched = checkout.switch_on(&merchant, &endpoint).await;
            switched.map(|_| offer_text::switched_on(locale).to_owned())
        }
    };
    let said = said.unwrap_or_else(|error| {
        tracing::error!(%error, "an operator's press on deliveries was not done");
        offer_text::not_done(locale).to_owned()
    });
    draw(&checkout, visit, Some(said)).await
}

async fn draw(checkout: &Checkout, visit: OperatorVisit, said: Option<String>) -> Response {
    let waiting = checkout.deliveries_in("open", AT_ONCE).await;
    let page = DeliveriesPage {
        waiting: waiting.inspect_err(|error| tracing::error!(%error, "deliveries cannot be read")).ok(),
        given_up: checkout.deliveries_in("given_up", AT_ONCE).await.unwrap_or_default(),
        off: checkout.endpoints_off().await.unwrap_or_default(),
        said,
    };
    let text = draw_deliveries(&visit.visit.setting, &page);
    visit.visit.lasting(Life::Personal, StatusCode::OK, text).into_response()
}
