//! Texts about the questions of a list and the answers that are handed in.

use sheet::{HandedBack, ListQuestion};

use crate::words::questions;
use crate::words::strings::{Locale, td_string};

/// How many questions are open, and how to answer them: in `sheet` of the report, or in a file of its own.
pub fn open_questions(locale: Locale, open: usize, file: &str, sheet: bool) -> String {
    let place = if sheet {
        td_string!(
            locale,
            batch.in_sheet,
            sheet = td_string!(locale, report.questions),
            file = file.to_owned()
        )
    } else {
        td_string!(locale, batch.in_file, file = file.to_owned())
    };
    let file = file.to_owned();
    match open {
        1 => td_string!(locale, batch.open_question, place = place, file = file),
        open => {
            td_string!(locale, batch.open_questions, count = open.to_string(), place = place, file = file)
        }
    }
}

/// The message that answers have to be corrected; each is named in a line before.
pub fn answers_unread(locale: Locale, file: &str) -> String {
    td_string!(locale, batch.answers_unread, file = file.to_owned())
}

/// An answer that does not answer its question, where it stands, and what is allowed.
pub fn answer_wrong(locale: Locale, file: &str, answer: &HandedBack, question: &ListQuestion) -> String {
    let (file, cell) = (file.to_owned(), answer.cell.clone());
    let place = match &answer.sheet {
        Some(sheet) => td_string!(locale, batch.sheet_cell, file = file, sheet = sheet.clone(), cell = cell),
        None => td_string!(locale, batch.cell, file = file, cell = cell),
    };
    let allowed = questions::allowed(locale, question);
    let question = questions::question(locale, question);
    td_string!(
        locale,
        batch.answer_wrong,
        place = place,
        text = answer.text.clone(),
        question = question,
        allowed = allowed
    )
}

/// The message that a file that was handed back has no answers.
pub fn answers_none(locale: Locale, file: &str) -> String {
    td_string!(
        locale,
        batch.answers_none,
        file = file.to_owned(),
        sheet = td_string!(locale, report.questions)
    )
}

/// The message that a report was handed back as it was, without any answer.
pub fn answers_empty(locale: Locale, file: &str) -> String {
    td_string!(
        locale,
        batch.answers_empty,
        file = file.to_owned(),
        answer = td_string!(locale, report.answer),
        sheet = td_string!(locale, report.questions)
    )
}

/// The message that some answers belong to no question of the list.
pub fn answers_unused(locale: Locale, count: usize) -> String {
    td_string!(locale, batch.answers_unused, count = count.to_string())
}

/// A grade of the company's own scale that is taken as it was answered for an earlier list.
pub fn remembered(locale: Locale, question: &ListQuestion, grade: &str) -> String {
    let grade = questions::choice(locale, question.field, grade);
    td_string!(locale, batch.remembered, text = question.text.clone(), grade = grade)
}
