//! What a report says besides the rows: questions, and lines that are not quoted.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};
use serde::{Deserialize, Serialize};

use super::columns::Cell;
use super::formats::Formats;
use super::words::{ReportLanguage, Word};
use crate::list::{DeviceList, PassedOver};
use crate::questions::ListQuestion;

/// What a report says of a list besides its rows. It is kept with the list, as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remarks {
    /// The questions of the list, answered or not.
    pub questions: Vec<ListQuestion>,
    /// The lines that are not quoted.
    pub passed_over: Vec<PassedOver>,
}

impl Remarks {
    /// What a report says of a list.
    pub fn of(list: &DeviceList) -> Self {
        Self { questions: list.questions.all().to_vec(), passed_over: list.passed_over.clone() }
    }

    /// How many questions have no answer that can be used.
    pub fn open(&self) -> usize {
        self.questions.iter().filter(|question| question.is_unanswered()).count()
    }
}

/// The sheet with the lines that are not quoted; `None` if there are none.
pub(super) fn not_quoted(
    workbook: &mut Workbook,
    formats: &Formats,
    language: &dyn ReportLanguage,
    lines: &[PassedOver],
) -> Result<Option<Worksheet>, XlsxError> {
    if lines.is_empty() {
        return Ok(None);
    }
    let mut sheet = workbook.new_worksheet_with_constant_memory()?;
    sheet.set_name(language.word(Word::NotQuoted))?.set_freeze_panes(1, 0)?;
    let columns = [(Word::Row, 7), (Word::Written, 60), (Word::Reason, 30)];
    for (place, (word, width)) in (0..).zip(columns) {
        sheet.set_column_width(place, width)?;
        sheet.write_string_with_format(0, place, language.word(word), &formats.heading)?;
    }
    for (row, line) in (1..).zip(lines) {
        sheet.write_number(row, 0, line.number)?;
        formats.cell(&mut sheet, row, 1, Cell::Input(line.text.clone()))?;
        formats.cell(&mut sheet, row, 2, Cell::Text(language.no_device(line.why)))?;
    }
    Ok(Some(sheet))
}
