//! What happened to a merchant's offers, for backends that poll instead of being called.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use checkout::{Checkout, EventId};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::caller::Caller;
use super::failure::ApiFailure;
use super::field::{Asked, text_as};
use super::offers::{PAGE, limit};
use super::problem::Problem;
use super::schema;

/// A page of events.
#[derive(Serialize, ToSchema)]
pub(super) struct EventPage {
    /// The oldest first.
    #[schema(value_type = Vec<schema::Event>)]
    data: Vec<Value>,
    /// The cursor of the next page, for `after`; `null` if there are no more events yet.
    #[schema(required)]
    next: Option<String>,
}

/// List events.
///
/// What the webhooks report, of the last 30 days, the oldest first. To poll, send the id of the last event that
/// you know as `after`; if it is not known here any more, the events start with the oldest.
#[utoipa::path(
    get, path = "/events", operation_id = "listEvents", tag = "events",
    params(
        ("after" = Option<String>, Query, description = "The id of the last event that you know", pattern = "^ev_[0-9A-Za-z]{22}$"),
        ("limit" = Option<u32>, Query, description = "The most events of the page; 20 if it is not sent", minimum = 1, maximum = 100),
    ),
    responses(
        (status = 200, description = "A page of events", body = EventPage),
        (status = 422, description = "`invalid_input`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(checkout): State<Arc<Checkout>>,
    caller: Caller,
    Asked(mut fields): Asked,
) -> Result<Json<EventPage>, ApiFailure> {
    let after = fields.optional("after", text_as(EventId::parse));
    let limit = fields.optional("limit", text_as(limit)).unwrap_or(PAGE);
    fields.finish(Some(()))?;
    let page = checkout.events(caller.id(), after.as_ref().map(EventId::as_str), limit).await?;
    let mut data = Vec::with_capacity(page.items.len());
    for event in page.items {
        let Ok(mut body) = serde_json::from_str::<Value>(&event.body) else {
            tracing::error!(event = %event.id, "an event cannot be read as it was kept");
            return Err(ApiFailure::internal());
        };
        body["id"] = event.id.into();
        data.push(body);
    }
    Ok(Json(EventPage { data, next: page.next }))
}
