//! Colours in a model's name.

use super::super::families::family;
use super::tables::{BASE_COLOURS, COLOURS};

/// Words of models' names that stand before a colour and belong to no colour's name.
const LEVELS: [&str; 22] = [
    "pro",
    "max",
    "promax",
    "ultra",
    "plus",
    "mini",
    "lite",
    "air",
    "note",
    "fold",
    "flip",
    "neo",
    "edge",
    "tab",
    "pad",
    "studio",
    "carbon",
    "nano",
    "slim",
    "kit",
    "gen",
    "generation",
];

/// Where English colours stand that have a name of their own maker's: `bay blue`, `titanium gray`. The word before the
/// colour belongs to it where the name is complete without it: behind a number or a level such as Pro.
pub(super) fn named_colours(lower: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut before, mut word): (Option<&str>, Option<(usize, &str)>) = (None, None);
    let mut from = 0;
    for chunk in lower.split_inclusive([' ', '(', ')', ',', '-', '/']) {
        let this = chunk.trim_end_matches([' ', '(', ')', ',', '-', '/']);
        if BASE_COLOURS.split(", ").any(|colour| colour == this) {
            let own = word.filter(|(at, word)| {
                let after = |mark: char| lower[..*at].ends_with(mark);
                let complete = before.is_some_and(|it| {
                    LEVELS.contains(&it) || it.bytes().any(|letter| letter.is_ascii_digit())
                });
                is_a_name(word) && (complete || after('(') || after(','))
            });
            found.push((own.map_or(from, |(at, _)| at), from + this.len()));
        }
        if !this.is_empty() {
            before = word.map(|(_, word)| word);
            word = Some((from, this));
        }
        from += chunk.len();
    }
    found
}

/// Whether a word may be a part of a colour's name: no part of a model's.
fn is_a_name(word: &str) -> bool {
    word.len() >= 3
        && word.bytes().all(|letter| letter.is_ascii_alphabetic())
        // Maxnatural titanium has a level in it.
        && !LEVELS.iter().any(|level| word.starts_with(level))
        && family(word, None).is_none()
}

/// Chinese words that are colours by their last letter: 亮黑色, 昆仑青, （红）. The words left out already separate them.
pub(super) fn colours(lower: &str, known: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let taken = |at: usize| known.iter().any(|(from, until)| (*from..*until).contains(&at));
    let mut found = Vec::new();
    let mut run: Option<(usize, usize)> = None;
    let ends = lower.char_indices().map(Some).chain([None]);
    for letter in ends {
        match letter {
            Some((at, letter)) if !letter.is_ascii() && letter.is_alphabetic() && !taken(at) => {
                run = Some((run.map_or(at, |(from, _)| from), at + letter.len_utf8()));
            }
            _ => {
                if let Some(place) = run.take().filter(|(from, until)| is_colour(&lower[*from..*until])) {
                    found.push(place);
                }
            }
        }
    }
    found
}

fn is_colour(word: &str) -> bool {
    let length = word.chars().count();
    let last = word.chars().next_back();
    match last {
        Some('色') => (2..=5).contains(&length),
        // 白色钛, 沙漠色钛金属
        Some('钛' | '属') => length <= 6 && word.contains('色') && word.contains('钛'),
        Some(last) => length <= 4 && COLOURS.contains(&last),
        None => false,
    }
}
