use domain::{Failure, Field, Moment};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::asked::asked;
use super::buyers::{Buyers, of_rows};
use super::columns::{Cell, columns, input};
use super::formats::Formats;
use super::remarks::not_quoted;
use super::summary::Summary;
use super::words::{ReportLanguage, Word};
use super::{Outcome, Remarks, ReportError, ReportRow};

/// A workbook: a summary with charts, and all rows; and if there are any, the problems of rows without a price, the
/// questions of the list, to fill in, the lines that are not quoted, and sums for several buyers. Rows that wait for an
/// answer are no problems: the sheet with the questions asks about them.
/// Each row is written when it comes, and not kept.
///
/// # Errors
/// [`ReportError`] when it cannot be made.
pub fn xlsx(
    rows: impl Iterator<Item = ReportRow>,
    remarks: &Remarks,
    language: &dyn ReportLanguage,
    made_at: Moment,
) -> Result<Vec<u8>, ReportError> {
    let formats = Formats::new();
    let mut rows = rows.peekable();
    let columns = columns(of_rows(rows.peek()));
    let mut buyers = Buyers::of(of_rows(rows.peek()).cloned());
    let mut workbook = Workbook::new();
    let mut all = workbook.new_worksheet_with_constant_memory()?;
    all.set_name(language.word(Word::Rows))?;
    for (place, column) in (0..).zip(&columns) {
        all.set_column_width(place, column.width())?;
    }
    all.set_freeze_panes(1, 0)?;
    for (place, column) in (0..).zip(&columns) {
        all.write_string_with_format(0, place, column.heading(language), &formats.heading)?;
    }
    let mut problems = Problems::new(&mut workbook, &formats, language)?;
    let mut summary = Summary::of(of_rows(rows.peek()));
    let mut line = 0;
    for row in rows {
        line += 1;
        for (place, column) in (0..).zip(&columns) {
            formats.cell(&mut all, line, place, column.cell(&row, Word::SeeQuestions, language))?;
        }
        problems.add(&row, &formats, language)?;
        summary.add(&row);
        buyers.add(&row);
    }
    all.autofilter(0, 0, line, u16::try_from(columns.len() - 1).unwrap_or_default())?;
    problems.sheet.autofilter(0, 0, problems.line, 4)?;
    let mut first = Worksheet::new();
    summary.write(&mut first, &formats, language, made_at)?;
    open_questions(&mut first, &formats, language, (remarks, summary.waiting()))?;
    let (asked, choices) = asked(&mut workbook, &formats, language, &remarks.questions)?.unzip();
    let not_quoted = not_quoted(&mut workbook, &formats, language, &remarks.passed_over)?;
    let buyers = buyers.sheet(&mut workbook, &formats, language)?;
    let problems = (problems.line > 0).then_some(problems.sheet);
    let sheets = [Some(first), buyers, asked, Some(all), problems, not_quoted, choices];
    for sheet in sheets.into_iter().flatten() {
        workbook.push_worksheet(sheet);
    }
    Ok(workbook.save_to_buffer()?)
}

/// The lines of the summary that say how many questions are open, and how many rows wait for the answers.
fn open_questions(
    sheet: &mut Worksheet,
    formats: &Formats,
    language: &dyn ReportLanguage,
    (remarks, waiting): (&Remarks, u32),
) -> Result<(), XlsxError> {
    let open = u32::try_from(remarks.open()).unwrap_or(u32::MAX);
    if open > 0 {
        sheet.write_string_with_format(0, 3, language.word(Word::OpenQuestions), &formats.warning)?;
        sheet.set_column_width(3, 32)?.write_number(1, 3, open)?;
    }
    if waiting > 0 {
        sheet.write_string_with_format(2, 3, language.waiting(waiting), &formats.warning)?;
    }
    Ok(())
}

/// The sheet with the problems of rows without a price.
struct Problems {
    sheet: Worksheet,
    line: u32,
}

impl Problems {
    fn new(
        workbook: &mut Workbook,
        formats: &Formats,
        language: &dyn ReportLanguage,
    ) -> Result<Self, XlsxError> {
        let mut sheet = workbook.new_worksheet_with_constant_memory()?;
        sheet.set_name(language.word(Word::Problems))?.set_freeze_panes(1, 0)?;
        let columns =
            [(Word::Row, 7), (Word::Field, 16), (Word::Value, 24), (Word::Reason, 40), (Word::Mend, 60)];
        for (place, (_, width)) in (0..).zip(columns) {
            sheet.set_column_width(place, width)?;
        }
        for (place, (word, _)) in (0..).zip(columns) {
            sheet.write_string_with_format(0, place, language.word(word), &formats.heading)?;
        }
        Ok(Self { sheet, line: 0 })
    }

    /// Adds a line for each invalid field, or one line for the whole device.
    fn add(
        &mut self,
        row: &ReportRow,
        formats: &Formats,
        language: &dyn ReportLanguage,
    ) -> Result<(), XlsxError> {
        let Outcome::Failed(failure) = &row.outcome else { return Ok(()) };
        let (happened, mend) = language.failure(failure);
        let fields = if let Failure::InvalidInput { fields } = failure { fields.as_slice() } else { &[] };
        for error in fields {
            let (field, value) = (language.field(error.field), input(row.form.text(error.field)));
            let (what, mend) = language.problem(*error);
            self.line(row, formats, [Cell::Text(field), value, Cell::Text(what), Cell::Text(mend)])?;
        }
        if fields.is_empty() {
            let model = input(row.form.text(Field::Model));
            self.line(row, formats, [Cell::Empty, model, Cell::Text(happened), Cell::Text(mend)])?;
        }
        Ok(())
    }

    fn line(&mut self, row: &ReportRow, formats: &Formats, cells: [Cell; 4]) -> Result<(), XlsxError> {
        self.line += 1;
        self.sheet.write_number(self.line, 0, row.number)?;
        for (place, cell) in (1..).zip(cells) {
            formats.cell(&mut self.sheet, self.line, place, cell)?;
        }
        Ok(())
    }
}
