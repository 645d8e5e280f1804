use std::collections::BTreeMap;

use domain::{Grade, Term as _};

/// A buyer's own words for the trade's grades. A grade that is not in it cannot be asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradeWords(BTreeMap<&'static str, Box<str>>);

/// A word for a grade that is empty or too long.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no word for a grade: 1 to 40 characters")]
pub struct NoGradeWord(pub String);

impl GradeWords {
    /// The longest word, in characters.
    pub const MAX_CHARS: usize = 40;

    /// The buyer's word for each grade.
    ///
    /// # Errors
    /// [`NoGradeWord`] for a word that is empty, too long, or has control characters.
    pub fn new(words: impl IntoIterator<Item = (Grade, String)>) -> Result<Self, NoGradeWord> {
        let mut all = BTreeMap::new();
        for (grade, word) in words {
            let text = word.trim();
            if text.is_empty() || text.chars().count() > Self::MAX_CHARS || text.chars().any(char::is_control)
            {
                return Err(NoGradeWord(word));
            }
            all.insert(grade.code(), text.into());
        }
        Ok(Self(all))
    }

    /// The trade's word for the grade of `asked` in an answer that says `word`: that grade if the buyer has this word for
    /// it, else the first that it has the word for. A word that is none of the buyer's stays as it is.
    pub fn translated<'a>(&self, word: &'a str, asked: Grade) -> &'a str {
        let is_word = |grade: &&Grade| self.word(**grade) == Some(word.trim());
        let named = Some(&asked).filter(is_word).or_else(|| Grade::ALL.iter().find(is_word));
        named.map_or(word, |grade| grade.word())
    }

    /// The buyer's word for a grade; `None` if it has none.
    pub fn word(&self, grade: Grade) -> Option<&str> {
        self.0.get(grade.code()).map(AsRef::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grade_without_a_word_has_none() {
        let words = GradeWords::new([(Grade::Excellent, " B ".to_owned())]).unwrap();
        assert_eq!((words.word(Grade::Excellent), words.word(Grade::LikeNew)), (Some("B"), None));
    }

    #[test]
    fn a_word_of_the_buyer_is_translated_back_and_another_word_is_not() {
        let words = [(Grade::New, "A"), (Grade::LikeNew, "A"), (Grade::Good, "九成新")];
        let words = GradeWords::new(words.map(|(grade, word)| (grade, word.to_owned()))).unwrap();
        assert_eq!(words.translated("A", Grade::LikeNew), "九五新");
        assert_eq!(words.translated("A", Grade::Good), "全新");
        assert_eq!(words.translated("九成新", Grade::Excellent), "八成新");
        assert_eq!(words.translated("七成新", Grade::Excellent), "七成新");
    }

    #[test]
    fn a_word_is_a_short_text() {
        for bad in ["", "  ", "a\nb", &"x".repeat(41)] {
            assert!(GradeWords::new([(Grade::Excellent, bad.to_owned())]).is_err(), "{bad:?}");
        }
    }
}
