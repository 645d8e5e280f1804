//! Why a row has no price, and what to do about it.

use domain::{Failure, Field};
use leptos::prelude::*;
use lists::BatchRow;
use sheet::{ListQuestion, ReportLanguage};

use crate::words::report::ReportWords;
use crate::words::{self, Locale, questions, td_string};

/// That a row waits for an answer, and the way to its question, if the page has it.
pub(super) fn waits(locale: Locale, question: Option<&ListQuestion>) -> impl IntoView + use<> {
    let (address, text) = match question {
        Some(question) => (format!("#{}", question.id), questions::question(locale, question)),
        None => ("#questions".to_owned(), td_string!(locale, lists.see_questions).to_owned()),
    };
    view! { <p><strong>{td_string!(locale, report.waiting)}</strong></p> <p><a href=address>{text}</a></p> }
}

/// Why a row has no price, and what to do.
pub(super) fn reasons(locale: Locale, row: &BatchRow, failure: &Failure) -> impl IntoView + use<> {
    let reasons = problems(locale, |field| row.form.text(field).to_owned(), failure).into_iter();
    let reasons = reasons.map(|(what, mend)| view! { <p><strong>{what}</strong> <small>{mend}</small></p> });
    reasons.collect_view()
}

/// What is wrong with a row, field by field, and what to do about it.
pub(super) fn problems(
    locale: Locale,
    text: impl Fn(Field) -> String,
    failure: &Failure,
) -> Vec<(String, String)> {
    let language = ReportWords(locale);
    let Failure::InvalidInput { fields } = failure else { return vec![language.failure(failure)] };
    let of = |error: &domain::FieldError| {
        let (what, mend) = language.problem(*error);
        let value = text(error.field);
        let field = words::column(locale, error.field);
        let what = if value.is_empty() {
            td_string!(locale, lists.field_is, field = field, what = what)
        } else {
            td_string!(locale, lists.field_says, field = field, value = value, what = what)
        };
        (what, mend)
    };
    fields.iter().map(of).collect()
}
