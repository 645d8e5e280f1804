//! The questions of a row.

use domain::{Category, Field, Question, Term, Understood, choice, redacted};

use crate::answers::Answers;
use crate::question_id::QuestionId;
use crate::questions::ListQuestion;
use crate::table::TableRow;

/// The questions of a row. Where storage and memory are both asked, one question is for both.
pub(crate) fn of_row(
    row: &TableRow,
    understood: &Understood,
    questions: &[Question],
    answers: &Answers,
) -> Vec<ListQuestion> {
    let category = Category::find(&understood.form.device_type);
    let asks = |field| questions.iter().any(|question| question.field == field);
    let both = asks(Field::Storage) && asks(Field::Ram);
    let questions = questions.iter().filter(|question| !(both && question.field == Field::Ram));
    let of = |question: &Question| {
        let text = redacted(&question.text).into_owned();
        let about = about(row, understood, question);
        let id = QuestionId::of(question.field, &text, &about);
        let choice = choice(question.field, category);
        ListQuestion {
            given: answers.given(&id, question, category),
            id,
            field: question.field,
            why: question.why,
            text,
            about,
            with_memory: both && question.field == Field::Storage,
            category,
            options: choice.words,
            is_open: choice.is_open,
            rows: 1,
            first: vec![row.number],
            example: row.said(),
        }
    };
    questions.map(of).collect()
}

/// The device that the answer is about. What a grade or a remark means is the same for all devices.
fn about(row: &TableRow, understood: &Understood, question: &Question) -> String {
    let form = &understood.form;
    match question.field {
        Field::DeviceType | Field::Brand | Field::Model | Field::Storage | Field::Ram => {
            let name = format!("{} {}", form.brand, form.model);
            let is_named = !form.model.is_empty();
            if is_named { redacted(name.trim()).into_owned() } else { row.said() }
        }
        Field::Condition
        | Field::FunctionStatus
        | Field::RepairHistory
        | Field::PurchaseChannel
        | Field::Keyword => String::new(),
    }
}
