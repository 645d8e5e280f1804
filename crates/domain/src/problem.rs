//! What can be wrong with the value of a field.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What is wrong with a field. `app` has the words for it in the reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// A required field has no text, or only personal data, which is removed.
    Missing,
    /// More than [`crate::Field::longest`] characters, or a part of it more than
    /// [`crate::PlainText::MAX_CHARS`].
    TooLong,
    /// `&`, `=` or a control character. The partner's canonical string uses `&` and `=` as delimiters and
    /// escapes nothing.
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
