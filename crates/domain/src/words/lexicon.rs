//! Known words and the meaning of each, in both languages at once, since people mix them. A text is split
//! into the longest known words.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::parts::PARTS;
use super::sense::Sense;
use super::{chinese, english};

/// A piece of a text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token {
    Known(Sense),
    /// A number, and whether it is a percentage.
    Number(u32, bool),
    Unknown,
}

/// The text in lower-case half-width letters, with single spaces between words. Marks separate words,
/// except the apostrophe: `doesn't` is `doesnt`. Chinese is written without spaces.
pub(super) fn normalised(text: &str) -> String {
    let letters: Vec<char> = crate::half_width(text).to_lowercase().chars().collect();
    let mut plain = String::with_capacity(text.len());
    for (at, letter) in letters.iter().enumerate() {
        let number = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
        match letter {
            '\'' | '’' | '‘' | '`' => {}
            '<' => plain.push_str("低于"),
            '、' | ',' => plain.push('和'),
            // batt + screen replaced
            '+' if plain.ends_with(' ') => plain.push('和'),
            '%' => plain.push('%'),
            '.' if at > 0 && number(at - 1) && number(at + 1) => plain.push('.'),
            _ if letter.is_alphanumeric() => {
                // 屏幕 碎 is 屏幕碎.
                if plain.ends_with(' ') && (!letter.is_ascii() || !ends_in_ascii(plain.trim_end())) {
                    plain.pop();
                }
                plain.push(*letter);
            }
            _ if plain.is_empty() || plain.ends_with(' ') => {}
            _ => plain.push(' '),
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

fn ends_in_ascii(text: &str) -> bool {
    text.ends_with(|letter: char| letter.is_ascii())
}

/// The pieces of a normalised text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    pieces(text).into_iter().map(|(token, _)| token).collect()
}

/// The pieces of a normalised text, each with its words.
pub(super) fn pieces(text: &str) -> Vec<(Token, &str)> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first == ' ' {
            rest = &rest[1..];
        } else if let Some((sense, length)) = longest(rest) {
            tokens.push((Token::Known(sense), &rest[..length]));
            rest = &rest[length..];
        } else if let Some((token, length)) = number(rest) {
            tokens.push((token, &rest[..length]));
            rest = &rest[length..];
        } else {
            let word = rest.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(rest.len());
            let length = word.max(first.len_utf8());
            // E and R keys stick: a letter says nothing.
            let is_a_letter = length == 1 && first.is_ascii_alphabetic();
            let token = if is_a_letter { Token::Known(Sense::Filler) } else { Token::Unknown };
            tokens.push((token, &rest[..length]));
            rest = &rest[length..];
        }
    }
    tokens
}

/// Whether a text begins with a known word.
pub(crate) fn begins_known(text: &str) -> bool {
    longest(&normalised(text)).is_some()
}

/// All words by their first letter, longest first. Built once, from constants.
static BY_FIRST_LETTER: LazyLock<HashMap<char, Vec<(&str, Sense)>>> = LazyLock::new(|| {
    let each = |words: &'static str| words.split(',').map(str::trim).filter(|word| !word.is_empty());
    let tables = [chinese::WORDS, english::WORDS].into_iter().flatten();
    let words = tables.flat_map(|(sense, words)| each(words).map(move |word| (word, *sense)));
    let parts = PARTS.iter().flat_map(|part| {
        let words = each(part.words).map(move |word| (word, Sense::Part(part)));
        words.chain(each(part.does).map(move |word| (word, Sense::Does(part))))
    });
    let mut index: HashMap<char, Vec<(&str, Sense)>> = HashMap::new();
    for (word, sense) in words.chain(parts) {
        index.entry(word.chars().next().unwrap_or_default()).or_default().push((word, sense));
    }
    for words in index.values_mut() {
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }
    index
});

/// The longest word that the text begins with, and its length in bytes.
fn longest(text: &str) -> Option<(Sense, usize)> {
    let words = BY_FIRST_LETTER.get(&text.chars().next()?)?;
    words.iter().find(|(word, _)| starts_with_word(text, word)).map(|(word, sense)| (*sense, word.len()))
}

/// Whether the text begins with `word`, and not with a longer English word.
fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| {
        let inside = |letter: char| letter.is_ascii_alphanumeric();
        !(word.ends_with(inside) && rest.starts_with(inside))
    })
}

/// The number that the text begins with, such as `92%` or `50` of `50次`.
fn number(text: &str) -> Option<(Token, usize)> {
    let length = text.find(|it: char| !(it.is_ascii_digit() || it == '.')).unwrap_or(text.len());
    let (digits, rest) = text.split_at(length);
    let whole: u32 = digits.split('.').next()?.parse().ok()?;
    // 快门9万次
    if let Some(after) = rest.strip_prefix('万') {
        return Some((Token::Number(whole.saturating_mul(10_000), false), text.len() - after.len()));
    }
    // 143k actuations
    if let Some(after) =
        rest.strip_prefix('k').filter(|after| !after.starts_with(|it: char| it.is_ascii_alphanumeric()))
    {
        return Some((Token::Number(whole.saturating_mul(1_000), false), text.len() - after.len()));
    }
    let percent = rest.trim_start().strip_prefix('%');
    match percent {
        Some(after) => Some((Token::Number(whole, true), text.len() - after.len())),
        // 256gb is not a number.
        None if rest.starts_with(|it: char| it.is_ascii_alphanumeric()) => None,
        None => Some((Token::Number(whole, false), length)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_single_spaces_between_its_words_and_none_around_them() {
        assert_eq!(normalised("  Face  ID -- OK. "), "face id ok");
        assert_eq!(normalised("屏幕   碎"), "屏幕碎");
        assert_eq!((normalised("屏幕 OK"), normalised("OK 屏幕")), ("屏幕ok".into(), "ok屏幕".into()));
    }

    #[test]
    fn a_dot_is_a_point_between_digits_only() {
        assert_eq!(normalised("98.5% ok. 3. v.5"), "98.5% ok 3 v 5");
        assert_eq!(normalised(".5 no."), "5 no");
    }

    #[test]
    fn every_word_stands_in_one_table_and_is_written_as_texts_are_read() {
        for words in BY_FIRST_LETTER.values() {
            for (place, (word, _)) in words.iter().enumerate() {
                assert_eq!(normalised(word), *word);
                let twice = words[place + 1..].iter().any(|(other, _)| other == word);
                assert!(!twice, "{word} is listed twice");
            }
        }
    }
}
