use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use jsonwebtoken::DecodingKey;
use sha2::{Digest as _, Sha256};

/// The public half of a key, with which shops verify tokens.
#[derive(Clone, Debug)]
pub struct PublicKey {
    kid: String,
    x: String,
    decoding: DecodingKey,
}

impl PublicKey {
    /// The key made from these 32 bytes (RFC 8032).
    pub(super) fn new(point: &[u8; 32]) -> Self {
        let x = BASE64URL.encode(point);
        Self { kid: thumbprint(&x), x, decoding: DecodingKey::from_ed_der(point) }
    }

    /// The key's id: its thumbprint by RFC 7638, which is the same wherever it is calculated.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The key in base64url, as `x` of a JWK (RFC 8037).
    pub fn x(&self) -> &str {
        &self.x
    }

    pub(crate) fn decoding(&self) -> &DecodingKey {
        &self.decoding
    }

    /// The 32 bytes of the key.
    pub(super) fn point(&self) -> [u8; 32] {
        let bytes = self.decoding.try_get_as_bytes().ok().and_then(|bytes| bytes.try_into().ok());
        bytes.expect("an Ed25519 key is made of 32 bytes")
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.x == other.x
    }
}

impl Eq for PublicKey {}

/// The SHA-256 of the members that RFC 8037 requires, in the order of RFC 7638.
fn thumbprint(x: &str) -> String {
    BASE64URL.encode(Sha256::digest(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kid_is_the_thumbprint_of_the_example_in_rfc_8037() {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        let key = PublicKey::new(&BASE64URL.decode(x).unwrap().try_into().unwrap());
        assert_eq!(key.kid(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assert_eq!(key.x(), x);
    }
}
