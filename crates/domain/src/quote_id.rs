//! The id of a quote.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A quote's id: 22 letters and digits from 128 random bits, which cannot be guessed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct QuoteId(String);

impl QuoteId {
    const LENGTH: usize = 22;
    const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// The id that these random bits make.
    pub fn from_random(mut bits: u128) -> Self {
        let mut text = String::with_capacity(Self::LENGTH);
        for _ in 0..Self::LENGTH {
            text.push(char::from(Self::ALPHABET[(bits % 62) as usize]));
            bits /= 62;
        }
        Self(text)
    }

    /// Reads an id; `None` when `text` cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == Self::LENGTH && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        fits.then(|| Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for QuoteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for QuoteId {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a quote id has 22 letters and digits")
    }
}

impl From<QuoteId> for String {
    fn from(id: QuoteId) -> Self {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_22_letters_and_digits_and_is_read_back() {
        let id = QuoteId::from_random(u128::MAX);
        assert_eq!(QuoteId::parse(id.as_str()), Some(id.clone()));
        assert_ne!(id, QuoteId::from_random(u128::MAX - 1));
        assert_eq!(QuoteId::from_random(0).as_str(), "0".repeat(22));
        assert_eq!(QuoteId::from_random(62 + 61).to_string(), format!("z1{}", "0".repeat(20)));
        assert_eq!(QuoteId::parse(&"a".repeat(21)), None);
        assert_eq!(QuoteId::parse(&"é".repeat(11)), None);
        assert_eq!(serde_json::from_str::<QuoteId>(&format!("\"{id}\"")).unwrap(), id);
        assert!(serde_json::from_str::<QuoteId>("\"short\"").is_err());
        assert_eq!(QuoteId::parse("../../etc/passwd"), None);
    }
}
