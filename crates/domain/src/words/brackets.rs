//! Brackets, and those without a partner.

use std::borrow::Cow;

pub(super) const OPENING: [char; 4] = ['(', '（', '[', '【'];
pub(super) const CLOSING: [char; 4] = [')', '）', ']', '】'];

/// Byte positions of brackets without a partner. Any closing bracket closes any opening one: people mix
/// full and half width.
pub(super) fn odd_brackets(text: &str) -> Vec<usize> {
    let (mut open, mut odd) = (Vec::new(), Vec::new());
    for (at, letter) in text.char_indices() {
        if OPENING.contains(&letter) {
            open.push(at);
        } else if CLOSING.contains(&letter) && open.pop().is_none() {
            odd.push(at);
        }
    }
    odd.append(&mut open);
    odd
}

/// The text without unmatched brackets. Faults are joined into one text and read again, and an
/// unmatched bracket of one would reach into the next.
pub(crate) fn without_odd_brackets(text: &str) -> Cow<'_, str> {
    if !cfg!(feature = "words") {
        return Cow::Borrowed(text);
    }
    let odd = odd_brackets(text);
    if odd.is_empty() {
        return Cow::Borrowed(text);
    }
    text.char_indices().filter(|(at, _)| !odd.contains(at)).map(|(_, letter)| letter).collect()
}
