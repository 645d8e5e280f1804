//! Offers: made for a shopper of a shop with a form of its own, and read.

use std::sync::Arc;

use app::parts::frame;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use checkout::{Checkout, Offer, OfferId, Product, Selection, Wanted};
use desk::Desks;
use domain::{Moment, Money};
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::{Caller, Writer};
use super::failure::ApiFailure;
use super::field::{Asked, Fields, Sent, integer, text_as, text_of};
use super::idempotency;
use super::invalid_field::InvalidField;
use super::offer_json::OfferJson;
use super::problem::Problem;
use super::quotes::recall;
use super::schema;

/// What a shopper accepts. The amounts come from the quote and the merchant's rules.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is described in the document; `Fields` is what is read")]
pub(super) struct NewOffer {
    /// The quote that is accepted.
    #[schema(pattern = "^[0-9A-Za-z]{22}$")]
    quote_id: String,
    /// The name of the new product that the shopper looks at.
    #[schema(min_length = 1, max_length = 200, examples("iPhone 17 Pro"))]
    product: Option<String>,
    /// The price of that product, in fen.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, examples(799_900))]
    product_price: Option<i64>,
}

/// A page of offers.
#[derive(Serialize, ToSchema)]
pub(super) struct OfferPage {
    /// The newest first.
    #[schema(value_type = Vec<schema::Offer>)]
    data: Vec<OfferJson>,
    /// The cursor of the next page, for `after`; `null` on the last page.
    #[schema(required)]
    next: Option<String>,
}

/// Accept a quote for a shopper.
///
/// For shops with a form of their own; in the widget the shopper accepts. Stale, estimated, expired and zero
/// prices are refused. With the same `Idempotency-Key`, quote and product there is one offer.
#[utoipa::path(
    post, path = "/offers", operation_id = "createOffer", tag = "offers", request_body = NewOffer,
    responses(
        (status = 201, description = "The offer", body = schema::Offer),
        (status = 404, description = "`not_found`: there is no such quote", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "`expired`: the quote holds no longer", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn create(
    State(desks): State<Desks>,
    State(checkout): State<Arc<Checkout>>,
    Writer(caller): Writer,
    headers: HeaderMap,
    Sent(mut fields): Sent,
) -> Result<(StatusCode, Json<OfferJson>), ApiFailure> {
    let quote_id = fields.required("quote_id", text_of);
    let product = product(&mut fields);
    let quote_id = fields.finish(quote_id)?;
    let desks = caller.merchant.desks(&desks);
    let quote = recall(&desks, &quote_id).await?.best;
    let today = Moment::new(desks.now()).in_utc8().date();
    let shown = product.as_ref().map(|product| frame::Product {
        price: product.price.unwrap_or(Money::ZERO),
        name: Some(product.name.clone()),
    });
    let top_up = caller.merchant.top_up(&quote, shown.as_ref(), today).unwrap_or(Money::ZERO);
    let wanted = Wanted {
        merchant: caller.id().to_owned(),
        provider: quote.provider.to_string(),
        quote: (*quote).clone(),
        top_up,
        product,
        until: None,
        // Visits of the widget have other names, so that no key finds a shopper's offer.
        visit: idempotency::key(&headers)?.map(|key| format!("api {key}")),
    };
    let (kept, _) = checkout.accept(wanted).await?;
    Ok((StatusCode::CREATED, OfferJson::answer(&checkout, kept)))
}

/// The product; a price alone is none.
fn product(fields: &mut Fields) -> Option<Product> {
    let name = fields.optional("product", text_as(name));
    let price = fields.optional("product_price", |value| match integer(value)? {
        fen if fen > 0 && Money::from_fen(fen) <= checkout::Credit::MAX => Ok(Money::from_fen(fen)),
        _ => Err(("malformed", "is not a price in fen, above 0 and up to 2⁵³ − 1".to_owned())),
    });
    if name.is_none() && price.is_some() {
        fields.refuse(InvalidField::new("product", "missing", "is missing beside product_price"));
    }
    name.map(|name| Product { name, price })
}

fn name(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let fits =
        (1..=Offer::LONGEST_NAME).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned()).ok_or("a product's name has 1 to 200 characters, and no control characters")
}

/// Read an offer.
#[utoipa::path(
    get, path = "/offers/{id}", operation_id = "getOffer", tag = "offers",
    params(("id" = String, Path, description = "The offer's id, or its code as people type it", min_length = 8, max_length = 25)),
    responses(
        (status = 200, description = "The offer", body = schema::Offer),
        (status = 404, description = "`not_found`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(
    State(checkout): State<Arc<Checkout>>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<Json<OfferJson>, ApiFailure> {
    let kept = checkout.get(&name, Some(caller.id())).await?;
    Ok(OfferJson::answer(&checkout, kept))
}

/// List offers.
///
/// A page, the newest first. With `state`, a page may have fewer offers than `limit` although more follow:
/// `next` says whether there are more.
#[utoipa::path(
    get, path = "/offers", operation_id = "listOffers", tag = "offers",
    params(
        ("state" = Option<schema::OfferState>, Query, description = "Only offers in this state"),
        ("after" = Option<String>, Query, description = "The cursor `next` of the page before", pattern = "^of_[0-9A-Za-z]{22}$"),
        ("limit" = Option<u32>, Query, description = "The most offers of the page; 20 if it is not sent", minimum = 1, maximum = 100),
    ),
    responses(
        (status = 200, description = "A page of offers", body = OfferPage),
        (status = 422, description = "`invalid_input`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(checkout): State<Arc<Checkout>>,
    caller: Caller,
    Asked(mut fields): Asked,
) -> Result<Json<OfferPage>, ApiFailure> {
    let state = fields.optional("state", text_as(state));
    let after = fields.optional("after", text_as(OfferId::parse));
    let limit = fields.optional("limit", text_as(limit)).unwrap_or(PAGE);
    fields.finish(Some(()))?;
    let after = after.as_ref().map(OfferId::as_str);
    let selection = Selection { merchant: Some(caller.id()), state, day: None, after, limit };
    let page = checkout.list(selection).await?;
    let data = page.items.into_iter().map(|kept| OfferJson::new(&checkout, kept)).collect();
    Ok(Json(OfferPage { data, next: page.next }))
}

/// The items of a page if no limit is sent.
pub(super) const PAGE: u32 = 20;

/// Reads how many items a page may have.
pub(super) fn limit(text: &str) -> Result<u32, &'static str> {
    let limit = text.parse().ok().filter(|limit| (1..=Checkout::LONGEST_PAGE).contains(limit));
    limit.ok_or("it takes a whole number from 1 to 100")
}

fn state(text: &str) -> Result<&'static str, &'static str> {
    let known = ["accepted", "redeemed", "withdrawn", "expired"].into_iter().find(|state| *state == text);
    known.ok_or("it takes accepted, redeemed, withdrawn or expired")
}
