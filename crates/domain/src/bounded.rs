//! How much of a text is kept that may be far too long.

use std::borrow::Cow;

/// What ends a text that was cut.
const CUT: char = '…';

/// The text, trimmed; where it is longer than `longest` characters, its first `longest` and an
/// ellipsis.
///
/// So a text that a field refuses as too long is still too long for it when it was cut, and is
/// never taken for the shorter text that is left of it. Spaces count for nothing: a text that is
/// long by them alone is not cut.
pub fn bounded(text: &str, longest: usize) -> Cow<'_, str> {
    let text = text.trim();
    match text.char_indices().nth(longest) {
        None => Cow::Borrowed(text),
        Some((end, _)) => {
            let mut kept = String::with_capacity(end + CUT.len_utf8());
            kept.push_str(&text[..end]);
            kept.push(CUT);
            Cow::Owned(kept)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::bounded;

    #[test]
    fn what_is_cut_is_still_too_long() {
        for text in
            ["屏碎、电池坏".to_owned(), format!("屏碎{}电池坏", " ".repeat(900)), " 屏碎  ".to_owned()]
        {
            let kept = bounded(&text, 4);
            assert_eq!(kept.trim().chars().count() > 4, text.trim().chars().count() > 4, "{text}");
            assert!(kept.chars().count() <= 5, "{kept}");
        }
        assert_eq!(bounded(&format!("{}屏碎", " ".repeat(900)), 4), "屏碎");
    }
}
