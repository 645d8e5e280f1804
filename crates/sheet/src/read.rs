//! Reads a file. Its format is recognised by its content, not by its name.

use crate::read_error::{Foreign, ReadError};
use crate::table::Table;
use crate::workbook::IsIt;
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
pub(crate) fn read_sheet(bytes: &[u8], is_it: IsIt) -> Result<Table, ReadError> {
    const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    if bytes.len() > LARGEST {
        return Err(ReadError::TooLarge);
    }
    let table = match bytes {
        _ if bytes.starts_with(b"PK\x03\x04") => match archive::opened(bytes)? {
            (archive::Kind::Xlsx, bytes) => workbook::xlsx(&bytes, is_it)?,
            (archive::Kind::Xlsb, bytes) => workbook::xlsb(&bytes, is_it)?,
            (archive::Kind::Ods, bytes) => workbook::ods(&bytes, is_it)?,
        },
        _ if bytes.starts_with(b"%PDF-") => return Err(ReadError::Foreign(Foreign::Pdf)),
        _ if bytes.starts_with(OLE) => workbook::xls(bytes, is_it)?,
        _ => delimited::read(bytes)?,
    };
    if table.rows.is_empty() { Err(ReadError::Empty) } else { Ok(table) }
}
