//! Splits a text into clauses: where one fault ends and the next begins.

use super::brackets::{CLOSING, OPENING, unmatched_brackets};
#[cfg(feature = "words")]
use super::{Clause, read};

/// Marks that end a clause, except in brackets: a detail in brackets belongs to its fault.
const MARKS: [char; 12] = ['、', ';', '；', '|', ',', '，', '。', '!', '！', '\n', '\t', '\r'];

/// Words and marks that separate clauses only where each part says something by itself. They occur in
/// names too, such as `Face ID / Touch ID`.
#[cfg(feature = "words")]
const JOINTS: [&str; 17] = [
    "/", "／", "+", "–", "—", " - ", "但是", "但", "以及", "和", "及", "与", " but ", ", but ", " and ",
    " with ", " ",
];

/// The clauses of a text, without those that are empty.
pub(crate) fn clauses(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    // Only the server looks for unmatched brackets (feature `words`).
    let unmatched = if cfg!(feature = "words") { unmatched_brackets(text) } else { Vec::new() };
    let (mut depth, mut start) = (0_u32, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            // An unmatched bracket encloses nothing.
            _ if unmatched.contains(&at) => {}
            _ if OPENING.contains(&letter) => depth += 1,
            _ if CLOSING.contains(&letter) => depth = depth.saturating_sub(1),
            _ if depth == 0 && (MARKS.contains(&letter) || ends_a_sentence(text, at)) => {
                parts.push((start, at));
                start = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push((start, text.len()));
    #[cfg(feature = "words")]
    return with_their_parts(text, &parts).into_iter().flat_map(joined).collect();
    #[cfg(not(feature = "words"))]
    return parts
        .iter()
        .map(|(start, end)| text[*start..*end].trim())
        .filter(|part| !part.is_empty())
        .collect();
}

/// The clauses at those places, without empty ones. A clause that only names a part is joined to the
/// next one: `屏幕、电池均正常`.
#[cfg(feature = "words")]
fn with_their_parts<'a>(text: &'a str, places: &[(usize, usize)]) -> Vec<&'a str> {
    // Where each clause begins.
    let mut starts: Vec<usize> = Vec::new();
    let mut clauses = Vec::new();
    let mut open = None;
    for (start, end) in places {
        let clause = text[*start..*end].trim();
        if clause.is_empty() {
            continue;
        }
        let mut start = open.take().unwrap_or(*start);
        match read(clause)[..] {
            [Clause::Bare] => {
                open = Some(start);
                continue;
            }
            [Clause::Sound] => {}
            // "No cracks, scratches or dents": one denial for all of them.
            _ if says_or(clause) => {
                let denied = |from: &usize| read(&text[*from..*end])[..] == [Clause::Sound];
                if let Some(place) = starts.iter().rposition(denied) {
                    start = starts[place];
                    starts.truncate(place);
                    clauses.truncate(place);
                }
            }
            _ => {}
        }
        starts.push(start);
        clauses.push(text[start..*end].trim());
    }
    // Parts at the end about which nothing is said.
    let rest = open.map(|start| text[start..].split(MARKS).map(str::trim).filter(|part| !part.is_empty()));
    clauses.extend(rest.into_iter().flatten());
    clauses
}

/// Whether the dot at `at` is a full stop, and not a point in a word or a number: `n.a`, `98.5`.
fn ends_a_sentence(text: &str, at: usize) -> bool {
    let (before, rest) = text.split_at(at);
    let Some(after) = rest.strip_prefix('.') else { return false };
    let within = |letter: Option<char>| letter.is_some_and(|it| it.is_ascii_alphanumeric());
    !(within(before.chars().next_back()) && within(after.chars().next()))
}

/// Whether a clause has the word "or", so that a denial before it may apply to a whole list.
#[cfg(feature = "words")]
fn says_or(clause: &str) -> bool {
    clause.contains('或') || clause.split_whitespace().any(|word| word.eq_ignore_ascii_case("or"))
}

/// The parts of a clause that says several things, such as `正常但换过电池`; else the clause itself.
#[cfg(feature = "words")]
fn joined(clause: &str) -> Vec<&str> {
    // `没有 问题` (no problem) says one thing, though its second half says another by itself.
    let one = matches!(read(clause)[..], [Clause::Sound | Clause::NeverRepaired | Clause::Unclear]);
    if one || clause.contains(['(', '（']) {
        return vec![clause];
    }
    for joint in JOINTS {
        let parts = split(clause, joint);
        let known = |part: &&str| !matches!(read(part)[..], [Clause::Fault(None) | Clause::Bare]);
        if parts.len() > 1 && parts.iter().all(known) {
            return parts.into_iter().flat_map(joined).collect();
        }
    }
    vec![clause]
}

/// The parts between joints. A space separates clauses in Chinese only.
#[cfg(feature = "words")]
fn split<'a>(clause: &'a str, joint: &str) -> Vec<&'a str> {
    let chinese = |letter: Option<char>| letter.is_some_and(|it| it.is_alphanumeric() && !it.is_ascii());
    let parts: Vec<&str> = clause.split(joint).map(str::trim).filter(|part| !part.is_empty()).collect();
    let apart = |pair: &[&str]| {
        joint != " " || chinese(pair[0].chars().next_back()) || chinese(pair[1].chars().next())
    };
    if parts.windows(2).all(apart) { parts } else { Vec::new() }
}

#[cfg(all(test, feature = "words"))]
mod tests {
    use super::clauses;

    #[test]
    fn marks_separate_clauses_except_in_brackets() {
        assert_eq!(clauses("屏碎,电池不行"), ["屏碎", "电池不行"]);
        assert_eq!(clauses("外屏损坏(外屏碎裂，显示正常)、进水；"), ["外屏损坏(外屏碎裂，显示正常)", "进水"]);
        assert_eq!(clauses(" ，、"), [""; 0]);
        assert_eq!(clauses("屏碎(，电池不行"), ["屏碎(", "电池不行"], "this one encloses nothing");
        assert_eq!(clauses("正常，没有裂痕或划痕"), ["正常", "没有裂痕或划痕"]);
    }

    #[test]
    fn a_full_stop_separates_clauses_and_a_point_in_a_word_or_number_does_not() {
        assert_eq!(clauses("Screen cracked. Battery weak."), ["Screen cracked", "Battery weak"]);
        assert_eq!(clauses("battery 98.5%"), ["battery 98.5%"]);
        assert_eq!(clauses("n.a"), ["n.a"]);
    }

    #[test]
    fn joints_separate_clauses_where_each_part_is_known() {
        assert_eq!(clauses("屏碎 电池不行"), ["屏碎", "电池不行"]);
        assert_eq!(clauses("正常但换过电池"), ["正常", "换过电池"]);
        assert_eq!(clauses("cracked screen and weak battery"), ["cracked screen", "weak battery"]);
        assert_eq!(clauses("转轴/铰链松"), ["转轴/铰链松"]);
        assert_eq!(clauses("屏碎 swollen"), ["屏碎", "swollen"]);
    }
}
