//! Splits a model's name into pieces: words, numbers and Chinese runs, in their order.

/// The kind of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// ASCII letters.
    Letters,
    /// Digits, with at most one decimal point between them.
    Digits,
    /// Other letters, such as Chinese.
    Other,
    /// `+`.
    Plus,
    /// `/`.
    Slash,
}

/// A piece of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Whether there is no gap between it and the piece before: true for `12` in `note12`, not in `note 12`.
    pub(super) glued: bool,
}

/// The pieces of a name in lower case and half width. All characters except letters, digits, `+` and `/` only
/// separate pieces.
pub(super) fn pieces(name: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut rest, mut glued) = (name, false);
    while let Some(first) = rest.chars().next() {
        let Some(kind) = kind(first) else {
            rest = &rest[first.len_utf8()..];
            glued = false;
            continue;
        };
        let (text, after) = rest.split_at(end(kind, rest));
        pieces.push(Piece { kind, text, glued });
        rest = after;
        glued = true;
    }
    pieces
}

fn kind(letter: char) -> Option<Kind> {
    match letter {
        '+' => Some(Kind::Plus),
        '/' => Some(Kind::Slash),
        _ if letter.is_ascii_digit() => Some(Kind::Digits),
        _ if letter.is_ascii_alphabetic() => Some(Kind::Letters),
        _ if letter.is_alphanumeric() => Some(Kind::Other),
        _ => None,
    }
}

/// The end of the piece at the beginning of `text`.
fn end(of: Kind, text: &str) -> usize {
    if matches!(of, Kind::Plus | Kind::Slash) {
        return 1;
    }
    let run = |text: &str| text.find(|letter| kind(letter) != Some(of)).unwrap_or(text.len());
    let whole = run(text);
    match (of, text[whole..].strip_prefix('.')) {
        (Kind::Digits, Some(fraction)) if run(fraction) > 0 => whole + 1 + run(fraction),
        _ => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_parted_where_its_kind_of_letters_changes() {
        let of = |name| pieces(name).into_iter().map(|it| (it.text, it.glued)).collect::<Vec<_>>();
        assert_eq!(of("小米14 pro+"), [("小米", false), ("14", true), ("pro", false), ("+", true)]);
        assert_eq!(
            of("ipad 12.9 (12/256)"),
            [("ipad", false), ("12.9", false), ("12", false), ("/", true), ("256", true)]
        );
        assert_eq!(of("ipad 10. pro"), [("ipad", false), ("10", false), ("pro", false)]);
        assert!(of("（） - .").is_empty());
    }
}
