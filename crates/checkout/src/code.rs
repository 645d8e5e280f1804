use std::fmt;

use serde::{Deserialize, Serialize};

/// An offer's code for people, such as `7KQ2-M9XA`: eight characters without 0, O, 1, I and L, which
/// look alike.
///
/// A shopper reads it out at a till. With 31 characters there are 8.5 × 10¹¹ codes, too few to be a secret,
/// so only a caller with the merchant's API key can look up a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code([u8; Code::LENGTH]);

/// A text that is not an offer's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a code has eight letters and digits, and none of 0, O, 1, I and L")]
pub struct NotACode;

impl Code {
    /// The number of characters of a code.
    pub const LENGTH: usize = 8;
    const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    /// The code made from these random bits. Each code is as likely as any other, to one part in 10⁷.
    pub fn from_random(mut bits: u64) -> Self {
        Self(std::array::from_fn(|_| {
            let character = Self::ALPHABET[(bits % 31) as usize];
            bits /= 31;
            character
        }))
    }

    /// Reads a code as people type it: letter case, full width, spaces and hyphens do not matter.
    ///
    /// # Errors
    /// [`NotACode`].
    pub fn parse(text: &str) -> Result<Self, NotACode> {
        let mut code = [0; Self::LENGTH];
        let mut places = code.iter_mut();
        let text = domain::half_width(text);
        for character in text.chars().filter(|c| !c.is_whitespace() && !is_hyphen(*c)) {
            let byte = u8::try_from(character).map_err(|_| NotACode)?.to_ascii_uppercase();
            let known = Self::ALPHABET.contains(&byte);
            *places.next().filter(|_| known).ok_or(NotACode)? = byte;
        }
        if places.next().is_some() { Err(NotACode) } else { Ok(Self(code)) }
    }

    /// The code with a hyphen in the middle, as it is shown to people: `7KQ2-M9XA`.
    pub fn grouped(&self) -> String {
        let text = self.to_string();
        let (first, second) = text.split_at(Self::LENGTH / 2);
        format!("{first}-{second}")
    }
}

fn is_hyphen(character: char) -> bool {
    // The keyboard's hyphen, those of Unicode's block of punctuation, and the minus sign.
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Writes the eight characters without a hyphen, as in JSON.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

impl TryFrom<String> for Code {
    type Error = NotACode;
    fn try_from(text: String) -> Result<Self, NotACode> {
        Self::parse(&text)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_spaces_and_hyphens_do_not_matter() {
        let code = Code::parse("7KQ2M9XA").unwrap();
        for typed in ["7kq2m9xa", " 7KQ2-M9XA ", "7kq2 m9xa", "7 k q 2—m 9 x a", "７ｋQ2\u{3000}M9XA"] {
            assert_eq!(Code::parse(typed), Ok(code), "{typed}");
        }
        assert_eq!(code.grouped(), "7KQ2-M9XA");
        assert_eq!(serde_json::to_string(&code).unwrap(), r#""7KQ2M9XA""#);
    }

    #[test]
    fn too_few_too_many_and_foreign_characters_are_refused() {
        for typed in [
            "",
            "7KQ2M9X",
            "7KQ2M9XAA",
            "7KQ2M9X0",
            "7KQ2M9XO",
            "7KQ2M9X1",
            "IKQ2M9XA",
            "LKQ2M9XA",
            "7KQ2M9Xß",
        ] {
            assert_eq!(Code::parse(typed), Err(NotACode), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn each_code_is_read_back_as_it_was_written(bits: u64) {
            let code = Code::from_random(bits);
            prop_assert_eq!(Code::parse(&code.to_string()), Ok(code));
            prop_assert_eq!(Code::parse(&code.grouped().to_lowercase()), Ok(code));
            let text = code.to_string();
            prop_assert!(!text.contains(['0', 'O', '1', 'I', 'L']));
        }
    }
}
