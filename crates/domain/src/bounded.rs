//! Cuts text that is too long, in such a way that it is still recognised as too long.

use std::borrow::Cow;

/// The last character of a text that was cut.
const CUT: char = '…';

/// The trimmed text; if it is longer than `longest` characters, its first `longest` characters and an
/// ellipsis.
///
/// The cut text is one character longer than `longest`, so a field of that length refuses it as too long
/// and does not accept the part that is left. Spaces at both ends do not count.
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
    fn a_cut_text_is_still_too_long() {
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
