//! The open questions of a list that was started: they are answered where the file was read, as long as it is kept, so the
//! list's page shows them and leads there.

use leptos::prelude::*;
use lists::BatchRow;
use sheet::{ListQuestion, QuestionId};

use crate::words::{Locale, language, questions, td_string};

/// The most questions on the page. The report has them all.
const MOST: usize = 50;

/// The questions without an answer, each with an address of its own; nothing if there are none. `answering` is where they
/// are answered, if the file is kept.
pub(super) fn asked(
    locale: Locale,
    all: &[ListQuestion],
    answering: Option<String>,
) -> impl IntoView + use<> {
    let open: Vec<&ListQuestion> = all.iter().filter(|it| it.is_unanswered()).collect();
    if open.is_empty() {
        return None;
    }
    let count = open.len();
    let more = count.saturating_sub(MOST);
    let more = (more > 0).then(|| {
        view! { <p class="hint">{td_string!(locale, lists.more_questions, count = more.to_string())}</p> }
    });
    let each = open.into_iter().take(MOST).map(|it| question(locale, it)).collect_view();
    Some(view! {
        <section class="card questions" id="questions">
            <h2>{td_string!(locale, lists.questions, count = count.to_string())}</h2>
            {how_to_answer(locale, answering)}
            <ol>{each}</ol>
            {more}
        </section>
    })
}

/// The way to where the questions are answered.
fn how_to_answer(locale: Locale, answering: Option<String>) -> impl IntoView {
    if let Some(link) = answering {
        return view! {
            <p class="actions"><a class="primary" href=link>{td_string!(locale, lists.answer_open)}</a></p>
            <p class="hint">{td_string!(locale, lists.answer_open_hint)}</p>
        }
        .into_any();
    }
    let sheet = td_string!(locale, report.questions);
    let lists = format!("/batch?locale={}", language::tag(locale));
    view! {
        <p class="hint">
            {td_string!(locale, lists.how_to_answer, sheet = sheet)} " " <a href=lists>{td_string!(locale, lists.title)}</a>
        </p>
    }
    .into_any()
}

fn question(locale: Locale, question: &ListQuestion) -> impl IntoView + use<> {
    view! {
        <li id=question.id.to_string()>
            <p><strong>{questions::question(locale, question)}</strong></p>
            <p class="hint">{rows_of(locale, question)} <br/> <span class="written">{question.example.clone()}</span></p>
        </li>
    }
}

/// The open question that a row waits for, as far as the row tells it.
pub(super) fn question_of<'a>(all: &'a [ListQuestion], row: &BatchRow) -> Option<&'a ListQuestion> {
    let Some(Err(domain::Failure::InvalidInput { fields })) = &row.answer else { return None };
    let is_asked = |question: &&ListQuestion| {
        let is_its_field = fields.iter().any(|error| error.field == question.field);
        is_its_field && (question.first.contains(&row.number) || is_of(question, row))
    };
    all.iter().filter(|it| it.is_unanswered()).take(MOST).find(is_asked)
}

/// Whether a question is about the words of a row or about its device.
fn is_of(question: &ListQuestion, row: &BatchRow) -> bool {
    let form = &row.form;
    let models = [Some(form.model.as_str()), row.written_model.as_deref()];
    let devices = models.into_iter().flatten().map(|model| format!("{} {model}", form.brand));
    let mut abouts = devices.chain([String::new()]);
    abouts.any(|about| QuestionId::of(question.field, form.text(question.field), about.trim()) == question.id)
}

/// In how many rows a question is, and which are the first.
pub(super) fn rows_of(locale: Locale, question: &ListQuestion) -> String {
    let numbers: Vec<String> = question.first.iter().map(u32::to_string).collect();
    let all = numbers.len() == usize::try_from(question.rows).unwrap_or(usize::MAX);
    let numbers = numbers.join(td_string!(locale, language.comma));
    let count = question.rows.to_string();
    match (question.rows, all) {
        (1, _) => td_string!(locale, lists.in_row, row = numbers),
        (_, true) => td_string!(locale, lists.in_rows, count = count, rows = numbers),
        (_, false) => td_string!(locale, lists.in_rows_and_more, count = count, rows = numbers),
    }
}
