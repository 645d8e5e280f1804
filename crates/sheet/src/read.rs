//! Reads a file. Its format is recognised by its content, not by its name.

use crate::read_error::{Foreign, ReadError};
use crate::table::Table;
use crate::workbook::Wanted;
use crate::{archive, delimited, workbook};

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 32 * 1024 * 1024;

/// Reads a workbook (`.xlsx`, `.xlsb`, `.xls`, `.ods`) or a text with delimiters (`.csv`).
///
/// A formula counts as the value that the file has for it, and a vertically merged cell counts for each of
/// its rows.
///
/// No content makes this function panic. But a workbook can claim a size far beyond its real one, and the
/// reader may then use up the memory and end the process. Read files from outside in a separate process with
/// limited memory.
///
/// # Errors
/// [`ReadError`].
pub fn read(bytes: &[u8]) -> Result<Table, ReadError> {
    read_sheet(bytes, |table| table.headings().is_some())
}

/// Reads a file as [`read`] does; of a workbook's sheets, the first that `is_it` says is wanted.
pub(crate) fn read_sheet(bytes: &[u8], is_it: fn(&Table) -> bool) -> Result<Table, ReadError> {
    read_wanted(bytes, Wanted::One(is_it))?.into_iter().next().ok_or(ReadError::Empty)
}

/// Reads several sheets of a workbook as [`read`] reads one: the first, and those after it whose names `is_named`
/// accepts. Each has its name; the first also has the names of those that are not read. A text with delimiters is one
/// sheet without a name.
///
/// # Errors
/// As [`read`]; [`ReadError::Empty`] if the first sheet is.
pub fn read_sheets(bytes: &[u8], is_named: fn(&str) -> bool) -> Result<Vec<Table>, ReadError> {
    read_wanted(bytes, Wanted::FirstAnd(is_named))
}

fn read_wanted(bytes: &[u8], wanted: Wanted) -> Result<Vec<Table>, ReadError> {
    const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    if bytes.len() > LARGEST {
        return Err(ReadError::TooLarge);
    }
    let tables = match bytes {
        _ if bytes.starts_with(b"PK\x03\x04") => match archive::opened(bytes)? {
            (archive::Kind::Xlsx, bytes) => workbook::xlsx(&bytes, wanted)?,
            (archive::Kind::Xlsb, bytes) => workbook::xlsb(&bytes, wanted)?,
            (archive::Kind::Ods, bytes) => workbook::ods(&bytes, wanted)?,
        },
        _ if bytes.starts_with(b"%PDF-") => return Err(ReadError::Foreign(Foreign::Pdf)),
        _ if bytes.starts_with(OLE) => workbook::xls(bytes, wanted)?,
        _ => vec![delimited::read(bytes)?],
    };
    if tables.first().is_none_or(|table| table.rows.is_empty()) { Err(ReadError::Empty) } else { Ok(tables) }
}
