//! The option `--grade`: a buyer's own word for a grade.

use domain::{Grade, Term as _};
use provider::GradeWords;

/// The buyer's own words for grades; `None` if no option has one.
///
/// # Errors
/// A sentence with the option and what it takes.
pub(super) fn words(options: &[String]) -> Result<Option<GradeWords>, String> {
    let mut words = Vec::new();
    for option in options {
        let (grade, word) = option.split_once('=').ok_or_else(|| {
            format!("--grade {option}: write the grade, `=` and the buyer's word, such as 九成新=B")
        })?;
        words.push((named_grade("--grade", grade)?, word.to_owned()));
    }
    if words.is_empty() {
        return Ok(None);
    }
    GradeWords::new(words).map(Some).map_err(|error| format!("--grade: {error}"))
}

/// The grade in an option.
///
/// # Errors
/// A sentence with the option and the words.
pub(super) fn named_grade(option: &str, text: &str) -> Result<Grade, String> {
    Grade::find(text.trim()).ok_or_else(|| {
        let grades: Vec<&str> = Grade::ALL.iter().map(|grade| grade.word()).collect();
        format!("{option} {text}: one of {}", grades.join(", "))
    })
}
