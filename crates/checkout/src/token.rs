//! Offer tokens: signed by us, verified by shops with any JWT library.

mod claims;
mod error;
mod offer_token;
mod sign;
mod verify;

#[cfg(test)]
mod attacks;

pub use claims::{Claims, TokenDevice};
pub use error::TokenError;
pub use offer_token::OfferToken;
pub use sign::sign;
pub use verify::{LEEWAY, verify};

/// The header's `typ`. It keeps other tokens signed by the same key, if there ever are any, from being
/// taken for an offer (RFC 8725, 3.11).
const TYPE: &str = "tradein-offer+jwt";
/// The claim `v`: it grows when claims change so that older readers would be wrong.
const VERSION: u8 = 1;
