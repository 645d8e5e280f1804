//! Text as it is compared with the tables: half-width, lower-case, and cut into words.

use std::collections::HashMap;

use super::traditional::simplified;
use crate::half_width;

/// Letters that are not shown: zero-width spaces and joiners, marks of direction, soft hyphens, byte order marks.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// The text without invisible letters, in half-width letters and simplified characters, with single spaces and none at its ends.
pub fn tidied(text: &str) -> String {
    let plain = |letter: u8| letter.is_ascii_graphic();
    if text.bytes().all(plain) {
        return text.to_owned();
    }
    let mut tidy = String::with_capacity(text.len());
    for letter in half_width(text).chars() {
        if is_invisible(letter) {
            continue;
        }
        if letter.is_whitespace() {
            if !tidy.is_empty() && !tidy.ends_with(' ') {
                tidy.push(' ');
            }
        } else {
            tidy.push(letter);
        }
    }
    tidy.truncate(tidy.trim_end().len());
    simplified(tidy)
}

/// The words of a tidied text in lower case: runs of digits (with a point between them), of ASCII letters, and of
/// other letters. Marks separate words; `+` and `"` are words of their own.
pub(crate) fn words(text: &str) -> Vec<String> {
    #[derive(PartialEq)]
    enum Run {
        Digits,
        Ascii,
        Other,
    }
    let lower = text.to_lowercase();
    let letters: Vec<char> = lower.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut last = None;
    for (at, letter) in letters.iter().enumerate() {
        let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
        let run = match letter {
            '0'..='9' => Run::Digits,
            '.' if digit(at.checked_sub(1)) && digit(Some(at + 1)) => Run::Digits,
            'a'..='z' => Run::Ascii,
            '+' | '"' | '”' | '″' => {
                words.push(if *letter == '+' { "+" } else { "\"" }.to_owned());
                last = None;
                continue;
            }
            letter if letter.is_alphanumeric() => Run::Other,
            _ => {
                last = None;
                continue;
            }
        };
        match words.last_mut() {
            Some(word) if last.as_ref() == Some(&run) => word.push(*letter),
            _ => words.push(letter.to_string()),
        }
        last = Some(run);
    }
    words
}

/// The places of a phrase in a text, both in lower case: a phrase that begins or ends with an ASCII letter
/// or digit does so at a word's beginning or end. A change between digits and letters is one: `13pro`.
pub(crate) fn places<'a>(lower: &'a str, phrase: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
    lower.match_indices(phrase).map(|(at, found)| (at, at + found.len())).filter(move |(from, until)| {
        let (before, within, after) = (&lower[..*from], &lower[*from..*until], &lower[*until..]);
        apart(before.chars().next_back(), within.chars().next())
            && apart(within.chars().next_back(), after.chars().next())
    })
}

/// Whether a text in lower case has the phrase.
pub(crate) fn has(lower: &str, phrase: &str) -> bool {
    places(lower, phrase).next().is_some()
}

/// Phrases by their first letter, longest first, so that a text is searched for all of them at once.
pub(crate) struct Phrases<T>(HashMap<char, Vec<(&'static str, T)>>);

impl<T: Copy> Phrases<T> {
    /// Phrases in lower case. Of equal ones, the first counts.
    pub(crate) fn new(all: impl Iterator<Item = (&'static str, T)>) -> Self {
        let mut phrases: HashMap<char, Vec<_>> = HashMap::new();
        for (phrase, meaning) in all {
            if let Some(first) = phrase.chars().next() {
                phrases.entry(first).or_default().push((phrase, meaning));
            }
        }
        for phrases in phrases.values_mut() {
            phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        }
        Self(phrases)
    }

    /// The longest phrase at each place of a text in lower case where one begins, from left to right, with its place.
    /// They do not overlap.
    pub(crate) fn found(&self, lower: &str) -> Vec<(usize, usize, T)> {
        let mut found = Vec::new();
        let (mut from, mut before) = (0, None);
        while let Some(first) = lower[from..].chars().next() {
            let length = match self.at(lower, from, before) {
                Some((length, meaning)) => {
                    found.push((from, from + length, meaning));
                    length
                }
                None => first.len_utf8(),
            };
            from += length;
            before = lower[..from].chars().next_back();
        }
        found
    }

    /// The longest phrase that a text in lower case begins with, and its length.
    pub(crate) fn beginning(&self, lower: &str) -> Option<(usize, T)> {
        self.at(lower, 0, None)
    }

    fn at(&self, lower: &str, from: usize, before: Option<char>) -> Option<(usize, T)> {
        let rest = &lower[from..];
        let here = self.0.get(&rest.chars().next()?)?.iter().find(|(phrase, _)| {
            rest.starts_with(phrase)
                && apart(before, phrase.chars().next())
                && apart(phrase.chars().next_back(), rest[phrase.len()..].chars().next())
        });
        here.map(|(phrase, meaning)| (phrase.len(), *meaning))
    }
}

/// Whether a word may end between two letters.
fn apart(before: Option<char>, after: Option<char>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => {
            !(before.is_ascii_alphabetic() && after.is_ascii_alphabetic())
                && !(before.is_ascii_digit() && after.is_ascii_digit())
        }
        _ => true,
    }
}

/// Whether a text stands for an empty cell: `/`, `-`, n/a, 无.
pub(crate) fn is_blank(text: &str) -> bool {
    const BLANKS: [&str; 12] =
        ["无", "無", "没有", "n/a", "na", "n.a.", "none", "null", "nil", "不适用", "暂无", "not applicable"];
    let text = text.trim();
    !text.chars().any(char::is_alphanumeric) || BLANKS.iter().any(|blank| blank.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_does_not_count() {
        assert_eq!(tidied("\u{feff}型\u{200b}号\u{a0} ｉＰｈｏｎｅ\u{ad} 14\u{3000}"), "型号 iPhone 14");
    }

    #[test]
    fn traditional_characters_are_those_of_the_tables() {
        assert_eq!(tidied("筆記型電腦 螢幕無損，蘋果"), "笔记本电脑 屏幕无损,苹果");
        assert_eq!(tidied("快門故障 記憶體 硬碟"), "快门故障 内存 硬盘");
        assert_eq!(tidied("冇問題 唔開機"), "没有问题 不开机");
        assert_eq!(tidied("屏幕后盖 乾 著"), "屏幕后盖 干 着");
        assert_eq!(tidied("有什么毛病 什麼"), "有什么毛病 什么", "a simplified text stays as it is");
    }

    #[test]
    fn words_are_runs_of_one_kind_of_letter() {
        assert_eq!(words("MateBook14 16G/512G"), ["matebook", "14", "16", "g", "512", "g"]);
        assert_eq!(words("苹果iPad 12.9\" S23+"), ["苹果", "ipad", "12.9", "\"", "s", "23", "+"]);
    }

    #[test]
    fn a_phrase_is_found_where_words_begin_and_end() {
        assert!(has("apple iphone13", "iphone") && has("华为mate", "mate") && has("小米14", "小米"));
        assert!(!has("redmi k60", "red") && !has("ultimate", "mate") && !has("x100", "x10"));
    }
}
