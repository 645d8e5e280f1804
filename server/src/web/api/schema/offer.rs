//! An offer and an event in the document.

use utoipa::ToSchema;

use super::Quote;

/// One shopper's acceptance of one quote at one merchant. Money is in fen.
#[derive(ToSchema)]
pub(in crate::web) struct Offer {
    #[schema(pattern = "^of_[0-9A-Za-z]{22}$")]
    id: String,
    state: OfferState,
    /// Whether it comes from a sandbox, so that it will not be paid.
    sandbox: bool,
    /// The merchant's id.
    merchant: String,
    quote: Quote,
    /// What it is worth: price and top-up together. This is the amount to redeem.
    #[schema(minimum = 1)]
    amount: i64,
    /// The price of the device.
    #[schema(minimum = 1)]
    price: i64,
    /// What the shop adds.
    #[schema(minimum = 0)]
    top_up: i64,
    /// ISO 4217.
    #[schema(examples("CNY"))]
    currency: String,
    /// The new product that the shopper looked at.
    #[schema(required)]
    product: Option<Product>,
    /// The order that has redeemed it.
    #[schema(required)]
    order_id: Option<String>,
    /// A signed statement of the offer (JWS), to be verified with the keys at `/.well-known/jwks.json`. It is
    /// signed anew in each answer.
    token: String,
    /// The code for people, at a till for example.
    #[schema(pattern = "^[2-9A-HJKMNP-Z]{8}$")]
    code: String,
    #[schema(format = DateTime)]
    accepted_at: String,
    #[schema(format = DateTime, required)]
    redeemed_at: Option<String>,
    /// Its end: from then on it cannot be redeemed.
    #[schema(format = DateTime)]
    expires_at: String,
    /// 1 for a new offer, and 1 more after each change.
    #[schema(minimum = 1)]
    version: u64,
}

/// The state of an offer.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(in crate::web) enum OfferState {
    Accepted,
    Redeemed,
    Withdrawn,
    Expired,
}

/// The new product that a shopper looked at.
#[derive(ToSchema)]
pub(in crate::web) struct Product {
    /// Its name in the shop.
    name: String,
    /// Its price in fen.
    #[schema(required)]
    price: Option<i64>,
}

/// What happened, as the webhooks report it.
#[derive(ToSchema)]
pub(in crate::web) struct Event {
    /// The same as `webhook-id`.
    #[schema(pattern = "^ev_[0-9A-Za-z]{22}$")]
    id: String,
    #[schema(rename = "type")]
    kind: EventKind,
    /// When it happened.
    #[schema(format = DateTime)]
    timestamp: String,
    /// The offer without its token; for `endpoint.disabled` and `ping`, what they are about.
    #[schema(value_type = Object)]
    data: serde_json::Value,
}

/// What an event reports.
#[derive(ToSchema)]
pub(in crate::web) enum EventKind {
    #[schema(rename = "offer.accepted")]
    OfferAccepted,
    #[schema(rename = "offer.withdrawn")]
    OfferWithdrawn,
    #[schema(rename = "offer.redeemed")]
    OfferRedeemed,
    #[schema(rename = "offer.released")]
    OfferReleased,
    #[schema(rename = "offer.expired")]
    OfferExpired,
    #[schema(rename = "endpoint.disabled")]
    EndpointDisabled,
    #[schema(rename = "ping")]
    Ping,
}
