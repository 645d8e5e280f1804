//! Signs offer tokens, and verifies them as shops do with any JWT library.

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

/// The header's `typ`. If the same key ever signs other tokens, it prevents them from being accepted as
/// offers (RFC 8725, 3.11).
const TYPE: &str = "tradein-offer+jwt";
/// The claim `v`. It is increased when the claims change in a way that earlier readers would misread.
const VERSION: u8 = 1;
