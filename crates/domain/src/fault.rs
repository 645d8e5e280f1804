//! One fault of a device.
//!
//! A fault has a detail, because "broken screen" may mean the outer glass or the display, and these
//! lower the price at inspection by different amounts.

mod reading;

use std::fmt;

use crate::{FaultKind, PlainText, Score, Term};

/// One fault of a device.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fault {
    /// A fault of the list, with the detail that was given; `None` stands for the list's own detail.
    Listed(FaultKind, Option<PlainText>),
    /// Any other fault, in the person's words.
    Other(PlainText),
}

impl Fault {
    /// The longest text of one fault, in characters: the list's longest word and a detail in brackets.
    pub const LONGEST: usize = FaultKind::LONGEST_WORD + PlainText::MAX_CHARS + 2;

    /// Its kind; `None` for a fault that is not in the list.
    pub fn kind(&self) -> Option<FaultKind> {
        match self {
            Self::Listed(kind, _) => Some(*kind),
            Self::Other(_) => None,
        }
    }

    /// How much the fault takes off the condition score. A fault of no list counts as much as a broken
    /// outer glass.
    pub(crate) fn penalty(&self) -> Score {
        match self {
            Self::Listed(kind, _) => kind.penalty(),
            Self::Other(_) => Score::from_tenths(15),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listed(kind, detail) => {
                write!(f, "{}({})", kind.word(), detail.as_ref().map_or(kind.detail(), PlainText::as_str))
            }
            Self::Other(text) => write!(f, "{text}"),
        }
    }
}
