//! A cell that says the same in English and in Chinese: No power 不开机.

use std::borrow::Cow;

use super::accessories::lacks_an_accessory;
use crate::words::{Clause, read};

/// Marks between the clauses of a cell.
const MARKS: [char; 7] = [',', '，', ';', '；', '、', '。', '\n'];

/// A text without what it says in another language once more, and with a comma where its language changes between two
/// clauses. Face ID 失灵 is one clause.
pub(super) fn apart(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.bytes().any(|letter| letter.is_ascii_alphabetic()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_inclusive(MARKS).map(clause).collect())
}

fn clause(text: &str) -> Cow<'_, str> {
    let both = changes(text).into_iter().find_map(|at| {
        let (first, second) = (&text[..at], &text[at + 1..]);
        let halves = [first, second].map(|half| half.trim_matches(MARKS).trim());
        let said = halves.map(read);
        let tells = |index: usize| tells(&said[index]) || lacks_an_accessory(&halves[index].to_lowercase());
        (tells(0) && tells(1)).then_some((first, second, said[0] == said[1]))
    });
    match both {
        Some((_, second, true)) => Cow::Borrowed(second),
        Some((first, second, false)) => Cow::Owned(format!("{first}，{second}")),
        None => Cow::Borrowed(text),
    }
}

/// The spaces of a text at which its language changes.
fn changes(text: &str) -> Vec<usize> {
    let change = |at: usize| {
        let (before, after) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
        before.zip(after).is_some_and(|(before, after)| before.is_ascii() != after.is_ascii())
    };
    text.match_indices(' ').map(|(at, _)| at).filter(|at| change(*at)).collect()
}

/// Whether a clause says what works, what is broken, or what was repaired.
fn tells(said: &[Clause]) -> bool {
    said.iter().any(|clause| match clause {
        Clause::Sound
        | Clause::Unnamed
        | Clause::NeverRepaired
        | Clause::Repair(_)
        | Clause::Fault(Some(_)) => true,
        Clause::Unclear | Clause::Bare | Clause::Fault(None) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_in_two_languages_is_two_clauses() {
        for (text, apart_) in [
            ("No power 不开机", "不开机"),
            ("Working 正常", "正常"),
            ("Battery replaced 2024/03 换过电池", "换过电池"),
            ("屏碎 cracked screen", "cracked screen"),
            ("battery replaced 屏碎", "battery replaced，屏碎"),
            ("Working 正常, cracked screen 屏碎", "正常,屏碎"),
            ("keyboard cover lost 无键盘盖", "keyboard cover lost，无键盘盖"),
            ("Face ID 失灵", "Face ID 失灵"),
            ("Touch ID 坏", "Touch ID 坏"),
            ("电池 76%", "电池 76%"),
            ("fully working", "fully working"),
        ] {
            assert_eq!(apart(text), apart_, "{text}");
        }
    }
}
