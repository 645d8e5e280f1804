//! An order takes an offer, or gives it back.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use checkout::{Amount, Checkout, Currency, OfferId, OfferToken, OrderId, Reason, Redemption};
use domain::{Failure, Money};
use utoipa::ToSchema;

use super::caller::Writer;
use super::failure::ApiFailure;
use super::field::{Sent, integer, text_as};
use super::offer_json::OfferJson;
use super::problem::Problem;
use super::schema;

/// The longest token that is read, in bytes.
const LONGEST_TOKEN: usize = 8 * 1024;

/// The order that redeems an offer, and the amount that it counts on.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is described in the document; `Fields` is what is read")]
pub(super) struct Redeem {
    /// The shop's number of the order, without personal data.
    #[schema(min_length = 1, max_length = 100, examples("A-1001"))]
    order_id: String,
    /// The amount in fen. It has to be the offer's; otherwise nothing is redeemed.
    #[schema(examples(470_000))]
    amount: i64,
    /// ISO 4217.
    #[schema(pattern = "^[A-Z]{3}$", examples("CNY"))]
    currency: String,
    /// The token from the shopper's browser. If it is sent, it has to be valid and this offer's.
    #[schema(max_length = 8192)]
    token: Option<String>,
}

/// The order that releases an offer.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is described in the document; `Fields` is what is read")]
pub(super) struct Release {
    /// The order that has redeemed the offer.
    #[schema(min_length = 1, max_length = 100, examples("A-1001"))]
    order_id: String,
    /// Why, in the shop's words, without personal data.
    #[schema(min_length = 1, max_length = 200, examples("order cancelled"))]
    reason: Option<String>,
}

/// Redeem an offer for an order.
///
/// One order at most redeems an offer, however many try at once. The same order and amount again get the same
/// answer and change nothing. If amount or currency differ from the offer's, nothing is redeemed, and the
/// problem has both amounts.
#[utoipa::path(
    post, path = "/offers/{id}/redeem", operation_id = "redeemOffer", tag = "offers", request_body = Redeem,
    params(("id" = String, Path, description = "The offer's id", pattern = "^of_[0-9A-Za-z]{22}$")),
    responses(
        (status = 200, description = "The offer, redeemed by this order", body = schema::Offer),
        (status = 404, description = "`not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`already_redeemed` by another order, `withdrawn`, or `conflict` (the first request with this key is under way)", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "`expired`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`amount_mismatch`, or `invalid_input`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn redeem(
    State(checkout): State<Arc<Checkout>>,
    Writer(caller): Writer,
    Path(id): Path<String>,
    Sent(mut fields): Sent,
) -> Result<Json<OfferJson>, ApiFailure> {
    let order_id = fields.required("order_id", text_as(OrderId::parse));
    let amount = fields.required("amount", integer);
    let currency = fields.required("currency", text_as(Currency::parse));
    let token = fields.optional("token", text_as(token));
    let sent = order_id.zip(amount.zip(currency));
    let (order_id, (amount, currency)) = fields.finish(sent)?;
    let amount = Amount { amount: Money::from_fen(amount), currency };
    let id = OfferId::parse(&id).map_err(|_| Failure::NotFound)?;
    let kept = checkout.redeem(&id, caller.id(), Redemption { order_id, amount, token }).await?;
    Ok(OfferJson::answer(&checkout, kept))
}

fn token(text: &str) -> Result<OfferToken, &'static str> {
    let fits = text.len() <= LONGEST_TOKEN;
    fits.then(|| OfferToken::received(text.to_owned())).ok_or("a token has up to 8192 characters")
}

/// Release an offer.
///
/// The order that has redeemed it gives it back, for example because it was cancelled. Until its end, another
/// order may redeem it.
#[utoipa::path(
    post, path = "/offers/{id}/release", operation_id = "releaseOffer", tag = "offers", request_body = Release,
    params(("id" = String, Path, description = "The offer's id", pattern = "^of_[0-9A-Za-z]{22}$")),
    responses(
        (status = 200, description = "The offer: `accepted` again, or `expired` if it has ended", body = schema::Offer),
        (status = 404, description = "`not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`conflict`: this order does not hold the offer, or the first request with this key is under way", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn release(
    State(checkout): State<Arc<Checkout>>,
    Writer(caller): Writer,
    Path(id): Path<String>,
    Sent(mut fields): Sent,
) -> Result<Json<OfferJson>, ApiFailure> {
    let order_id = fields.required("order_id", text_as(OrderId::parse));
    let reason = fields.optional("reason", text_as(Reason::parse));
    let order_id = fields.finish(order_id)?;
    let id = OfferId::parse(&id).map_err(|_| Failure::NotFound)?;
    let kept = checkout.release(&id, Some(caller.id()), order_id, reason).await?;
    Ok(OfferJson::answer(&checkout, kept))
}
