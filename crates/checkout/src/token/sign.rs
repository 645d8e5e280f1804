use domain::Moment;
use jsonwebtoken::{Algorithm, Header, encode};

use super::{Claims, OfferToken, TYPE};
use crate::{Offer, SigningKey};

/// Signs the token of `offer` as the server at the public address `issuer`, at `now`.
///
/// The same offer, key and second give the same token: Ed25519 needs no randomness.
///
/// # Panics
/// Never: a [`SigningKey`] has been checked, and claims are plain JSON.
pub fn sign(offer: &Offer, issuer: &str, key: &SigningKey, now: Moment) -> OfferToken {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(TYPE.to_owned());
    header.kid = Some(key.public().kid().to_owned());
    let claims = Claims::new(offer, issuer, now.timestamp().as_second());
    let text = encode(&header, &claims, key.encoding()).expect("a checked key signs plain JSON");
    OfferToken::from_signed(text)
}
