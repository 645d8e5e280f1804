use records::RecordsError;

use crate::{NotAcceptable, Refusal, TokenError};

/// Why something was not done with an offer. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum CheckoutError {
    /// There is no such offer, it is another merchant's, or a sandbox's at a live server (or the other way
    /// round).
    #[error("there is no such offer")]
    NotFound,
    /// The quote cannot be accepted.
    #[error(transparent)]
    NotAcceptable(#[from] NotAcceptable),
    /// The command was refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The token that was sent along is none of this server's for the merchant.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The token that was sent along is of another offer.
    #[error("the token is of another offer")]
    TokenOfAnother,
    /// Each code that was drawn belongs to another offer.
    #[error("no free code was drawn; try again")]
    NoCode,
    /// What was kept is no offer; for whoever looks after the database.
    #[error("the offer {0} cannot be read as it was kept")]
    Garbled(String),
    /// The records failed.
    #[error(transparent)]
    Records(#[from] RecordsError),
}
