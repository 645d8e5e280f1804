//! Finds storage, memory and network beside a model's name, as in 小米14 5G 12GB+256GB.

use super::pieces::{Kind, Piece};
use crate::same_device::storage::Sizes;

/// Splits off the pieces that are a size or a network. Returns the other pieces, and the sizes.
pub(super) fn without_sizes<'a>(pieces: Vec<Piece<'a>>, wanted: &Sizes) -> (Vec<Piece<'a>>, Sizes) {
    let mut kept: Vec<Piece<'a>> = Vec::with_capacity(pieces.len());
    let mut sizes = String::new();
    let mut rest = pieces.as_slice();
    while let Some(piece) = rest.first() {
        // The number in s24 is not a size.
        let in_a_word =
            piece.glued && kept.last().is_some_and(|it| it.kind == Kind::Letters && it.text.len() == 1);
        match size(rest, wanted).filter(|_| !in_a_word) {
            Some((size, taken)) => {
                sizes.push_str(&size);
                rest = &rest[taken..];
                // 12GB+256GB: the sign between two sizes does not mean Plus.
                if rest.first().is_some_and(|it| matches!(it.kind, Kind::Plus | Kind::Slash)) {
                    rest = &rest[1..];
                }
            }
            None => {
                kept.push(*piece);
                rest = &rest[1..];
            }
        }
    }
    (kept, Sizes::of(&sizes))
}

/// The size at the beginning of the pieces, as text, and its number of pieces. A network such as 5G gives an
/// empty text.
fn size(pieces: &[Piece<'_>], wanted: &Sizes) -> Option<(String, usize)> {
    /// Amounts of memory, in gigabytes.
    const MEMORY: [&str; 15] =
        ["1", "2", "3", "4", "6", "8", "10", "12", "16", "18", "20", "24", "32", "48", "64"];
    const STORAGE: [&str; 6] = ["32", "64", "128", "256", "512", "1024"];
    let number = pieces.first().filter(|it| it.kind == Kind::Digits)?.text;
    let after = pieces.get(1);
    let joined = |place: usize| {
        let mark = pieces.get(place).is_some_and(|it| matches!(it.kind, Kind::Plus | Kind::Slash));
        mark.then(|| pieces.get(place + 1)).flatten().filter(|it| it.kind == Kind::Digits)
    };
    let unit = after.filter(|it| it.kind == Kind::Letters).map(|it| (it.text, it.glued));
    match unit {
        Some(("gb" | "tb" | "mb", _)) => Some((format!("{number}{} ", after?.text), 2)),
        Some(("g", true)) if joined(2).is_some() => Some((format!("{number}gb "), 2)),
        Some(("g", true)) if matches!(number, "2" | "3" | "4" | "5" | "6") => Some((String::new(), 2)),
        Some(("g", true)) => Some((format!("{number}gb "), 2)),
        // 8T and 11T are models.
        Some(("t", true)) if matches!(number, "1" | "2") => Some((format!("{number}tb "), 2)),
        _ => {
            // 12+256, 8/128GB.
            let storage = joined(1).filter(|it| {
                let unit = pieces.get(3).filter(|it| it.kind == Kind::Letters);
                STORAGE.contains(&it.text)
                    || unit.is_some_and(|it| matches!(it.text, "gb" | "tb" | "g" | "t"))
            });
            let bare = STORAGE.contains(&number) && wanted.fits(&Sizes::of(number));
            let memory = MEMORY.contains(&number) && storage.is_some();
            (memory || bare).then(|| (format!("{number}gb "), 1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pieces::pieces;
    use super::*;

    /// What is left of a name for which 256GB are wanted, and the sizes in it.
    fn parted(name: &str) -> (String, Sizes) {
        let (kept, sizes) = without_sizes(pieces(name), &Sizes::of("256GB"));
        (kept.iter().map(|piece| piece.text).collect::<Vec<_>>().join(" "), sizes)
    }

    #[test]
    fn sizes_are_taken_out_of_a_name() {
        for (name, kept, sizes) in [
            ("note 12 12gb+256gb", "note 12", "12GB 256GB"),
            ("note 4g+64gb", "note", "4GB 64GB"),
            ("note 12+768gb", "note", "12GB 768GB"),
            ("note 8/256", "note", "8GB 256GB"),
            ("note 8g", "note", "8GB"),
            ("note 1t", "note", "1TB"),
            ("note256", "note", "256GB"),
        ] {
            assert_eq!(parted(name), (kept.to_owned(), Sizes::of(sizes)), "{name}");
        }
    }

    #[test]
    fn nets_and_numbers_of_models_are_no_sizes() {
        for (name, kept) in [
            ("note 5g", "note"),
            ("8t", "8 t"),
            ("s256", "s 256"),
            ("mate 512", "mate 512"),
            ("mate 20/x", "mate 20 / x"),
        ] {
            assert_eq!(parted(name), (kept.to_owned(), Sizes::default()), "{name}");
        }
    }
}
