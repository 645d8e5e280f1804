//! Fields of the form, and what can be wrong with their values.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::FunctionStatus;
use crate::redaction::{is_only_blanks, redacted};
use crate::terms::codes;

codes! {
    /// A field of the form.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum Field {
        /// `device_type`
        DeviceType = "device_type",
        /// `brand`
        Brand = "brand",
        /// `model`
        Model = "model",
        /// `storage`
        Storage = "storage",
        /// `ram`
        Ram = "ram",
        /// `condition`
        Condition = "condition",
        /// `function_status`
        FunctionStatus = "function_status",
        /// `repair_history`
        RepairHistory = "repair_history",
        /// `purchase_channel`
        PurchaseChannel = "purchase_channel",
        /// `keyword`, of the search
        Keyword = "keyword",
    }
    /// The field's name in HTML, in JSON and on the command line.
    pub fn name;
}

impl Field {
    /// The fields that describe a device, in the order of the form.
    pub const OF_A_DEVICE: [Self; 9] = [
        Self::DeviceType,
        Self::Brand,
        Self::Model,
        Self::Storage,
        Self::Ram,
        Self::Condition,
        Self::FunctionStatus,
        Self::RepairHistory,
        Self::PurchaseChannel,
    ];

    /// Whether every device needs it. Some kinds need the memory as well
    /// ([`crate::Category::requires_memory`]).
    pub fn is_required(self) -> bool {
        match self {
            Self::DeviceType
            | Self::Brand
            | Self::Model
            | Self::Storage
            | Self::Condition
            | Self::FunctionStatus => true,
            Self::Ram | Self::RepairHistory | Self::PurchaseChannel | Self::Keyword => false,
        }
    }

    /// The longest text that the field takes, in characters. A longer one is refused as
    /// [`Problem::TooLong`], or as no word of the field's list.
    pub fn longest(self) -> usize {
        match self {
            Self::FunctionStatus => FunctionStatus::LONGEST,
            Self::DeviceType
            | Self::Brand
            | Self::Model
            | Self::Storage
            | Self::Ram
            | Self::Condition
            | Self::RepairHistory
            | Self::PurchaseChannel
            | Self::Keyword => PlainText::MAX_CHARS,
        }
    }
}

/// What is wrong with a field. `app` has the words for it in the reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// A required field has no text, or only personal data, which is removed.
    Missing,
    /// More than [`Field::longest`] characters, or a part of it more than
    /// [`PlainText::MAX_CHARS`].
    TooLong,
    /// `&`, `=` or a control character: the signature could not tell it from its own delimiters.
    ForbiddenCharacter,
    /// Not a word of the field's list.
    NotListed,
    /// It says that something is broken, but not what.
    NoFaultNamed,
    /// It does not say whether everything works, such as `未知` (unknown).
    Unclear,
    /// More faults than [`crate::FunctionStatus::MOST`].
    TooMany,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "is missing",
            Self::TooLong => "is longer than 100 characters",
            Self::ForbiddenCharacter => "contains &, = or a control character; remove it",
            Self::NotListed => "is not one of the listed words",
            Self::NoFaultNamed => "says that something is broken, but not what",
            Self::Unclear => "does not say whether everything works; write 正常, or what is broken",
            Self::TooMany => "names more than 20 faults",
        })
    }
}

/// A field and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[error("{} {problem}", field.name())]
pub struct FieldError {
    /// Which field.
    pub field: Field,
    /// What is wrong.
    pub problem: Problem,
}

/// Trimmed text of 1 to 100 characters without `&`, `=` or control characters.
///
/// The partner's canonical string joins `name=value` with `&` and escapes nothing, so a
/// value with a delimiter in it would share its signature with other parameters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlainText(String);

impl PlainText {
    /// The longest text, in characters.
    pub const MAX_CHARS: usize = 100;

    /// Trims and checks `text`, and replaces personal data in it by `…` as [`crate::redacted`] does.
    /// So personal data is neither sent to a provider nor recorded nor logged.
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
    fn all_fields_but_the_keyword_describe_a_device() {
        let fields = Field::ALL.iter().filter(|field| **field != Field::Keyword);
        assert!(fields.eq(&Field::OF_A_DEVICE));
    }

    #[test]
    fn a_plain_text_has_1_to_100_characters_and_no_delimiter() {
        let parse = |text: &str| PlainText::parse(text).map(|text| text.to_string());
        assert_eq!(parse(" a b "), Ok("a b".to_owned()));
        assert_eq!(parse(&"长".repeat(100)), Ok("长".repeat(100)));
        assert_eq!(parse(&"长".repeat(101)), Err(Problem::TooLong));
        assert_eq!(parse(" \t"), Err(Problem::Missing));
        for forbidden in ["a&b", "a=b", "a\nb", "a\u{7f}b"] {
            assert_eq!(parse(forbidden), Err(Problem::ForbiddenCharacter), "{forbidden:?}");
        }
    }
}
