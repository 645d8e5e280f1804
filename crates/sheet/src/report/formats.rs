use domain::{Moment, Money};
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatBorder, Worksheet, XlsxError};

use super::columns::Cell;

/// The formats of cells.
pub(super) struct Formats {
    pub(super) heading: Format,
    pub(super) warning: Format,
    pub(super) money: Format,
    /// A cell to fill in.
    pub(super) answer: Format,
    wrapped: Format,
    time: Format,
}

impl Formats {
    pub(super) fn new() -> Self {
        Self {
            heading: Format::new().set_bold(),
            warning: Format::new().set_bold().set_font_color("B00020"),
            money: Format::new().set_num_format("#,##0.00"),
            answer: Format::new()
                .set_background_color("FFF4CC")
                .set_border(FormatBorder::Thin)
                .set_text_wrap(),
            wrapped: Format::new().set_text_wrap(),
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        }
    }

    /// A moment in UTC+8, because workbooks have no time zones.
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

    /// A text in as many lines as it needs.
    pub(super) fn cell_wrapped(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        text: String,
    ) -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, column, cut(text), &self.wrapped)?;
        Ok(())
    }

    pub(super) fn cell(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        cell: Cell,
    ) -> Result<(), XlsxError> {
        match cell {
            Cell::Empty => {}
            // A string is never read as a formula.
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

/// A text cut to the length of a cell. Excel rejects a workbook with a longer one.
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

/// An amount as a floating-point number of yuan. The error is far below a fen.
pub(super) fn yuan(amount: Money) -> f64 {
    amount.to_yuan().to_f64().unwrap_or_default()
}
