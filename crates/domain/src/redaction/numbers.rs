//! Finds numbers of phones, devices, cards and identities, with or without marks between the digits.

use super::letters::{Span, digit};

/// The fewest digits of a personal number that is written without marks. Sizes, years and prices have
/// fewer.
const LONG: usize = 8;
/// The most marks between two digits of one number: ` - `, `) `.
const MARKS: usize = 3;

fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        ' ' | '-' | '.' | '–' | '—' | '\u{a0}' | '/' | '／' | '(' | ')' | '（' | '）' | '·' | '_' | '－'
    )
}

/// Digits without marks between them, and their positions.
struct Group {
    digits: Vec<u32>,
    span: Span,
}

/// The positions of numbers that identify a person or a device.
pub(super) fn find(letters: &[char]) -> Vec<Span> {
    let mut found = Vec::new();
    // Fast path: no shape below has fewer digits.
    if letters.iter().filter(|letter| digit(**letter).is_some()).count() < LONG {
        return found;
    }
    let groups = groups(letters);
    let mut at = 0;
    while at < groups.len() {
        // How many groups from here may form one number.
        let joined = 1 + groups[at..].windows(2).take_while(|pair| belong_together(letters, pair)).count();
        let number = (1..=joined).rev().find(|count| is_personal(letters, &groups[at..at + count]));
        match number {
            Some(count) => {
                found.push(span(letters, &groups[at..at + count]));
                at += count;
            }
            None => at += 1,
        }
    }
    found
}

fn groups(letters: &[char]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        let Some(value) = digit(*letter) else { continue };
        match groups.last_mut().filter(|group| group.span.1 == at) {
            Some(group) => {
                group.digits.push(value);
                group.span.1 = at + 1;
            }
            None => groups.push(Group { digits: vec![value], span: (at, at + 1) }),
        }
    }
    groups
}

/// Whether there are only a few marks between two groups.
fn belong_together(letters: &[char], pair: &[Group]) -> bool {
    let between = &letters[pair[0].span.1..pair[1].span.0];
    between.len() <= MARKS && between.iter().all(|letter| is_mark(*letter))
}

/// From the first digit to the last, with the final X that a Chinese identity number may have.
fn span(letters: &[char], groups: &[Group]) -> Span {
    let (start, end) = (groups[0].span.0, groups[groups.len() - 1].span.1);
    let digits: usize = groups.iter().map(|group| group.digits.len()).sum();
    let check = digits == 17 && letters.get(end).is_some_and(|it| matches!(it, 'x' | 'X' | 'ｘ' | 'Ｘ'));
    (start, end + usize::from(check))
}

/// Whether these groups are one number that identifies a person or a device. Sizes and years also occur
/// beside each other (`12 256 2023`), so the count of digits alone is not enough: the lengths of the
/// groups and the first digits must fit as well.
fn is_personal(letters: &[char], groups: &[Group]) -> bool {
    let sizes: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    let digits: Vec<u32> = groups.iter().flat_map(|group| group.digits.iter().copied()).collect();
    if let [size] = sizes[..] {
        return size >= LONG;
    }
    let count = digits.len();
    let shortest = sizes.iter().copied().min().unwrap_or_default();
    let longest = sizes.iter().copied().max().unwrap_or_default();
    // 139 0013 8000; one digit at a time.
    let even = shortest >= 3 || longest <= 2;
    let mobile = |digits: &[u32]| digits.len() == 11 && digits[0] == 1 && digits[1] >= 3;
    let country = digits[..2] == [8, 6] && sizes[0] == 2 && mobile(&digits[2..]);
    let landline = digits[0] == 0 && (10..=12).contains(&count) && shortest >= 3;
    let abroad = (8..=15).contains(&count) && has_plus(letters, groups[0].span.0);
    let dialled = digits[..2] == [0, 0] && (10..=17).contains(&count);
    let american = sizes == [3, 3, 4];
    // 9123 4567, a mobile of Hong Kong; 5120 2880 is a picture's size.
    let round = |digits: &[u32]| digits[3] == 0;
    let local =
        sizes == [4, 4] && matches!(digits[0], 5 | 6 | 9) && !(round(&digits[..4]) && round(&digits[4..]));
    let (_, front) = sizes.split_last().unwrap_or((&0, &[]));
    let regular = front.iter().all(|size| *size == front[0]) && front[0] >= 3;
    let serial = (14..=19).contains(&count) && (longest >= 6 || regular || is_imei(&digits));
    (mobile(&digits) && even) || country || landline || abroad || dialled || american || local || serial
}

/// Whether there is a plus right before the number that is not part of a word: `8GB+256` is a size.
fn has_plus(letters: &[char], start: usize) -> bool {
    let opened = start.checked_sub(1).filter(|at| matches!(letters[*at], '(' | '（')).unwrap_or(start);
    let Some(plus) = opened.checked_sub(1) else { return false };
    matches!(letters[plus], '+' | '＋')
        && !plus.checked_sub(1).is_some_and(|at| letters[at].is_alphanumeric())
}

/// Whether the digits are an IMEI: 15 of them, with a known prefix and a valid check digit (Luhn).
fn is_imei(digits: &[u32]) -> bool {
    if digits.len() != 15 || !matches!(digits[..2], [3, 5] | [8, 6] | [9, 9] | [0, 1]) {
        return false;
    }
    let doubled = digits.iter().rev().enumerate().map(|(at, digit)| match at % 2 {
        0 => *digit,
        _ => digit * 2 / 10 + digit * 2 % 10,
    });
    doubled.sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::is_imei;

    fn digits(text: &str) -> Vec<u32> {
        text.chars().filter_map(|letter| letter.to_digit(10)).collect()
    }

    #[test]
    fn an_imei_has_15_digits_a_known_prefix_and_one_valid_check_digit() {
        for valid in ["352099001761481", "867549029876545", "990001123456782", "013327009876543"] {
            let (front, check) = valid.split_at(14);
            for other in '0'..='9' {
                assert_eq!(
                    is_imei(&digits(&format!("{front}{other}"))),
                    check.starts_with(other),
                    "{front}{other}"
                );
            }
            assert!(!is_imei(&digits(front)) && !is_imei(&digits(&format!("{valid}0"))));
        }
        assert!(
            !is_imei(&digits("490154203237518")),
            "a valid check digit, but no prefix of phones that are sold"
        );
    }
}
