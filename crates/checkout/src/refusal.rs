use crate::Amount;

/// Why a command was refused: a closed list. Nothing has changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Another order than the named one holds the offer, or the shopper wants to withdraw an offer that an
    /// order holds.
    #[error("the offer is redeemed by an order")]
    AlreadyRedeemed,
    /// The amount or the currency differs from the offer's.
    #[error("the amount differs: the offer is worth {expected}, the order states {given}")]
    AmountMismatch {
        /// What the offer is worth.
        expected: Amount,
        /// What the shop stated.
        given: Amount,
    },
    /// The offer's end has passed.
    #[error("the offer has expired")]
    Expired,
    /// The shopper withdrew the offer.
    #[error("the shopper has withdrawn the offer")]
    Withdrawn,
    /// The order that releases the offer does not hold it.
    #[error("the offer is not held by this order")]
    Conflict,
}

impl Refusal {
    /// The name in JSON (`code`).
    pub fn code(&self) -> &'static str {
        match self {
            Self::AlreadyRedeemed => "already_redeemed",
            Self::AmountMismatch { .. } => "amount_mismatch",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
            Self::Conflict => "conflict",
        }
    }

    /// The HTTP status of the refusal.
    pub fn status(&self) -> u16 {
        match self {
            Self::AlreadyRedeemed | Self::Withdrawn | Self::Conflict => 409,
            Self::AmountMismatch { .. } => 422,
            Self::Expired => 410,
        }
    }
}
