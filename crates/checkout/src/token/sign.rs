use domain::Moment;
use jsonwebtoken::{Algorithm, Header, encode};

use super::{Claims, OfferToken, TYPE};
use crate::{Offer, SigningKey};

/// Signs the token of `offer` at `now`, as the server with the public address `issuer`.
///
/// The same offer, key, issuer and second give the same token, since Ed25519 uses no randomness.
///
/// # Panics
/// Never: a [`SigningKey`] is always valid, and the claims are plain JSON.
pub fn sign(offer: &Offer, issuer: &str, key: &SigningKey, now: Moment) -> OfferToken {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(TYPE.to_owned());
    header.kid = Some(key.public().kid().to_owned());
    let claims = Claims::new(offer, issuer, now.timestamp().as_second());
    let text = encode(&header, &claims, key.encoding()).expect("a checked key signs plain JSON");
    OfferToken::from_signed(text)
}
