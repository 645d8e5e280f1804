//! Which quotes a shopper may accept.

use domain::{Moment, Money, Quote, Source};

use crate::{Credit, NoCredit};

/// Why a quote cannot be accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAcceptable {
    /// The quote is an older one, shown while the provider is down.
    #[error("the quote is an older one, shown while the provider is down; ask for a new one")]
    Stale,
    /// The end of the quote is not known.
    #[error("the quote does not say until when it holds")]
    UnknownEnd,
    /// The end of the quote or of the offer has passed.
    #[error("the quote has expired; ask for a new one")]
    Expired,
    /// A part of the price is our estimate, since the provider did not give it.
    #[error("a part of the price is an estimate")]
    Estimated,
    /// The price is not above 0, the top-up is negative, or the sum is too large.
    #[error(transparent)]
    NoCredit(#[from] NoCredit),
}

/// The credit that a shopper gets who accepts `quote` at `now`, and its end, which is the quote's. `top_up` is
/// what the shop adds, in fen.
///
/// # Errors
/// [`NotAcceptable`].
pub fn acceptable(quote: &Quote, top_up: Money, now: Moment) -> Result<(Credit, Moment), NotAcceptable> {
    if quote.source == Source::Stale {
        return Err(NotAcceptable::Stale);
    }
    let end = quote.valid_until.ok_or(NotAcceptable::UnknownEnd)?;
    if end <= now {
        return Err(NotAcceptable::Expired);
    }
    let credit = Credit::new(quote.price.final_price(), top_up)?;
    if quote.price.market_coefficient_estimated() {
        return Err(NotAcceptable::Estimated);
    }
    Ok((credit, end))
}
