use serde::{Deserialize, Serialize};

/// Why a shop releases an offer, in its own words, such as `order cancelled`: up to 200 characters without
/// personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reason(String);

/// A text that is not a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a reason has 1 to 200 characters and no control characters")]
pub struct NotAReason;

impl Reason {
    /// The longest reason, in characters.
    pub const LONGEST: usize = 200;

    /// Reads a reason. Personal data in it is replaced by `…` ([`domain::redacted`]).
    ///
    /// # Errors
    /// [`NotAReason`] if it is empty, longer than [`Reason::LONGEST`], or contains control characters.
    pub fn parse(text: &str) -> Result<Self, NotAReason> {
        let text = text.trim();
        let fits = (1..=Self::LONGEST).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        fits.then(|| Self(domain::redacted(text).into_owned())).ok_or(NotAReason)
    }

    /// The reason as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Reason {
    type Error = NotAReason;
    fn try_from(text: String) -> Result<Self, NotAReason> {
        Self::parse(&text)
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> Self {
        reason.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_keeps_no_telephone_number() {
        assert_eq!(Reason::parse(" 取消 13800138000 ").unwrap().as_str(), "取消 …");
        for text in ["", "  ", "a\u{0}b", &"长".repeat(201)] {
            assert_eq!(Reason::parse(text), Err(NotAReason), "{text}");
        }
    }
}
