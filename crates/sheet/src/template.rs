use domain::{Category, Field, Grade, Term};
use rust_xlsxwriter::{DataValidation, Format, Workbook, XlsxError};

use crate::table::Table;

/// A workbook to fill in: headings and example rows. Fields with a closed list of words get a drop-down.
///
/// # Errors
/// When the workbook cannot be made.
pub fn template(headings: &[(Field, String)], examples: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let bold = Format::new().set_bold();
    sheet.set_freeze_panes(1, 0)?;
    for (column, (field, heading)) in (0..).zip(headings) {
        sheet.write_string_with_format(0, column, heading, &bold)?;
        sheet.set_column_width(column, 18)?;
        let words: Option<Vec<&str>> = match field {
            Field::DeviceType => Some(Category::ALL.iter().map(|it| it.word()).collect()),
            Field::Condition => Some(Grade::ALL.iter().map(|it| it.word()).collect()),
            Field::Brand
            | Field::Model
            | Field::Storage
            | Field::Ram
            | Field::FunctionStatus
            | Field::RepairHistory
            | Field::PurchaseChannel
            | Field::Keyword => None,
        };
        if let Some(words) = words {
            let last = u32::try_from(Table::MOST_ROWS).unwrap_or(u32::MAX);
            // Other words are not rejected, because English ones are understood too.
            let choice = DataValidation::new().allow_list_strings(&words)?.show_error_message(false);
            sheet.add_data_validation(1, column, last, column, &choice)?;
        }
    }
    for (row, cells) in (1..).zip(examples) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell)?;
        }
    }
    workbook.save_to_buffer()
}
