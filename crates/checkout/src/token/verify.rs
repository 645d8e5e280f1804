use std::collections::HashSet;

use domain::Moment;
use jiff::SignedDuration;
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};

use super::{Claims, TYPE, TokenError, VERSION};
use crate::PublicKey;

/// How far the clock of the server that signed may differ from this one.
pub const LEEWAY: SignedDuration = SignedDuration::from_secs(30);

/// The longest token that is verified, in bytes. Tokens of this server have about 1,000.
const LONGEST: usize = 8 * 1024;

/// Verifies a token at `now`, as a shop's backend does: it must be signed by one of `keys`, issued by
/// `issuer`, and meant for the merchant `audience`.
///
/// The algorithm is fixed (RFC 8725, 3.1), and `kid` only chooses among `keys`. Keys in the header (`jwk`,
/// `x5c`) and addresses of keys (`jku`, `x5u`) are ignored.
///
/// # Errors
/// [`TokenError`].
pub fn verify<'a>(
    token: &str,
    keys: impl IntoIterator<Item = &'a PublicKey>,
    issuer: &str,
    audience: &str,
    now: Moment,
) -> Result<Claims, TokenError> {
    if token.len() > LONGEST {
        return Err(TokenError::Malformed);
    }
    let header = decode_header(token).map_err(|_| TokenError::Malformed)?;
    if header.alg != Algorithm::EdDSA {
        return Err(TokenError::Algorithm);
    }
    if header.typ.as_deref() != Some(TYPE) {
        return Err(TokenError::Type);
    }
    if header.crit.is_some() {
        return Err(TokenError::Critical);
    }
    let kid = header.kid.ok_or(TokenError::UnknownKey)?;
    let key = keys.into_iter().find(|key| key.kid() == kid).ok_or(TokenError::UnknownKey)?;
    let validation = validation(issuer, audience);
    let claims = decode::<Claims>(token, key.decoding(), &validation)
        .map_err(|error| TokenError::of_library(&error))?
        .claims;
    if claims.v != VERSION {
        return Err(TokenError::Claims);
    }
    in_time(&claims, now)?;
    Ok(claims)
}

/// The library's own checks of `exp` and `nbf` use the system's clock, so they are switched off, and
/// [`in_time`] replaces them. Both claims are still required.
fn validation(issuer: &str, audience: &str) -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_issuer(&[issuer]);
    validation.set_audience(&[audience]);
    validation.required_spec_claims = HashSet::from(["exp", "nbf", "aud", "iss"].map(str::to_owned));
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation
}

fn in_time(claims: &Claims, now: Moment) -> Result<(), TokenError> {
    let (now, leeway) = (now.timestamp().as_second(), LEEWAY.as_secs());
    if claims.exp.saturating_add(leeway) <= now {
        Err(TokenError::Expired)
    } else if claims.nbf > now.saturating_add(leeway) {
        Err(TokenError::NotYetValid)
    } else {
        Ok(())
    }
}
