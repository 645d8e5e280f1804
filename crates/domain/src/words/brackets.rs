//! Brackets without a partner.

use std::borrow::Cow;

pub(super) const OPENING: [char; 4] = ['(', '（', '[', '【'];
pub(super) const CLOSING: [char; 4] = [')', '）', ']', '】'];

/// Byte positions of brackets without a partner. Any closing bracket closes any opening one, because
/// people mix full and half width.
pub(super) fn unmatched_brackets(text: &str) -> Vec<usize> {
    let (mut open, mut unmatched) = (Vec::new(), Vec::new());
    for (at, letter) in text.char_indices() {
        if OPENING.contains(&letter) {
            open.push(at);
        } else if CLOSING.contains(&letter) && open.pop().is_none() {
            unmatched.push(at);
        }
    }
    unmatched.append(&mut open);
    unmatched
}

/// The text without unmatched brackets. Faults are joined into one text, which is read again later; there
/// an unmatched bracket of one fault would enclose the next. Without the feature `words` nothing is
/// removed, because the server reads every form again.
pub(crate) fn without_unmatched_brackets(text: &str) -> Cow<'_, str> {
    if !cfg!(feature = "words") {
        return Cow::Borrowed(text);
    }
    let unmatched = unmatched_brackets(text);
    if unmatched.is_empty() {
        return Cow::Borrowed(text);
    }
    text.char_indices().filter(|(at, _)| !unmatched.contains(at)).map(|(_, letter)| letter).collect()
}
