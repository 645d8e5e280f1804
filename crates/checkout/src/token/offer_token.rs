use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, Serializer};

/// A signed offer token. Anyone who has it can show it to the shop, so it is sent in bodies only. Its `Debug`
/// output contains nothing of it, and it has no `Display`.
#[derive(Clone)]
pub struct OfferToken(SecretString);

impl OfferToken {
    pub(crate) fn from_signed(text: String) -> Self {
        Self(SecretString::from(text))
    }

    /// A text that a shop sent as a token. [`verify`](crate::verify) says whether it is one.
    pub fn received(text: String) -> Self {
        Self(SecretString::from(text))
    }

    /// The token as text, for the body of a response.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for OfferToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OfferToken(…)")
    }
}

impl Serialize for OfferToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}
