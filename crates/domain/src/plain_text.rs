//! Short text without personal data and without the delimiters of the partner's signature.

use std::fmt;

use crate::Problem;
use crate::redaction::{is_only_blanks, redacted};

/// Trimmed text of 1 to 100 characters without `&`, `=` or control characters.
///
/// The partner's canonical string joins `name=value` with `&` and escapes nothing, so a value with a
/// delimiter in it could have the same signature as other parameters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlainText(String);

impl PlainText {
    /// The longest text, in characters.
    pub const MAX_CHARS: usize = 100;

    /// Trims and checks `text`, and replaces personal data in it by `…` as [`crate::redacted`] does, so
    /// that it is neither sent to a provider nor recorded nor logged.
    ///
    /// # Errors
    /// [`Problem::Missing`] for an empty text and for one of personal data only,
    /// [`Problem::ForbiddenCharacter`] and [`Problem::TooLong`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.is_empty() {
            Err(Problem::Missing)
        } else if text.chars().any(|c| matches!(c, '&' | '=') || c.is_control()) {
            Err(Problem::ForbiddenCharacter)
        } else if text.chars().count() > Self::MAX_CHARS {
            Err(Problem::TooLong)
        } else {
            let kept = redacted(text);
            if is_only_blanks(&kept) { Err(Problem::Missing) } else { Ok(Self(kept.into_owned())) }
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PlainText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_has_1_to_100_characters_and_no_delimiter() {
        let parse = |text: &str| PlainText::parse(text).map(|text| text.to_string());
        assert_eq!(parse(" a b "), Ok("a b".to_owned()));
        assert_eq!(parse(&"长".repeat(100)), Ok("长".repeat(100)));
        assert_eq!(parse(&"长".repeat(101)), Err(Problem::TooLong));
        assert_eq!(parse(" \t"), Err(Problem::Missing));
        for marks in ["-", "+", "(/)"] {
            assert_eq!(parse(marks), Ok(marks.to_owned()), "a text of marks is a text");
        }
        for forbidden in ["a&b", "a=b", "a\nb", "a\u{7f}b"] {
            assert_eq!(parse(forbidden), Err(Problem::ForbiddenCharacter), "{forbidden:?}");
        }
    }

    #[test]
    #[cfg(feature = "words")]
    fn what_stands_beside_personal_data_stays_in_either_script() {
        let parse = |text: &str| PlainText::parse(text).map(|text| text.to_string());
        assert_eq!(parse("屏碎 13800138000"), Ok("屏碎 …".to_owned()));
        assert_eq!(parse("cracked 13800138000"), Ok("cracked …".to_owned()));
        assert_eq!(parse("电话：13800138000！"), Err(Problem::Missing));
    }
}
