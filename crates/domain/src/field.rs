//! Fields of the form, and what can be wrong with their values.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::FunctionStatus;
use crate::redaction::{is_only_blanks, redacted};

/// A field of the form, by the name it has in HTML, JSON, the command line and the
/// partner's protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// `device_type`
    DeviceType,
    /// `brand`
    Brand,
    /// `model`
    Model,
    /// `storage`
    Storage,
    /// `ram`
    Ram,
    /// `condition`
    Condition,
    /// `function_status`
    FunctionStatus,
    /// `repair_history`
    RepairHistory,
    /// `purchase_channel`
    PurchaseChannel,
    /// `keyword`, of the search
    Keyword,
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

    /// The longest text that the field takes, in characters. What is longer is refused as
    /// [`Problem::TooLong`], or as no word of the field's list.
    pub fn longest(self) -> usize {
        match self {
            Self::FunctionStatus => FunctionStatus::LONGEST,
            _ => PlainText::MAX_CHARS,
        }
    }

    /// The field's name in HTML, JSON and the partner's protocol.
    pub fn name(self) -> &'static str {
        match self {
            Self::DeviceType => "device_type",
            Self::Brand => "brand",
            Self::Model => "model",
            Self::Storage => "storage",
            Self::Ram => "ram",
            Self::Condition => "condition",
            Self::FunctionStatus => "function_status",
            Self::RepairHistory => "repair_history",
            Self::PurchaseChannel => "purchase_channel",
            Self::Keyword => "keyword",
        }
    }
}

/// What is wrong with a field. The reader's words for it belong to the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Nothing was given, or nothing but what is personal, and the field is required.
    Missing,
    /// More than [`Field::longest`] characters, or a part of it more than
    /// [`PlainText::MAX_CHARS`].
    TooLong,
    /// `&`, `=` or a control character, which the signature cannot tell apart from its
    /// own delimiters.
    ForbiddenCharacter,
    /// Not a word of the field's list.
    NotListed,
    /// Faults were announced, and none was named.
    NoFaultNamed,
    /// It says nothing that a price can be made of, such as `未知`.
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
    /// The longest text taken, in characters.
    pub const MAX_CHARS: usize = 100;

    /// Trims and checks `text`, and blanks what is personal in it as far as that can be told from its
    /// shape ([`crate::redacted`]): numbers, addresses and names in messengers, but no bare names of
    /// people. So these are neither sent nor kept nor logged.
    ///
    /// # Errors
    /// [`Problem::Missing`], also where nothing is left but what was blanked; [`Problem::TooLong`] or
    /// [`Problem::ForbiddenCharacter`].
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
