//! The grades that a list's words name: the trade's, or the dealer's own by the setting `grades`.

use domain::{Grade, Term as _, tidied};
use provider::GradeWords;

use crate::names::term;

/// The grades that `text` names; several if the dealer has one word for them. With words of the dealer, no others are
/// understood.
pub(crate) fn named(text: &str, words: Option<&GradeWords>) -> Vec<Grade> {
    let Some(words) = words else { return term::<Grade>(text).into_iter().collect() };
    let with = |same: fn(&str, &str) -> bool| -> Vec<Grade> {
        let has = |grade: &Grade| words.word(*grade).is_some_and(|word| same(word, text));
        Grade::ALL.iter().copied().filter(has).collect()
    };
    let exact = with(|word, text| folded(word) == folded(text));
    // B（元）is B, if there is no word with these brackets.
    if exact.is_empty() { with(|word, text| folded(word) == without_brackets(&folded(text))) } else { exact }
}

/// The dealer's own words, each once, best first, for people: `A, B, C`. `None` without a setting.
pub(crate) fn listed(words: Option<&GradeWords>) -> Option<String> {
    let mut all: Vec<&str> = Grade::ALL.iter().filter_map(|grade| words?.word(*grade)).collect();
    all.dedup();
    words.map(|_| all.join(", "))
}

/// Without letter case and spaces. Marks count: A+ is not A.
fn folded(text: &str) -> String {
    tidied(text).to_lowercase().split_whitespace().collect()
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let outside = |letter: &char| {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    text.chars().filter(outside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dealers_words_are_understood_and_then_no_others() {
        let words = [
            (Grade::New, "A+"),
            (Grade::LikeNew, "A"),
            (Grade::Excellent, "A"),
            (Grade::Good, "B(一般)"),
            (Grade::Fair, "b"),
        ];
        let words = GradeWords::new(words.map(|(grade, word)| (grade, word.to_owned()))).unwrap();
        for (text, grades) in [
            ("a+", &[Grade::New][..]),
            ("A （元）", &[Grade::LikeNew, Grade::Excellent]),
            ("B（一般）", &[Grade::Good]),
            ("B(元)", &[Grade::Fair]),
            ("八成新", &[]),
            ("C", &[]),
        ] {
            assert_eq!(named(text, Some(&words)), grades, "{text}");
        }
        assert_eq!(listed(Some(&words)).as_deref(), Some("A+, A, B(一般), b"));
        assert_eq!((named("八成新", None), listed(None)), (vec![Grade::Good], None));
    }
}
