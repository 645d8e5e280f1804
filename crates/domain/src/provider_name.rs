//! The name of a company that buys devices, as settings, quotes, the audit, metrics and reports have it.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The name of a provider: 1 to 32 characters of a–z, 0–9 and hyphen.
///
/// ```
/// use domain::ProviderName;
///
/// assert_eq!(ProviderName::parse("main-2").unwrap().as_str(), "main-2");
/// assert!(ProviderName::parse("Main").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProviderName(Arc<str>);

/// A text that cannot be a provider's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a provider's name has 1 to 32 characters of a-z, 0-9 and hyphen")]
pub struct NotAName;

impl ProviderName {
    /// The name of the provider that the section `partner` of the settings describes.
    pub const PARTNER: &str = "aihuishou";
    /// The longest name, in characters.
    pub const LONGEST: usize = 32;

    /// Reads a name.
    ///
    /// # Errors
    /// [`NotAName`] if it is empty, too long, or has other characters.
    pub fn parse(text: &str) -> Result<Self, NotAName> {
        let fits = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        if (1..=Self::LONGEST).contains(&text.len()) && text.bytes().all(fits) {
            Ok(Self(text.into()))
        } else {
            Err(NotAName)
        }
    }

    /// The name of the provider that the section `partner` of the settings describes. Quotes that were recorded
    /// before they named their provider are all from it.
    pub(crate) fn of_the_partner() -> Self {
        Self(Self::PARTNER.into())
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&ProviderName> for Arc<str> {
    fn from(name: &ProviderName) -> Self {
        Self::clone(&name.0)
    }
}

impl fmt::Display for ProviderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ProviderName {
    type Error = NotAName;

    fn try_from(text: String) -> Result<Self, NotAName> {
        Self::parse(&text)
    }
}

impl From<ProviderName> for String {
    fn from(name: ProviderName) -> Self {
        name.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_lower_case_letters_digits_and_hyphens_and_has_a_bound() {
        for good in ["aihuishou", "own", "main-2", "0", "-", &"x".repeat(32)] {
            assert_eq!(ProviderName::parse(good).map(|name| name.to_string()), Ok(good.to_owned()));
        }
        for bad in ["", "Main", "two words", "回收", "a_b", "a.b", "a\n", &"x".repeat(33)] {
            assert_eq!(ProviderName::parse(bad), Err(NotAName), "{bad:?}");
        }
    }
}
