//! A model's name in pieces: words, numbers and Chinese runs, as they stand side by side.

/// What a piece is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// ASCII letters.
    Letters,
    /// Digits, with a decimal point in between at most.
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
    /// Whether it follows the piece before without a gap: `12` of `note12` does, that of `note 12`
    /// does not.
    pub(super) glued: bool,
}

/// The pieces of a name in lower case and half width. What is neither letter, digit, `+` nor `/`
/// only parts them.
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

/// Where the piece that `text` begins with ends.
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
