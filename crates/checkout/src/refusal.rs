use crate::Amount;

/// Why a command was refused. The list is closed; nothing has changed where one is returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// An order holds the offer, and it is not the one that was named.
    #[error("the offer is redeemed by an order")]
    AlreadyRedeemed,
    /// Amount or currency differ from the offer's.
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
    /// The shopper took the offer back.
    #[error("the shopper has withdrawn the offer")]
    Withdrawn,
    /// The offer is not held by the order that gives it back.
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

    /// The HTTP status that goes with it.
    pub fn status(&self) -> u16 {
        match self {
            Self::AlreadyRedeemed | Self::Withdrawn | Self::Conflict => 409,
            Self::AmountMismatch { .. } => 422,
            Self::Expired => 410,
        }
    }
}
