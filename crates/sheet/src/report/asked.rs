//! The sheet with the questions of a list: a person fills in the answers, and hands it back.

use std::io::Write;

use rust_xlsxwriter::{DataValidation, Workbook, Worksheet, XlsxError};

use super::formats::Formats;
use super::lines::harmless;
use super::words::{ReportLanguage, Word};
use super::{Remarks, ReportError};
use crate::given::Source;
use crate::questions::ListQuestion;

/// The hidden sheet with the words of the drop-downs. A drop-down itself may have 255 characters only.
const CHOICES: &str = "choices";
/// Where the answers are, from 0.
const ANSWER: u16 = 1;

/// The columns, with their widths in characters.
const COLUMNS: [(Word, u8); 7] = [
    (Word::Question, 60),
    (Word::Answer, 24),
    (Word::Allowed, 48),
    (Word::InRows, 10),
    (Word::RowNumbers, 20),
    (Word::Written, 60),
    (Word::QuestionId, 18),
];

/// The texts of a question's line, in the order of the columns.
fn texts(question: &ListQuestion, language: &dyn ReportLanguage) -> [String; 7] {
    let given = question.given.as_ref().map(|given| language.choice(question.field, &given.text));
    let numbers = question.first.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let more = usize::try_from(question.rows).unwrap_or(usize::MAX) > question.first.len();
    let remembered = question.given.as_ref().is_some_and(|given| given.source == Source::Remembered);
    let asked = language.question(question);
    [
        if remembered { format!("{asked} ({})", language.word(Word::Remembered)) } else { asked },
        given.unwrap_or_default(),
        language.allowed(question),
        question.rows.to_string(),
        if more { format!("{numbers} …") } else { numbers },
        question.example.clone(),
        question.id.to_string(),
    ]
}

/// Writes the questions as CSV in UTF-8, with a byte order mark, for reports that are no workbooks.
///
/// # Errors
/// [`ReportError`] when `out` fails.
pub fn questions_csv(
    remarks: &Remarks,
    language: &dyn ReportLanguage,
    mut out: impl Write,
) -> Result<(), ReportError> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut out = csv::Writer::from_writer(out);
    out.write_record(COLUMNS.map(|(word, _)| language.word(word)))?;
    for question in &remarks.questions {
        out.write_record(texts(question, language).map(harmless))?;
    }
    out.flush()?;
    Ok(())
}

/// The sheet with the questions and, below them, how to hand it in; and the hidden one with their choices; `None` if there are no questions.
pub(super) fn asked(
    workbook: &mut Workbook,
    formats: &Formats,
    language: &dyn ReportLanguage,
    questions: &[ListQuestion],
) -> Result<Option<(Worksheet, Worksheet)>, XlsxError> {
    if questions.is_empty() {
        return Ok(None);
    }
    let mut sheet = workbook.new_worksheet_with_constant_memory()?;
    sheet.set_name(language.word(Word::Questions))?.set_freeze_panes(1, 0)?;
    for (place, (word, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(place, width)?;
        sheet.write_string_with_format(0, place, language.word(word), &formats.heading)?;
    }
    let mut choices: Vec<Vec<String>> = Vec::new();
    for (row, question) in (1..).zip(questions) {
        for (place, text) in (0..).zip(texts(question, language)) {
            match place {
                ANSWER => {
                    sheet.write_string_with_format(row, place, text, &formats.answer)?;
                }
                3 => {
                    sheet.write_number(row, place, question.rows)?;
                }
                _ => formats.cell_wrapped(&mut sheet, row, place, text)?,
            }
        }
        let words = words(question, language);
        let column = choices.iter().position(|known| *known == words).unwrap_or_else(|| {
            choices.push(words.clone());
            choices.len() - 1
        });
        drop_down(&mut sheet, row, column, words.len(), language)?;
    }
    let below = u32::try_from(questions.len()).unwrap_or(u32::MAX).saturating_add(2);
    for (row, word) in (below..).zip([Word::HandInPage, Word::HandInCommand]) {
        sheet.write_string(row, 0, language.word(word))?;
    }
    Ok(Some((sheet, hidden(workbook, &choices)?)))
}

/// The words to choose from.
fn words(question: &ListQuestion, language: &dyn ReportLanguage) -> Vec<String> {
    let options = question.options.iter().map(|word| language.choice(question.field, word));
    options.chain([language.word(Word::LeaveOut)]).collect()
}

/// A drop-down in the cell of the answer. Other texts are not rejected, because they may be answers too; what is none
/// is told when the sheet is handed back.
fn drop_down(
    sheet: &mut Worksheet,
    row: u32,
    column: usize,
    words: usize,
    language: &dyn ReportLanguage,
) -> Result<(), XlsxError> {
    let column = rust_xlsxwriter::column_number_to_name(u16::try_from(column).unwrap_or_default());
    let range = format!("={CHOICES}!${column}$1:${column}${words}");
    let choice = DataValidation::new()
        .allow_list_formula(range.as_str().into())
        .show_error_message(false)
        .set_input_title(language.word(Word::Answer))?
        .set_input_message(language.word(Word::AnswerHint))?;
    sheet.add_data_validation(row, ANSWER, row, ANSWER, &choice)?;
    Ok(())
}

fn hidden(workbook: &mut Workbook, choices: &[Vec<String>]) -> Result<Worksheet, XlsxError> {
    let mut sheet = workbook.new_worksheet_with_low_memory()?;
    sheet.set_name(CHOICES)?.set_hidden(true);
    let longest = choices.iter().map(Vec::len).max().unwrap_or_default();
    // Row by row, as the file is written.
    for row in 0..longest {
        for (column, words) in choices.iter().enumerate() {
            if let Some(word) = words.get(row) {
                let (row, column) =
                    (u32::try_from(row).unwrap_or_default(), u16::try_from(column).unwrap_or_default());
                sheet.write_string(row, column, word)?;
            }
        }
    }
    Ok(sheet)
}
