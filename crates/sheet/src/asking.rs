//! The questions of a row.

use domain::{Category, Field, Question, Term, Understood, choice, redacted};

use crate::answers::Answers;
use crate::question_id::QuestionId;
use crate::questions::ListQuestion;
use crate::table::TableRow;

/// The questions of a row, whose device has this brand and model before anything was answered or resolved. Where storage and memory are both asked, one question is for both.
pub(crate) fn of_row(
    row: &TableRow,
    (device, understood): (&(String, String), &Understood),
    questions: &[Question],
    answers: &Answers,
) -> Vec<ListQuestion> {
    let category = Category::find(&understood.form.device_type);
    let asks = |field| questions.iter().any(|question| question.field == field);
    let both = asks(Field::Storage) && asks(Field::Ram);
    let questions = questions.iter().filter(|question| !(both && question.field == Field::Ram));
    let of = |question: &Question| {
        let text = redacted(&question.text).into_owned();
        let about =
            if is_about_the_device(question.field) { device_name(row, device) } else { String::new() };
        let id = QuestionId::of(question.field, &text, &about);
        let choice = choice(question.field, category);
        let candidates = understood.candidates.iter().find(|(field, _)| *field == question.field);
        ListQuestion {
            given: answers.given(&id, question, category),
            id,
            field: question.field,
            why: question.why,
            text,
            about,
            with_memory: both && question.field == Field::Storage,
            category,
            options: candidates.map_or(choice.words, |(_, words)| words.clone()),
            is_open: choice.is_open,
            rows: 1,
            first: vec![row.number],
            example: row.said(),
        }
    };
    questions.map(of).collect()
}

/// The name of a row's device, of its brand and model before anything was answered or resolved: questions are known
/// again by it.
fn device_name(row: &TableRow, (brand, model): &(String, String)) -> String {
    if model.is_empty() { row.said() } else { redacted(format!("{brand} {model}").trim()).into_owned() }
}

/// Whether the answer is about the device. What a grade or a remark means is the same for all devices.
fn is_about_the_device(field: Field) -> bool {
    match field {
        Field::DeviceType | Field::Brand | Field::Model | Field::Storage | Field::Ram => true,
        Field::Condition
        | Field::FunctionStatus
        | Field::RepairHistory
        | Field::PurchaseChannel
        | Field::Keyword => false,
    }
}
