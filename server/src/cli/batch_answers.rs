//! The answers to the questions of a list: those of earlier lists of the company, and those that were handed in.

use std::path::Path;

use app::Locale;
use app::words::{batch_text, questions};
use jiff::Timestamp;
use lists::{company, recall_answers, remember_answers};
use sheet::{Answers, DeviceList, HandedBack, Source, TableRow, handed_back};

use super::CommandError;
use super::output::tell;
use crate::partner::Counter;

/// Answers that were handed in, and the file's name.
pub(super) struct HandedIn {
    file: String,
    answers: Vec<HandedBack>,
}

/// Reads the answers of a report that is handed back.
pub(super) fn hand_in(locale: Locale, path: &Path) -> Result<HandedIn, CommandError> {
    let file = path.display().to_string();
    let bytes = std::fs::read(path)
        .map_err(|error| CommandError::Failed(format!("{file} cannot be read: {error}")))?;
    let answers = handed_back(&bytes, &questions::answer_headings()).map_err(|error| {
        CommandError::Failed(format!("{file}: {}", batch_text::unreadable(locale, &error)))
    })?;
    if answers.is_empty() {
        return Err(CommandError::Failed(batch_text::answers_none(locale, &file)));
    }
    Ok(HandedIn { file, answers })
}

/// All answers: those of earlier lists of the company, and those that were handed in.
pub(super) async fn gather(
    counter: &Counter,
    headings: &TableRow,
    handed_in: Option<&HandedIn>,
) -> Result<Answers, CommandError> {
    let company = company(&counter.account, headings);
    let mut answers = Answers::default();
    recall_answers(&counter.records, &company, &mut answers).await.map_err(of_records)?;
    for answer in handed_in.into_iter().flat_map(|it| &it.answers) {
        answers.set(answer.id.clone(), Source::Person, &questions::trade_word(&answer.text));
    }
    Ok(answers)
}

/// Remembers the answers of a list for the company's next one. Says which of them are of an earlier list.
pub(super) async fn keep_answers(
    locale: Locale,
    counter: &Counter,
    headings: &TableRow,
    handed_in: Option<&HandedIn>,
    (list, answers): (&DeviceList, &Answers),
) -> Result<(), CommandError> {
    let company = company(&counter.account, headings);
    if handed_in.is_some() {
        match answers.unused(&list.questions).count() {
            0 => {}
            unused => tell(&batch_text::answers_unused(locale, unused)),
        }
    }
    for question in list.questions.all() {
        if let Some(given) = question.given.as_ref().filter(|given| given.source == Source::Remembered) {
            tell(&batch_text::remembered(locale, question, &given.text));
        }
    }
    remember_answers(&counter.records, &company, list, Timestamp::now()).await.map_err(of_records)
}

/// Refuses answers that do not answer their questions: each with its place, and what is allowed.
///
/// # Errors
/// If there is such an answer. Nothing was asked of the partner then, and nothing is recorded.
pub(super) fn refuse_wrong(
    locale: Locale,
    handed_in: &HandedIn,
    list: &DeviceList,
) -> Result<(), CommandError> {
    let wrong = handed_in.answers.iter().filter_map(|answer| {
        let question = list.questions.get(&answer.id)?;
        let is_wrong = question.given.as_ref().is_some_and(|given| !given.is_allowed);
        (is_wrong && !answer.text.is_empty())
            .then(|| batch_text::answer_wrong(locale, &handed_in.file, answer, question))
    });
    let wrong: Vec<String> = wrong.collect();
    wrong.iter().for_each(|line| tell(line));
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(CommandError::Failed(batch_text::answers_unread(locale, &handed_in.file)))
    }
}

/// The error of a list that the records do not take.
pub(super) fn of_records(error: desk::RecordsError) -> CommandError {
    CommandError::Failed(format!("the list cannot be kept (TRADEIN_DATABASE_URL): {error}"))
}
