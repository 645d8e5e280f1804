//! `providers.grades`: a buyer's own words for grades.

use domain::{Grade, Term as _};
use provider::GradeWords;

use crate::invalid_key::InvalidKey;

/// The buyer's words; `None` if they are the trade's.
pub(super) fn words(
    given: impl IntoIterator<Item = (String, String)>,
) -> Result<Option<GradeWords>, InvalidKey> {
    let mut words = Vec::new();
    for (grade, word) in given {
        let named = Grade::find(grade.trim()).ok_or_else(|| {
            let grades: Vec<&str> = Grade::ALL.iter().map(|grade| grade.word()).collect();
            InvalidKey::new("grades", &grade, format!("grades of the trade: {}", grades.join(", ")))
        })?;
        words.push((named, word));
    }
    if words.is_empty() {
        return Ok(None);
    }
    let wrong = |error: provider::NoGradeWord| {
        InvalidKey::new("grades", error.0, "a word of 1 to 40 characters for each grade")
    };
    GradeWords::new(words).map(Some).map_err(wrong)
}
