use std::fmt;

use serde::{Deserialize, Serialize};

/// An offer's id: `of_` and 22 letters and digits from 128 random bits, which cannot be guessed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OfferId(String);

/// An event's id, sent as `webhook-id`: `ev_` and 22 letters and digits. Each try sends the same id, so that
/// a receiver can recognise a repeated event.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EventId(String);

/// The id of an API key, which is not secret: `key_` and 22 letters and digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ApiKeyId(String);

/// A text that is not an id of the expected kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id of this kind is {prefix} and 22 letters and digits")]
pub struct NotAnId {
    prefix: &'static str,
}

const LENGTH: usize = 22;
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The prefix, and 22 letters and digits that encode all of the bits.
pub(crate) fn from_random(prefix: &str, mut bits: u128) -> String {
    let mut text = String::with_capacity(prefix.len() + LENGTH);
    text.push_str(prefix);
    for _ in 0..LENGTH {
        text.push(char::from(ALPHABET[(bits % 62) as usize]));
        bits /= 62;
    }
    text
}

/// Whether `text` has the form that [`from_random`] gives.
pub(crate) fn fits(prefix: &str, text: &str) -> bool {
    let digits = text.strip_prefix(prefix).unwrap_or_default();
    digits.len() == LENGTH && digits.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// All kinds of ids have the same functions; only the prefix differs.
macro_rules! ids {
    ($($name:ident: $prefix:literal;)+) => {$(
        impl $name {
            const PREFIX: &'static str = $prefix;

            /// The id made from these random bits.
            pub fn from_random(bits: u128) -> Self {
                Self(from_random(Self::PREFIX, bits))
            }

            /// Reads an id.
            ///
            /// # Errors
            /// [`NotAnId`] if `text` does not have the form of one.
            pub fn parse(text: &str) -> Result<Self, NotAnId> {
                let id = fits(Self::PREFIX, text).then(|| Self(text.to_owned()));
                id.ok_or(NotAnId { prefix: Self::PREFIX })
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;
            fn try_from(text: String) -> Result<Self, NotAnId> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

ids! {
    OfferId: "of_";
    EventId: "ev_";
    ApiKeyId: "key_";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_back_and_kinds_of_ids_are_not_mixed_up() {
        let id = OfferId::from_random(u128::MAX);
        assert_eq!(OfferId::parse(id.as_str()), Ok(id.clone()));
        assert!(EventId::parse(id.as_str()).is_err());
        assert_ne!(OfferId::from_random(1), OfferId::from_random(2));
    }

    #[test]
    fn a_text_of_another_shape_is_no_id() {
        for text in
            ["", "of_", "of_0000000000000000000000;", "of_000000000000000000000", "0000000000000000000000"]
        {
            assert!(OfferId::parse(text).is_err(), "{text}");
        }
    }
}
