use domain::{Failure, Field, Moment, Money};
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::columns::{Cell, columns, input};
use super::summary::Summary;
use super::words::{ReportLanguage, Word};
use super::{Outcome, ReportError, ReportRow};

/// The formats of cells.
pub(super) struct Formats {
    pub(super) heading: Format,
    pub(super) warning: Format,
    pub(super) money: Format,
    time: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            heading: Format::new().set_bold(),
            warning: Format::new().set_bold().set_font_color("B00020"),
            money: Format::new().set_num_format("#,##0.00"),
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        }
    }

    /// Writes a moment in UTC+8: workbooks have no time zones.
    pub(super) fn time(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        moment: Moment,
    ) -> Result<(), XlsxError> {
        let at = moment.in_utc8();
        let part = |number: i8| u8::try_from(number).unwrap_or_default();
        let day = ExcelDateTime::from_ymd(
            u16::try_from(at.year()).unwrap_or_default(),
            part(at.month()),
            part(at.day()),
        )?;
        let at = day.and_hms(part(at.hour()).into(), part(at.minute()), f64::from(at.second()))?;
        sheet.write_datetime_with_format(row, column, at, &self.time)?;
        Ok(())
    }

    fn cell(&self, sheet: &mut Worksheet, row: u32, column: u16, cell: Cell) -> Result<(), XlsxError> {
        match cell {
            Cell::Empty => {}
            // A string cell is never taken for a formula.
            Cell::Input(text) | Cell::Text(text) => {
                sheet.write_string(row, column, cut(text))?;
            }
            Cell::Number(number) => {
                sheet.write_number(row, column, number.to_f64().unwrap_or_default())?;
            }
            Cell::Money(amount) => {
                sheet.write_number_with_format(row, column, yuan(amount), &self.money)?;
            }
            Cell::Time(moment) => self.time(sheet, row, column, moment)?,
            Cell::Flag(so) => {
                sheet.write_boolean(row, column, so)?;
            }
        }
        Ok(())
    }
}

/// The text, cut to what a cell can hold. Excel rejects a workbook with a longer one.
fn cut(mut text: String) -> String {
    const LONGEST: usize = 32_767;
    if text.len() > LONGEST {
        let mut units = 0;
        let end = text.char_indices().find(|(_, letter)| {
            units += letter.len_utf16();
            units > LONGEST
        });
        text.truncate(end.map_or(text.len(), |(place, _)| place));
    }
    text
}

/// An amount in yuan as a workbook's number. Only this last step is inexact, by far less than a fen.
pub(super) fn yuan(amount: Money) -> f64 {
    amount.to_yuan().to_f64().unwrap_or_default()
}

/// Makes a workbook of three sheets: a summary with charts, all rows, and the problems of rows without a
/// price. Rows are written as they come, and not kept in memory.
///
/// # Errors
/// [`ReportError`] when it cannot be made.
pub fn xlsx(
    rows: impl Iterator<Item = ReportRow>,
    language: &dyn ReportLanguage,
    made_at: Moment,
) -> Result<Vec<u8>, ReportError> {
    let formats = Formats::new();
    let columns = columns();
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
    let mut summary = Summary::default();
    let mut line = 0;
    for row in rows {
        line += 1;
        for (place, column) in (0..).zip(&columns) {
            formats.cell(&mut all, line, place, column.cell(&row, language))?;
        }
        problems.add(&row, &formats, language)?;
        summary.add(&row);
    }
    all.autofilter(0, 0, line, u16::try_from(columns.len() - 1).unwrap_or_default())?;
    problems.sheet.autofilter(0, 0, problems.line, 4)?;
    let mut first = Worksheet::new();
    summary.write(&mut first, &formats, language, made_at)?;
    for sheet in [first, all, problems.sheet] {
        workbook.push_worksheet(sheet);
    }
    Ok(workbook.save_to_buffer()?)
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
