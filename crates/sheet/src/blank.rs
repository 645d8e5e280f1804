//! Workbooks to fill in, with several sheets.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{DataValidation, Format, Workbook, Worksheet, XlsxError};

use crate::report::ReportError;
use crate::table::Table;

/// A sheet to fill in.
#[derive(Clone, Debug, Default)]
pub struct BlankSheet {
    /// Its name, at most 31 characters.
    pub name: String,
    /// Lines above the headings.
    pub above: Vec<Vec<BlankCell>>,
    /// Its columns.
    pub columns: Vec<BlankColumn>,
    /// Examples.
    pub rows: Vec<Vec<BlankCell>>,
}

/// A column to fill in.
#[derive(Clone, Debug, Default)]
pub struct BlankColumn {
    /// Its heading.
    pub heading: String,
    /// Words to choose from. Others are not rejected. At most 255 characters together.
    pub words: Vec<&'static str>,
}

/// A cell of an example.
#[derive(Clone, Debug, PartialEq)]
pub enum BlankCell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// An amount of yuan.
    Yuan(Decimal),
    /// A share, shown as a percentage.
    Share(Decimal),
}

/// A workbook of these sheets. Columns with words have a drop-down.
///
/// # Errors
/// When the workbook cannot be made.
pub fn blank_workbook(sheets: &[BlankSheet]) -> Result<Vec<u8>, ReportError> {
    let mut workbook = Workbook::new();
    for sheet in sheets {
        write(workbook.add_worksheet(), sheet)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn write(sheet: &mut Worksheet, blank: &BlankSheet) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_name(&blank.name)?;
    for (row, cells) in (0..).zip(&blank.above) {
        write_cells(sheet, row, cells)?;
    }
    let headings = u32::try_from(blank.above.len()).unwrap_or(u32::MAX);
    let last = headings.saturating_add(u32::try_from(Table::MOST_ROWS).unwrap_or(u32::MAX));
    sheet.set_freeze_panes(headings + 1, 0)?;
    for (place, column) in (0..).zip(&blank.columns) {
        sheet.write_string_with_format(headings, place, &column.heading, &bold)?;
        sheet.set_column_width(place, 18)?;
        if !column.words.is_empty() {
            let choice = DataValidation::new().allow_list_strings(&column.words)?.show_error_message(false);
            sheet.add_data_validation(headings + 1, place, last, place, &choice)?;
        }
    }
    for (row, cells) in (headings + 1..).zip(&blank.rows) {
        write_cells(sheet, row, cells)?;
    }
    Ok(())
}

fn write_cells(sheet: &mut Worksheet, row: u32, cells: &[BlankCell]) -> Result<(), XlsxError> {
    for (place, cell) in (0..).zip(cells) {
        let number = |value: &Decimal| value.to_f64().unwrap_or_default();
        match cell {
            BlankCell::Empty => {}
            BlankCell::Text(text) => {
                sheet.write_string(row, place, text)?;
            }
            BlankCell::Yuan(amount) => {
                let format = Format::new().set_num_format("#,##0.00");
                sheet.write_number_with_format(row, place, number(amount), &format)?;
            }
            BlankCell::Share(share) => {
                let format = Format::new().set_num_format("0.##%");
                sheet.write_number_with_format(row, place, number(share), &format)?;
            }
        }
    }
    Ok(())
}
