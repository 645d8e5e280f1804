//! What a file is, by what is in it: its name is no promise.

use crate::read_error::ReadError;
use crate::table::Table;
use crate::{archive, delimited, workbook};

/// The largest file that is taken, in bytes.
pub const LARGEST: usize = 32 * 1024 * 1024;

/// Reads a workbook (`.xlsx`, `.xls`, `.ods`) or a text with delimiters (`.csv`).
///
/// Formulas count with the value that the file holds, and vertically merged cells for each of
/// their rows.
///
/// No content makes it panic. But a workbook can say that it is far larger than it is, and what
/// reads it may believe that and end the process: read files of others in one of its own, with a
/// limit to its memory.
///
/// # Errors
/// [`ReadError`].
pub fn read(bytes: &[u8]) -> Result<Table, ReadError> {
    const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    if bytes.len() > LARGEST {
        return Err(ReadError::TooLarge);
    }
    let table = match bytes {
        _ if bytes.starts_with(b"PK\x03\x04") => match archive::kind(bytes)? {
            archive::Kind::Xlsx => workbook::xlsx(bytes)?,
            archive::Kind::Ods => workbook::ods(bytes)?,
        },
        _ if bytes.starts_with(OLE) => workbook::xls(bytes)?,
        _ => delimited::read(bytes)?,
    };
    if table.rows.is_empty() { Err(ReadError::Empty) } else { Ok(table) }
}
