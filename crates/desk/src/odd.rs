//! Counts unusual answers by kind: `tradein_odd_answers`.

use provider::{Answer, BadAnswer, Refusal};

use crate::ask_error::AskError;
use crate::meters::Meters;

/// Counts what is unusual about an answer with a price.
pub(crate) fn count_answer(meters: &Meters, answer: &Answer) {
    if answer.rounded {
        meters.odd_answer("rounded");
    }
    if answer.price.consistent() == Some(false) {
        meters.odd_answer("inconsistent");
    }
}

/// Counts an answer that cannot be used.
pub(crate) fn count_failure(meters: &Meters, error: &AskError) {
    if let AskError::Call(Refusal::BadAnswer(bad)) = error {
        meters.odd_answer(kind(*bad));
    }
}

fn kind(bad: BadAnswer) -> &'static str {
    match bad {
        BadAnswer::NoPrice => "no_price",
        BadAnswer::TooLong => "too_long",
        BadAnswer::Compressed => "compressed",
        BadAnswer::Redirect => "redirect",
        BadAnswer::AnotherModel | BadAnswer::AnotherStorage | BadAnswer::AnotherGrade => "another_device",
        BadAnswer::AboveBase => "above_base",
        BadAnswer::NotJson | BadAnswer::WrongShape => "unreadable",
    }
}
