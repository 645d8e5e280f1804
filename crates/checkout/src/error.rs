use records::RecordsError;

use crate::{NotAcceptable, Refusal, TokenError};

/// Why an operation on an offer failed. The operation has changed nothing then, except that an offer that had
/// ended may be marked as expired.
#[derive(Debug, thiserror::Error)]
pub enum CheckoutError {
    /// There is no such offer, it belongs to another merchant, or it is a sandbox's at a live server (or the
    /// other way round).
    #[error("there is no such offer")]
    NotFound,
    /// The quote cannot be accepted.
    #[error(transparent)]
    NotAcceptable(#[from] NotAcceptable),
    /// The command was refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The token that was sent along is not a valid token of this server for the merchant.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The token that was sent along belongs to another offer.
    #[error("the token is of another offer")]
    TokenOfAnother,
    /// Each code that was drawn belongs to another offer already.
    #[error("no free code was drawn; try again")]
    NoCode,
    /// The stored offer cannot be read. Its id is for the operator who repairs the database.
    #[error("the offer {0} cannot be read as it was kept")]
    Garbled(String),
    /// The records failed. If the connection broke at the end of a change, the change may have been made.
    #[error(transparent)]
    Records(#[from] RecordsError),
}
