//! Reads one fault: a word of the list with a detail, or a person's own words.

use super::Fault;
use crate::words::without_unmatched_brackets;
use crate::{FaultKind, PlainText, Problem, Term};

impl Fault {
    /// Reads `word`, `code` or `word(detail)`; `None` for other text.
    ///
    /// # Errors
    /// As [`PlainText::parse`], for the detail.
    pub(crate) fn of_the_list(text: &str) -> Result<Option<Self>, Problem> {
        let (word, detail) = match text.split_once(['(', '（']) {
            // Only the last bracket is removed: the detail itself may end with one.
            Some((word, rest)) => (word, Some(rest.strip_suffix([')', '）']).unwrap_or(rest))),
            None => (text, None),
        };
        let Some(kind) = FaultKind::find(word) else { return Ok(None) };
        let detail = match detail.map(|detail| PlainText::parse(&without_unmatched_brackets(detail))) {
            None | Some(Err(Problem::Missing)) => None,
            Some(detail) => Some(detail?),
        };
        Ok(Some(Self::Listed(kind, detail.filter(|detail| detail.as_str() != kind.detail()))))
    }

    /// A fault in the person's own words. Where its kind is in the list, the words are its detail.
    ///
    /// # Errors
    /// As [`PlainText::parse`].
    pub(crate) fn in_own_words(kind: Option<FaultKind>, text: &str) -> Result<Self, Problem> {
        let text = PlainText::parse(&without_unmatched_brackets(text))?;
        Ok(match kind {
            Some(kind) => Self::Listed(kind, Some(text)),
            None => Self::Other(text),
        })
    }
}
