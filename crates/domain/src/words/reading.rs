//! Reads one clause.

use super::clause::Clause;
#[cfg(feature = "words")]
use super::grammar;

/// Reads one clause: everything that it says, in order; the result is never empty. An unknown text is a
/// fault in the person's own words, so that the partner sees it and does not price the device as sound.
#[cfg(feature = "words")]
pub(crate) fn read(clause: &str) -> Vec<Clause> {
    // A question mark makes any word unclear: 正常?
    if clause.contains(['?', '？']) || clause.chars().all(|letter| !letter.is_alphanumeric()) {
        return vec![Clause::Unclear];
    }
    grammar::read(clause)
}

/// Reads one clause without the tables: 正常 is the only known word.
#[cfg(not(feature = "words"))]
pub(crate) fn read(clause: &str) -> Vec<Clause> {
    vec![if clause.trim() == crate::FunctionStatus::NORMAL { Clause::Sound } else { Clause::Fault(None) }]
}

/// Whether a text has only slashes, which people write into a field that does not apply.
pub(crate) fn is_crossed_out(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(|letter| matches!(letter, '/' | '／' | '\\'))
}
