use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{AppSecret, CanonicalString, Parameters};

/// HMAC-SHA256 of the canonical string with the app secret as key.
///
/// `Display` writes 64 lower-case hex digits. `Debug` writes nothing, since a signature gives access to the
/// partner's API for five minutes.
#[derive(Clone)]
pub struct Signature(Hmac<Sha256>);

impl CanonicalString {
    /// Signs the text.
    pub fn sign(&self, secret: &AppSecret) -> Signature {
        // The trait's constructor can fail for keys of a fixed length; HMAC accepts any length.
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes())
            .expect("HMAC takes keys of every length");
        mac.update(self.bytes());
        Signature(mac)
    }
}

/// The signature of `parameters`, both stages at once.
pub fn sign(parameters: &Parameters, secret: &AppSecret) -> Signature {
    parameters.canonical(secret).sign(secret)
}

impl Signature {
    /// Whether `claimed`, in hex, is this signature. The check takes the same time for every wrong value of
    /// 64 digits. Upper-case digits are refused, because the partner writes lower-case ones.
    pub fn verify(&self, claimed: &str) -> bool {
        let mut bytes = [0; 32];
        let is_hex = hex::decode_to_slice(claimed, &mut bytes).is_ok();
        is_hex
            && !claimed.contains(|it: char| it.is_ascii_uppercase())
            && self.0.clone().verify_slice(&bytes).is_ok()
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0.clone().finalize().into_bytes()))
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature(***)")
    }
}
