//! An answer that was given to a question.

use serde::{Deserialize, Serialize};

/// Texts that say that the rows of a question are not to be quoted.
const LEAVE_OUT: [&str; 3] = ["不报价", "do not quote", "don't quote"];

/// Where an answer comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Source {
    /// A person gave it for this list.
    Person,
    /// It was given for an earlier list of the company.
    Remembered,
}

/// An answer that was given to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Its text.
    pub text: String,
    /// Where it comes from.
    pub source: Source,
    /// Whether it answers the question.
    pub is_allowed: bool,
}

/// Whether a text says that the rows of a question are not to be quoted.
pub fn leaves_out(text: &str) -> bool {
    LEAVE_OUT.iter().any(|word| word.eq_ignore_ascii_case(text.trim()))
}
