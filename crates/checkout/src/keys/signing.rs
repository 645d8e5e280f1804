use std::fmt;

use jsonwebtoken::jwk::{AlgorithmParameters, Jwk};
use jsonwebtoken::{Algorithm, EncodingKey};
use secrecy::zeroize::Zeroizing;

use super::{PublicKey, der};

/// A private Ed25519 key with its public half. It is wiped from memory when dropped, and its `Debug` output
/// shows only the key's id.
#[derive(Clone)]
pub struct SigningKey {
    encoding: EncodingKey,
    public: PublicKey,
}

/// A document that is not a private Ed25519 key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not an Ed25519 key as `openssl genpkey -algorithm ed25519` writes it")]
pub struct NotAKey;

impl SigningKey {
    /// The key made from 32 random bytes.
    ///
    /// # Panics
    /// Never: any 32 bytes are a private key (RFC 8032, 5.1.5).
    pub fn from_seed(seed: [u8; 32]) -> Self {
        let seed = Zeroizing::new(seed);
        let encoding = EncodingKey::from_ed_der(&*der::private(&seed));
        let point = point(&encoding).expect("each 32 bytes are an Ed25519 key");
        Self { encoding, public: PublicKey::new(&point) }
    }

    /// Reads a PKCS#8 document.
    ///
    /// # Errors
    /// [`NotAKey`].
    pub fn from_pkcs8(document: &[u8]) -> Result<Self, NotAKey> {
        der::seed_of(document).map(|seed| Self::from_seed(*seed)).ok_or(NotAKey)
    }

    /// The public half.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The key as a PKCS#8 document.
    pub(super) fn pkcs8(&self) -> &[u8] {
        self.encoding.as_bytes()
    }

    pub(crate) fn encoding(&self) -> &EncodingKey {
        &self.encoding
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.public.kid()).finish_non_exhaustive()
    }
}

fn point(key: &EncodingKey) -> Option<[u8; 32]> {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    let jwk = Jwk::from_encoding_key(key, Algorithm::EdDSA).ok()?;
    let AlgorithmParameters::OctetKeyPair(parameters) = jwk.algorithm else { return None };
    URL_SAFE_NO_PAD.decode(parameters.x).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_half_is_that_of_the_example_in_rfc_8037() {
        use base64::Engine as _;
        let seed = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
        let seed = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(seed).unwrap();
        let key = SigningKey::from_seed(seed.try_into().unwrap());
        assert_eq!(key.public().x(), "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    }

    #[test]
    fn a_key_is_read_back_and_its_debug_shows_no_secret() {
        let key = SigningKey::from_seed([65; 32]);
        assert_eq!(SigningKey::from_pkcs8(key.pkcs8()).unwrap().public(), key.public());
        assert_eq!(SigningKey::from_pkcs8(&[65; 48]).unwrap_err(), NotAKey);
        let shown = format!("{key:?}");
        assert!(shown.contains(key.public().kid()) && !shown.contains("65, 65"), "{shown}");
    }
}
