//! A language for tests.

use domain::{Category, Failure, Field, FieldError, Grade, NoDevice};
use sheet::{ListQuestion, ReportLanguage, Word};

/// A language in which each word is its own name in the code.
pub(crate) struct Plain;

impl ReportLanguage for Plain {
    fn word(&self, word: Word) -> String {
        format!("{word:?}")
    }
    fn waiting(&self, rows: u32) -> String {
        format!("{rows} rows wait")
    }
    fn field(&self, field: Field) -> String {
        field.name().to_owned()
    }
    fn category(&self, category: Category) -> String {
        format!("{category:?}")
    }
    fn grade(&self, grade: Grade) -> String {
        format!("{grade:?}")
    }
    fn brand(&self, brand: &str) -> String {
        brand.to_owned()
    }
    fn failure(&self, failure: &Failure) -> (String, String) {
        (failure.code().to_owned(), "mend it".to_owned())
    }
    fn problem(&self, error: FieldError) -> (String, String) {
        (format!("{error}"), "mend the field".to_owned())
    }
    fn question(&self, question: &ListQuestion) -> String {
        format!("{} {}?", question.field.name(), question.text)
    }
    fn allowed(&self, question: &ListQuestion) -> String {
        question.options.join(", ")
    }
    fn cell(&self, _: Field, text: &str) -> String {
        text.to_owned()
    }
    fn choice(&self, _: Field, word: &str) -> String {
        word.to_owned()
    }
    fn no_device(&self, why: NoDevice) -> String {
        format!("{why:?}")
    }
}
