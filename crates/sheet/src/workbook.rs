//! Reads workbooks, with calamine.

mod binary;
mod choice;
mod marks;
mod spans;

use std::io::Cursor;
use std::panic::catch_unwind;

use calamine::{
    Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, Sheet, SheetType, SheetVisible, Xls, XlsError, Xlsb,
    XlsbError, Xlsx, XlsxCellReader, XlsxError,
};

use choice::chosen;
use marks::Marks;
use spans::Merged;

pub(crate) use choice::Wanted;

use crate::read_error::ReadError;
use crate::table::{MOST_COLUMNS, Table};

/// Reads `.xlsx` cell by cell, so that a sheet which claims a million columns costs no more than its
/// cells.
pub(crate) fn xlsx(bytes: &[u8], wanted: Wanted) -> Result<Vec<Table>, ReadError> {
    guarded(|| {
        let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(of_xlsx)?;
        let names = visible(workbook.sheets_metadata());
        let tables = chosen(&names, wanted, |name| {
            let mut table = cells(workbook.worksheet_cells_reader(name).map_err(of_xlsx)?)?;
            if !table.rows.is_empty() {
                let merged = workbook.merge_cells_by_sheet_name(name).map_err(of_xlsx)?;
                fill_down(&mut table, merged.iter().map(|it| (it.start, it.end.0)));
            }
            Ok(table)
        })?;
        tables.into_iter().map(|(table, name)| marked(table, &name, marks::of_xlsx(bytes, &name))).collect()
    })
}

/// The table with its hidden rows marked.
///
/// # Errors
/// [`ReadError::WithoutValue`]: a cell that only seems empty would be read as nothing.
fn marked(mut table: Table, sheet: &str, marks: Marks) -> Result<Table, ReadError> {
    if let Some(cell) = marks.without_value {
        return Err(ReadError::WithoutValue { sheet: sheet.to_owned(), cell });
    }
    for (first, last) in marks.hidden {
        let from = table.rows.partition_point(|row| row.number <= first);
        let until = table.rows.partition_point(|row| row.number <= last.saturating_add(1));
        table.rows.get_mut(from..until).unwrap_or_default().iter_mut().for_each(|row| row.hidden = true);
    }
    Ok(table)
}

fn of_xlsx(error: XlsxError) -> ReadError {
    damaged(matches!(error, XlsxError::Password), &error)
}

/// The error of a workbook that cannot be read.
fn damaged(locked: bool, error: &dyn std::error::Error) -> ReadError {
    if locked { ReadError::Encrypted } else { ReadError::Damaged(error.to_string()) }
}

fn cells(mut reader: XlsxCellReader<'_, Cursor<&[u8]>>) -> Result<Table, ReadError> {
    let mut table = Table::default();
    let (mut row, mut cells) = (0, Vec::new());
    while let Some(cell) = reader.next_cell().map_err(of_xlsx)? {
        let (at, column) = cell.get_position();
        if at != row {
            keep(&mut table, row, std::mem::take(&mut cells))?;
            row = at;
        }
        put(&mut cells, column, text_of_ref(cell.get_value()));
    }
    keep(&mut table, row, cells)?;
    Ok(table)
}

/// Reads `.ods`.
pub(crate) fn ods(bytes: &[u8], wanted: Wanted) -> Result<Vec<Table>, ReadError> {
    guarded(|| {
        let damaged = |error: OdsError| damaged(matches!(error, OdsError::Password), &error);
        let workbook = Ods::new(Cursor::new(bytes)).map_err(damaged)?;
        let mut sheets = spans::of_ods(bytes);
        let of = |name: &str| sheets.get(name).map(|it| it.merged.clone()).unwrap_or_default();
        let tables = whole(workbook, damaged, wanted, |_, name| of(name))?;
        let mut marks = |name: &str| sheets.remove(name).unwrap_or_default().marks;
        tables.into_iter().map(|(table, name)| marked(table, &name, marks(&name))).collect()
    })
}

/// Reads `.xlsb`.
pub(crate) fn xlsb(bytes: &[u8], wanted: Wanted) -> Result<Vec<Table>, ReadError> {
    guarded(|| {
        let damaged = |error: XlsbError| damaged(matches!(error, XlsbError::Password), &error);
        let workbook = Xlsb::new(Cursor::new(bytes)).map_err(damaged)?;
        let tables = whole(workbook, damaged, wanted, |_, _| Vec::new())?;
        let marks = |name: &str| binary::of_xlsb(bytes, name);
        tables.into_iter().map(|(table, name)| marked(table, &name, marks(&name))).collect()
    })
}

