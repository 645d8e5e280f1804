use std::fmt;

use domain::Moment;
use records::{ApiKeyRecord, Key};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::ApiKeyId;
use crate::id::{fits, from_random};

/// The fixed key of the merchant `demo` in a sandbox.
pub const DEMO_KEY: &str = "tik_test_demo";

const LIVE: &str = "tik_live_";
const TEST: &str = "tik_test_";

/// An API key of a merchant's backend, as it is sent: `tik_live_` or `tik_test_`, and 22 letters and digits
/// from 128 random bits. It is shown once, when it is created. Its `Debug` output contains no secret.
#[derive(Clone)]
pub struct ApiKeySecret(SecretString);

/// A text that is not an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key is tik_live_ or tik_test_ and 22 letters and digits")]
pub struct NotAnApiKey;

/// What an API key permits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id; `None` for the sandbox's fixed key.
    pub id: Option<ApiKeyId>,
    /// The merchant whose offers it gives access to.
    pub merchant: String,
    /// Whether it permits reading only.
    pub read_only: bool,
}

/// An API key as the operator's list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApiKeyView {
    /// Its id.
    pub id: String,
    /// The merchant's id.
    pub merchant: String,
    /// The name that the operator gave it; may be empty.
    pub name: String,
    /// Whether it is for a sandbox.
    pub sandbox: bool,
    /// Whether it permits reading only.
    pub read_only: bool,
    /// When it was created.
    pub created_at: Moment,
    /// When it was revoked; `None` while it is valid.
    pub revoked_at: Option<Moment>,
}

impl ApiKeySecret {
    /// The key made from these random bits, for a sandbox or a live server.
    pub fn from_random(bits: u128, sandbox: bool) -> Self {
        Self(SecretString::from(from_random(if sandbox { TEST } else { LIVE }, bits)))
    }

    /// Reads a key as it was sent.
    ///
    /// # Errors
    /// [`NotAnApiKey`].
    pub fn parse(text: &str) -> Result<Self, NotAnApiKey> {
        let is_key = fits(LIVE, text) || fits(TEST, text) || text == DEMO_KEY;
        is_key.then(|| Self(SecretString::from(text))).ok_or(NotAnApiKey)
    }

    /// The key as text, to be shown once.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether it is for a sandbox.
    pub fn sandbox(&self) -> bool {
        self.expose().starts_with(TEST)
    }

    /// Whether it is [`DEMO_KEY`].
    pub(crate) fn is_demo(&self) -> bool {
        self.expose() == DEMO_KEY
    }

    /// The hash that is stored instead of the key. The key has 128 random bits, so a plain hash is enough: the
    /// key cannot be found by trying.
    pub(crate) fn hash(&self) -> Key {
        Key::new(Sha256::digest(self.expose()).into())
    }

    /// Whether `record` belongs to this key. The comparison takes the same time however much of the hash
    /// agrees.
    pub(crate) fn is_of(&self, record: &ApiKeyRecord) -> bool {
        self.hash().bytes().ct_eq(&record.hash).into()
    }
}

impl fmt::Debug for ApiKeySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKeySecret(…)")
    }
}

impl From<ApiKeyRecord> for ApiKeyView {
    fn from(record: ApiKeyRecord) -> Self {
        Self {
            id: record.id,
            merchant: record.merchant,
            name: record.name,
            sandbox: record.sandbox,
            read_only: record.read_only,
            created_at: Moment::new(record.created_at),
            revoked_at: record.revoked_at.map(Moment::new),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_what_it_is_for_and_is_not_printed() {
        let live = ApiKeySecret::from_random(u128::MAX, false);
        assert!(live.expose().starts_with("tik_live_") && !live.sandbox());
        assert_eq!(live.expose().len(), 31);
        assert_eq!(ApiKeySecret::parse(live.expose()).unwrap().expose(), live.expose());
        assert!(ApiKeySecret::from_random(1, true).sandbox());
        assert!(ApiKeySecret::parse(DEMO_KEY).unwrap().is_demo());
        assert_eq!(format!("{live:?}"), "ApiKeySecret(…)");
        for text in [
            "",
            "tik_live_demo",
            "tik_test_",
            "tik_prod_0000000000000000000000",
            "tik_live_000000000000000000000;",
        ] {
            assert_eq!(ApiKeySecret::parse(text).unwrap_err(), NotAnApiKey, "{text}");
        }
    }

    #[test]
    fn all_bits_of_a_key_count() {
        let keys: std::collections::HashSet<_> =
            (0..128).map(|bit| ApiKeySecret::from_random(1 << bit, false).expose().to_owned()).collect();
        assert_eq!(keys.len(), 128);
    }
}
