//! Finds postal addresses: a street, an estate or a building with a number.

use super::letters::{Span, digit};

/// Last words of names of streets and estates.
const PLACES: [&str; 14] =
    ["路", "街", "道", "巷", "弄", "村", "镇", "区", "苑", "园", "广场", "大厦", "公寓", "胡同"];
/// Words after a number in an address: 88号, 502室.
const NUMBERED: [&str; 9] = ["号", "栋", "幢", "座", "单元", "室", "弄", "楼", "院"];
/// Words after a number that occur in addresses only, whatever name is before the number.
const BUILDINGS: [&str; 5] = ["号楼", "号院", "栋", "幢", "单元"];
/// Last letters of the names of districts. After one of them and a space, an address may continue.
const DISTRICTS: [char; 7] = ['省', '市', '区', '县', '镇', '乡', '州'];

/// The positions of postal addresses.
pub(super) fn find(letters: &[char]) -> Vec<Span> {
    // Without a digit there is no address.
    if !letters.iter().any(|letter| digit(*letter).is_some()) {
        return Vec::new();
    }
    let mut found = chinese(letters);
    found.extend(english(letters));
    found
}

fn starts_with(letters: &[char], word: &str) -> bool {
    let length = word.chars().count();
    letters.len() >= length && letters.iter().copied().zip(word.chars()).all(|(a, b)| a == b)
}

fn blanks(letters: &[char]) -> usize {
    letters.iter().take_while(|letter| letter.is_whitespace()).count()
}

/// 建国路88号3单元502室, 阳光小区 5栋, 建国门外大街甲6号.
fn chinese(letters: &[char]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for at in 0..letters.len() {
        // Where a number and the word after it end.
        let Some(end) = numbered(letters, at) else { continue };
        let before = &letters[..at];
        let before = &before[..before.len() - blanks_at_the_end(before)];
        let before = match before.last() {
            // 甲6号
            Some('甲' | '乙' | '丙' | '丁') => &before[..before.len() - 1],
            _ => before,
        };
        let named = before.last().is_some_and(|letter| is_han(*letter));
        let place = PLACES.iter().any(|place| ends_with(before, place));
        let building = BUILDINGS.iter().any(|word| starts_with(&letters[digits_end(letters, at)..], word));
        if !(place || (building && named)) {
            continue;
        }
        let start = start_of_address(before);
        match found.last_mut().filter(|(_, last)| start <= *last) {
            Some((_, last)) => *last = end,
            None => found.push((start, end)),
        }
    }
    // An address may continue after the number: 502室, 三层东.
    for (_, end) in &mut found {
        *end = end_of_address(letters, *end);
    }
    found
}

fn ends_with(letters: &[char], word: &str) -> bool {
    let length = word.chars().count();
    letters.len() > length && starts_with(&letters[letters.len() - length..], word)
}

fn blanks_at_the_end(letters: &[char]) -> usize {
    letters.iter().rev().take_while(|letter| letter.is_whitespace()).count()
}

fn is_han(letter: char) -> bool {
    letter.is_alphanumeric() && !letter.is_ascii() && digit(letter).is_none()
}

/// Where the digits at `at`, and the spaces after them, end.
fn digits_end(letters: &[char], at: usize) -> usize {
    let end = at + letters[at..].iter().take_while(|it| digit(**it).is_some()).count();
    end + blanks(&letters[end..])
}

/// Where a number that begins at `at` and the word after it end; `None` if there is none.
fn numbered(letters: &[char], at: usize) -> Option<usize> {
    let first = digit(letters[at]).is_some() && !(at > 0 && digit(letters[at - 1]).is_some());
    let end = digits_end(letters, at);
    let word = NUMBERED.iter().find(|word| first && starts_with(&letters[end..], word))?;
    Some(end + word.chars().count())
}

/// Whether the letter can be part of an address.
fn part(letter: &char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '#')
}

/// Where an address begins, given the text up to the end of its street. A district before the street
/// belongs to the address.
fn start_of_address(before: &[char]) -> usize {
    let mut start = before.len();
    loop {
        start -= before[..start].iter().rev().take_while(|it| part(it)).count();
        let gap = blanks_at_the_end(&before[..start]);
        match before[..start - gap].last() {
            Some(letter) if gap > 0 && DISTRICTS.contains(letter) => start -= gap,
            _ => return start,
        }
    }
}

/// Where an address ends of which the first number ends at `end`.
fn end_of_address(letters: &[char], mut end: usize) -> usize {
    loop {
        end += letters[end..].iter().take_while(|it| part(it)).count();
        let next = end + blanks(&letters[end..]);
        match letters.get(next).and_then(|_| numbered(letters, next)) {
            Some(more) => end = more,
            None => return end,
        }
    }
}

/// A house number with a street after it: 221B Baker Street.
fn english(letters: &[char]) -> Vec<Span> {
    /// The most words between the number and the word for street.
    const NAME: usize = 3;
    let mut words: Vec<Span> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let length = letters[at..].iter().take_while(|it| it.is_ascii_alphanumeric()).count();
        if length > 0 {
            words.push((at, at + length));
        }
        at += length.max(1);
    }
    let mut found = Vec::new();
    for (place, span) in words.iter().enumerate() {
        if !is_house(&letters[span.0..span.1]) {
            continue;
        }
        let named = words[place + 1..].iter().take(NAME + 1).skip(1);
        let street =
            named.take_while(|(start, end)| end - start > 1).find(|word| is_street(&letters[word.0..word.1]));
        if let Some((_, end)) = street {
            found.push((span.0, *end));
        }
    }
    found
}

/// Whether the word is a house number, such as 221 or 221B. 512GB is a size.
fn is_house(word: &[char]) -> bool {
    let digits = word.iter().take_while(|letter| letter.is_ascii_digit()).count();
    (1..=5).contains(&digits) && word.len() <= digits + 1
}

fn is_street(word: &[char]) -> bool {
    const STREETS: [&str; 8] = ["street", "st", "road", "rd", "avenue", "ave", "lane", "boulevard"];
    let lower = || word.iter().map(char::to_ascii_lowercase);
    STREETS.iter().any(|street| lower().eq(street.chars()))
}