/// Reads `.xls`. An `.xlsx` with a password has the same container format.
pub(crate) fn xls(bytes: &[u8], wanted: Wanted) -> Result<Vec<Table>, ReadError> {
    guarded(|| {
        let locked = contains(bytes, "EncryptedPackage");
        let damaged = |error: XlsError| damaged(locked || matches!(error, XlsError::Password), &error);
        let workbook = Xls::new(Cursor::new(bytes)).map_err(damaged)?;
        let names: Vec<String> = workbook.sheets_metadata().iter().map(|it| it.name.clone()).collect();
        let tables = whole(workbook, damaged, wanted, |workbook, name| {
            let merged = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
            merged.iter().map(|it| (it.start, it.end.0)).collect()
        })?;
        let place = |name: &str| names.iter().position(|it| *it == name).unwrap_or_default();
        let marks = |name: &str| binary::of_xls(bytes, place(name));
        tables.into_iter().map(|(table, name)| marked(table, &name, marks(&name))).collect()
    })
}

/// The wanted sheets of a workbook whose sheets are read as a whole, with their names.
fn whole<'a, R: Reader<Cursor<&'a [u8]>>>(
    mut workbook: R,
    damaged: impl Fn(R::Error) -> ReadError,
    wanted: Wanted,
    merged: impl Fn(&mut R, &str) -> Vec<Merged>,
) -> Result<Vec<(Table, String)>, ReadError> {
    let names = visible(workbook.sheets_metadata());
    chosen(&names, wanted, |name| {
        let range = workbook.worksheet_range(name).map_err(&damaged)?;
        let mut table = Table::default();
        let (top, left) = range.start().unwrap_or_default();
        for (row, values) in (top..).zip(range.rows()) {
            let mut cells = Vec::new();
            for (column, value) in (left..).zip(values) {
                put(&mut cells, column, text(value));
            }
            keep(&mut table, row, cells)?;
        }
        fill_down(&mut table, merged(&mut workbook, name).into_iter());
        Ok(table)
    })
}

/// The names of the sheets that a person sees and that have cells: a chart on a sheet of its own has none.
fn visible(sheets: &[Sheet]) -> Vec<String> {
    let has_rows = |it: &&Sheet| it.visible == SheetVisible::Visible && it.typ == SheetType::WorkSheet;
    sheets.iter().filter(has_rows).map(|it| it.name.clone()).collect()
}

fn put(cells: &mut Vec<String>, column: u32, text: String) {
    let column = column as usize;
    if text.is_empty() || column >= MOST_COLUMNS {
        return;
    }
    if cells.len() <= column {
        cells.resize(column + 1, String::new());
    }
    cells[column] = text;
}

fn keep(table: &mut Table, row: u32, cells: Vec<String>) -> Result<(), ReadError> {
    table.push(row.saturating_add(1), cells)
}

/// Gives the value of a vertically merged cell to each row that it spans.
fn fill_down(table: &mut Table, merged: impl Iterator<Item = Merged>) {
    for ((first, column), last) in merged {
        let from = table.rows.partition_point(|row| row.number <= first);
        let until = table.rows.partition_point(|row| row.number <= last.saturating_add(1));
        let Some((top, below)) = table.rows.get_mut(from..until).and_then(<[_]>::split_first_mut) else {
            continue;
        };
        let Some(value) = top.cells.get(column as usize).filter(|_| top.number == first + 1) else {
            continue;
        };
        for row in below {
            if row.cells.get(column as usize).is_none_or(String::is_empty) {
                put(&mut row.cells, column, value.clone());
            }
        }
    }
}

fn text_of_ref(value: &DataRef<'_>) -> String {
    match value {
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.trim().to_owned()
        }
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(so) => so.to_string(),
        DataRef::DateTime(moment) => date(moment),
        // Such as #N/A: the row is invalid, and the report shows this text.
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn text(value: &Data) -> String {
    match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.trim().to_owned(),
        Data::Int(number) => number.to_string(),
        // Whole numbers come without a point.
        Data::Float(number) => number.to_string(),
        Data::Bool(so) => so.to_string(),
        Data::DateTime(moment) => date(moment),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

fn date(moment: &ExcelDateTime) -> String {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

/// Whether an OLE container's directory, which is in UTF-16, has an entry of this name.
fn contains(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// Runs a reader of workbooks and returns [`ReadError::Damaged`] if it panics, which it does on some
/// damaged files.
fn guarded(
    read: impl FnOnce() -> Result<Vec<Table>, ReadError> + std::panic::UnwindSafe,
) -> Result<Vec<Table>, ReadError> {
    catch_unwind(read).unwrap_or_else(|_| Err(ReadError::Damaged("its parts do not fit together".into())))
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn a_date_is_written_as_year_month_and_day() {
        assert_eq!(date(&ExcelDateTime::new(45_000.0, ExcelDateTimeType::DateTime, false)), "2023-03-15");
    }

    #[test]
    fn an_empty_cell_and_one_beyond_the_columns_that_are_read_take_no_room() {
        let mut cells = Vec::new();
        put(&mut cells, 300, "far away".into());
        put(&mut cells, 3, String::new());
        assert_eq!(cells, [""; 0]);
        put(&mut cells, 1, "苹果".into());
        assert_eq!(cells, ["", "苹果"]);
    }
}
