//! What a merchant used, day by day.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use desk::{Desk, Records};
use domain::{Moment, UTC8};
use jiff::civil::Date;
use jiff::{SignedDuration, Span as Days};
use records::Span;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use super::caller::Caller;
use super::failure::ApiFailure;
use super::field::{Asked, text_as};
use super::invalid_field::InvalidField;
use super::problem::Problem;

/// The most days of an answer.
const MOST_DAYS: i32 = 366;
/// The days of an answer if none are sent, today included.
const USUAL_DAYS: i32 = 30;

/// What a merchant used on the days from `from` to `to`.
#[derive(Serialize, ToSchema)]
pub(super) struct Usage {
    /// The first day, in UTC+8.
    #[serde(serialize_with = "as_text")]
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The last day.
    #[serde(serialize_with = "as_text")]
    #[schema(value_type = String, format = Date)]
    to: Date,
    /// The currency of `credit`, ISO 4217.
    #[schema(value_type = String, examples("CNY"))]
    currency: &'static str,
    /// Every day of the span, the oldest first.
    data: Vec<UsageDay>,
}

/// What a merchant used on a day in UTC+8.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct UsageDay {
    /// The day.
    #[serde(serialize_with = "as_text")]
    #[schema(value_type = String, format = Date)]
    day: Date,
    /// Prices that were asked for first by this merchant, as far as quotes are kept.
    quotes: u32,
    /// Offers that were accepted.
    offers: u32,
    /// Offers that were redeemed, and not released since.
    redemptions: u32,
    /// Their amounts together, in fen.
    credit: i64,
    /// Calls of the partner's quota.
    calls: u32,
}

/// Read what was used.
///
/// The merchant's quotes, offers, redemptions, credit and calls by day. Without `from` and `to`, of the last 30
/// days.
#[utoipa::path(
    get, path = "/usage", operation_id = "getUsage", tag = "usage",
    params(
        ("from" = Option<String>, Query, format = Date, description = "The first day in UTC+8, such as 2026-06-18; 29 days before `to` if it is not sent"),
        ("to" = Option<String>, Query, format = Date, description = "The last day, at most 365 days later; today if it is not sent"),
    ),
    responses(
        (status = 200, description = "The days", body = Usage),
        (status = 422, description = "`invalid_input`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(
    State(desk): State<Desk>,
    State(records): State<Records>,
    caller: Caller,
    Asked(mut fields): Asked,
) -> Result<Json<Usage>, ApiFailure> {
    let today = Moment::new(desk.now()).in_utc8().date();
    let from = fields.optional("from", text_as(day));
    let to = fields.optional("to", text_as(day)).unwrap_or(today);
    let from = from.unwrap_or_else(|| to.saturating_sub(Days::new().days(USUAL_DAYS - 1)));
    let longest = to.saturating_sub(Days::new().days(MOST_DAYS - 1));
    if from > to {
        fields.refuse(InvalidField::new("from", "not_valid", "is after to"));
    } else if from < longest {
        fields.refuse(InvalidField::new("from", "not_valid", "is more than 365 days before to"));
    }
    fields.finish(Some(()))?;
    let data = days(&records, caller.id(), desk.is_sandbox(), (from, to)).await;
    let data = data.map_err(|error| ApiFailure::of_records(&error))?;
    Ok(Json(Usage { from, to, currency: "CNY", data }))
}

/// Every day from `from` to `to`.
async fn days(
    records: &Records,
    merchant: &str,
    sandbox: bool,
    (from, to): (Date, Date),
) -> Result<Vec<UsageDay>, records::RecordsError> {
    let mut days: BTreeMap<Date, UsageDay> = from
        .series(Days::new().days(1))
        .take_while(|day| *day <= to)
        .map(|day| (day, UsageDay { day, ..UsageDay::default() }))
        .collect();
    let midnight = |day: Date| UTC8.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or_default();
    let after = midnight(to).saturating_add(SignedDuration::from_hours(24)).unwrap_or_default();
    let span = Span { from: midnight(from), to: after };
    for of in records.offer_days(Some(merchant), sandbox, span).await? {
        let day = days.entry(of.day).or_default();
        (day.offers, day.redemptions, day.credit) = (of.accepted, of.redeemed, of.redeemed_amount);
    }
    for of in records.merchant_days(merchant, from, to).await? {
        let day = days.entry(of.day).or_default();
        (day.quotes, day.calls) = (of.quotes, of.calls);
    }
    Ok(days.into_values().collect())
}

/// Writes a day such as `2026-06-18`.
fn as_text<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

fn day(text: &str) -> Result<Date, &'static str> {
    let day = text.parse::<Date>().ok().filter(|day| text.len() == 10 && (1970..=9998).contains(&day.year()));
    day.ok_or("it takes a day in UTC+8, such as 2026-06-18")
}
