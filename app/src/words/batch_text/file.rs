//! Texts about a list's file: how it was read, or why it cannot be.

use std::borrow::Borrow;

use domain::{Field, Term};
use sheet::{Foreign, PassedOver, ReadError, Table};

use super::counts::row_count;
use crate::words::strings::{Locale, td_string};
use crate::words::{devices, fields, questions};

/// Why a file is not a list, and what to do about it.
pub fn unreadable(locale: Locale, error: &ReadError) -> String {
    match error {
        ReadError::Empty => td_string!(locale, batch.file_empty).to_owned(),
        ReadError::TooLarge => td_string!(locale, batch.file_too_large).to_owned(),
        ReadError::TooManyRows => td_string!(locale, batch.file_too_many_rows).to_owned(),
        ReadError::Encrypted => td_string!(locale, batch.file_encrypted).to_owned(),
        ReadError::Encoding => td_string!(locale, batch.file_encoding).to_owned(),
        ReadError::Unknown => td_string!(locale, batch.file_unknown).to_owned(),
        ReadError::Foreign(format) => td_string!(locale, batch.file_foreign, kind = foreign(locale, *format)),
        ReadError::WithoutValue { sheet, cell } => {
            td_string!(locale, batch.file_without_value, sheet = sheet.clone(), cell = cell.clone())
        }
        ReadError::Damaged(cause) => td_string!(locale, batch.file_damaged, cause = cause.clone()),
    }
}

/// What a file is that cannot be read.
fn foreign(locale: Locale, format: Foreign) -> &'static str {
    match format {
        Foreign::WebPage => td_string!(locale, batch.file_web_page),
        Foreign::SpreadsheetXml => td_string!(locale, batch.file_spreadsheet_xml),
        Foreign::Document => td_string!(locale, batch.file_document),
        Foreign::Numbers => td_string!(locale, batch.file_numbers),
        Foreign::Pdf => td_string!(locale, batch.file_pdf),
    }
}

/// Which sheet of a workbook is read; `None` for a file with one sheet.
pub fn sheet_read(locale: Locale, table: &Table) -> Option<String> {
    Some(sheet_named(locale, table.sheet.as_deref()?, &table.other_sheets))
}

/// Which sheet of a workbook is read, and which are not.
pub fn sheet_named(locale: Locale, sheet: &str, others: &[String]) -> String {
    let others = others.join(td_string!(locale, language.comma));
    td_string!(locale, batch.sheet_read, sheet = sheet.to_owned(), others = others)
}

/// How many rows the spreadsheet does not show, and whether they are quoted; `None` if it shows all.
pub fn hidden_rows(locale: Locale, count: usize, left_out: bool) -> Option<String> {
    let rows = row_count(locale, u32::try_from(count).unwrap_or(u32::MAX));
    match (count, left_out) {
        (0, _) => None,
        (_, true) => Some(td_string!(locale, batch.hidden_left_out, rows = rows)),
        (_, false) => Some(td_string!(locale, batch.hidden_quoted, rows = rows)),
    }
}

/// How to have the rows left out that the spreadsheet does not show, at the command line.
pub fn hidden_option(locale: Locale) -> &'static str {
    td_string!(locale, batch.hidden_option)
}

/// A line of a list that is not quoted, and why.
pub fn passed_over(locale: Locale, line: &PassedOver) -> String {
    let why = questions::no_device(locale, line.why);
    td_string!(locale, batch.passed_over, row = line.number.to_string(), why = why, text = line.text.clone())
}

/// The message that a form came without a file.
pub fn no_file(locale: Locale) -> &'static str {
    td_string!(locale, lists.no_file)
}

/// The message that only a part of a file arrived.
pub fn cut_off(locale: Locale) -> &'static str {
    td_string!(locale, lists.cut_off)
}

/// The message that a file is no longer in memory.
pub fn draft_gone(locale: Locale) -> &'static str {
    td_string!(locale, lists.draft_gone)
}

/// The message that a file contains only headings.
pub fn no_rows(locale: Locale) -> &'static str {
    td_string!(locale, batch.no_rows)
}

/// The message that no row of a file looks like headings.
pub fn no_headings(locale: Locale) -> String {
    td_string!(locale, batch.no_headings, names = names(locale, &Field::OF_A_DEVICE))
}

/// Which columns a file lacks, and which it has.
pub fn columns_missing(locale: Locale, missing: &[Field], found: &str) -> String {
    let example = missing.first().map_or("", |field| field.name());
    td_string!(
        locale,
        batch.columns_missing,
        missing = names(locale, missing),
        found = found,
        example = example
    )
}

/// The message that a named column does not exist.
pub fn column_unknown(locale: Locale, given: &str) -> String {
    let fields = Field::OF_A_DEVICE.map(Field::name).join(", ");
    td_string!(locale, batch.column_unknown, given = given, fields = fields)
}

/// Which columns are not used.
pub fn columns_ignored<Name: Borrow<str>>(locale: Locale, names: &[Name]) -> String {
    td_string!(locale, batch.columns_ignored, names = names.join(td_string!(locale, language.comma)))
}

/// The headings of an empty list, in the form's order.
pub fn headings(locale: Locale) -> Vec<(Field, String)> {
    Field::OF_A_DEVICE.iter().map(|field| (*field, fields::column(locale, *field).to_owned())).collect()
}

/// An example of a device, as a row of a list.
pub fn example(locale: Locale) -> Vec<String> {
    let category = devices::category(locale, domain::Category::Phone);
    let grade = devices::grade(locale, domain::Grade::Excellent);
    let repairs = domain::RepairKind::None.word();
    let cells = [category, "苹果", "iPhone 14 Pro", "256GB", "", grade, "正常", repairs, ""];
    cells.map(str::to_owned).to_vec()
}

/// The names of columns, in a line.
pub(crate) fn names(locale: Locale, fields: &[Field]) -> String {
    fields
        .iter()
        .map(|field| fields::column(locale, *field))
        .collect::<Vec<_>>()
        .join(td_string!(locale, language.comma))
}
