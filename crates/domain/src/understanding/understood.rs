//! What was understood of a device, and what has to be asked.

use super::question::{NoDevice, Question, Why};
use super::spelling::tidied;
use super::written::Written;
use crate::{Failure, Field, FieldError, Problem, QuoteForm, QuoteRequest};

/// What was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understood {
    /// The fields in the trade's words. Where a field has to be asked, as it was written.
    pub form: QuoteForm,
    /// Fields that their own cells do not say, and that follow from other words.
    pub guessed: Vec<Field>,
    /// What the cells say that cannot be told. What they do not say at all is found by [`Understood::all_questions`].
    pub questions: Vec<Question>,
    /// Words to choose from for a field, where the partner's catalogue has them.
    pub candidates: Vec<(Field, Vec<String>)>,
    /// Why it is no device that is quoted.
    pub no_device: Option<NoDevice>,
}

impl Understood {
    /// The device, if all that it needs is told.
    ///
    /// # Errors
    /// As [`QuoteForm::parse`]; a field that has to be asked is invalid.
    pub fn request(&self) -> Result<QuoteRequest, Failure> {
        let read = self.form.parse();
        if self.questions.is_empty() {
            return read;
        }
        let mut fields = match read {
            Err(Failure::InvalidInput { fields }) => fields,
            _ => Vec::new(),
        };
        for question in &self.questions {
            if fields.iter().all(|error| error.field != question.field) {
                fields.push(FieldError { field: question.field, problem: problem(question.why) });
            }
        }
        fields.sort_by_key(|error| Field::OF_A_DEVICE.iter().position(|field| *field == error.field));
        Err(Failure::InvalidInput { fields })
    }

    /// All questions of the row: those of its cells, and those that follow from what is missing or cannot be used in
    /// `request`, the result of [`Understood::request`].
    pub fn all_questions(&self, request: &Result<QuoteRequest, Failure>) -> Vec<Question> {
        let mut all = self.questions.clone();
        if let Err(Failure::InvalidInput { fields }) = request {
            for error in fields {
                if all.iter().all(|question| question.field != error.field) {
                    all.push(Question::of_mistake(*error, self.form.text(error.field)));
                }
            }
        }
        all
    }

    /// Asks for a field once, with what its cell says.
    pub(super) fn ask(&mut self, written: &Written, field: Field, why: Why) {
        let text = tidied(written.form.text(field));
        self.ask_about(written, field, why, text);
    }

    /// Asks for a field once, unless a person has answered that.
    pub(super) fn ask_about(&mut self, written: &Written, field: Field, why: Why, text: String) {
        if written.answer(field).is_none() && self.questions.iter().all(|question| question.field != field) {
            self.questions.push(Question { field, why, text });
        }
    }
}

fn problem(why: Why) -> Problem {
    match why {
        Why::OwnGrade | Why::BetweenGrades | Why::NoGrade | Why::Kind | Why::Brand | Why::Size => {
            Problem::NotListed
        }
        Why::Function => Problem::Unclear,
        Why::Model => Problem::Unclear,
        Why::UnknownModel => Problem::NotListed,
        Why::Missing => Problem::Missing,
        Why::Invalid(problem) => problem,
    }
}
