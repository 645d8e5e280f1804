//! The JSON of the API as the OpenAPI document describes it. The values themselves come from `domain` and
//! `checkout`, which know no OpenAPI; tests compare the two.

#![expect(dead_code, reason = "these types are described in the document and never made")]

use utoipa::ToSchema;

mod offer;
mod quote;

pub(in crate::web) use offer::{Event, Offer, OfferState};
pub(in crate::web) use quote::{Model, Quote};

/// An amount and its currency.
#[derive(ToSchema)]
pub(in crate::web) struct Amount {
    /// In the currency's hundredth: fen.
    #[schema(examples(470_000))]
    amount: i64,
    /// ISO 4217.
    #[schema(pattern = "^[A-Z]{3}$", examples("CNY"))]
    currency: String,
}

/// Why a call failed: a closed list.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(in crate::web) enum ProblemCode {
    InvalidInput,
    ModelUnknown,
    NotAccepted,
    QuotaExhausted,
    RateLimited,
    PartnerUnavailable,
    PartnerRefused,
    Expired,
    NotFound,
    NotAllowed,
    Internal,
    Unauthorized,
    AlreadyRedeemed,
    AmountMismatch,
    Withdrawn,
    Conflict,
}
