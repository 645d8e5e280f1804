use domain::Moment;
use serde::Serialize;

use super::KeyRing;

/// The document at `/.well-known/jwks.json` (RFC 7517, RFC 8037): the public keys with which shops verify
/// tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Jwks {
    keys: Vec<Jwk>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Jwk {
    kty: &'static str,
    crv: &'static str,
    #[serde(rename = "use")]
    used_for: &'static str,
    alg: &'static str,
    kid: String,
    x: String,
}

impl Jwks {
    /// The keys of `ring` that a shop may need at `now`.
    pub fn new(ring: &KeyRing, now: Moment) -> Self {
        let keys = ring.published(now).map(|key| Jwk {
            kty: "OKP",
            crv: "Ed25519",
            used_for: "sig",
            alg: "EdDSA",
            kid: key.kid().to_owned(),
            x: key.x().to_owned(),
        });
        Self { keys: keys.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn a_key_set_has_public_halves_only_and_any_library_reads_it() {
        let ring = KeyRing::generate([1; 32], [2; 32], samples::moment(0));
        let ring = ring.rotated(samples::moment(60), [3; 32], samples::moment(1)).unwrap();
        let jwks = serde_json::to_value(Jwks::new(&ring, samples::moment(2))).unwrap();
        let keys = jwks["keys"].as_array().unwrap();
        assert_eq!(keys.len(), 3);
        for key in keys {
            let names: Vec<_> = key.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(names.len(), 6, "{names:?}");
            assert!(!names.contains(&"d"), "the private half");
        }
        let read: jsonwebtoken::jwk::JwkSet = serde_json::from_value(jwks).unwrap();
        let current = read.find(ring.current().public().kid()).unwrap();
        let thumbprint = current.thumbprint(jsonwebtoken::jwk::ThumbprintHash::SHA256).unwrap();
        assert_eq!(thumbprint, ring.current().public().kid());
    }
}
