//! Reads a file. Its format is recognised by its content, not by its name.

use serde::{Deserialize, Serialize};

use crate::table::Table;
use crate::{archive, delimited, workbook};

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 32 * 1024 * 1024;

/// The most cells of a row that are read.
pub(crate) const MOST_COLUMNS: usize = 256;

/// Why a file cannot be read as a list. The message says what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ReadError {
    /// It has no text.
    #[error("the file is empty; save the list again")]
    Empty,
    /// It is larger than [`LARGEST`], or its content is.
    #[error("the file is larger than 32 MiB, or would unpack to far more than a list holds; split it")]
    TooLarge,
    /// It has too many rows.
    #[error("the list has more than 50,000 rows; split it")]
    TooManyRows,
    /// It needs a password.
    #[error("the file is protected by a password; save it without one")]
    Encrypted,
    /// Its text is neither UTF-8 nor GB18030.
    #[error("the text is neither UTF-8 nor GB18030; save it as \"CSV UTF-8\" or as a workbook")]
    Encoding,
    /// Its format is unknown.
    #[error("this is no list that can be read; save it as .xlsx, .xls, .ods or .csv")]
    Unknown,
    /// It is damaged.
    #[error("the file is damaged ({0}); open it in its own program and save it again")]
    Damaged(String),
}

impl ReadError {
    /// A short name for programs, such as `too_large`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::TooManyRows => "too_many_rows",
            Self::Encrypted => "encrypted",
            Self::Encoding => "encoding",
            Self::Unknown => "unknown",
            Self::Damaged(_) => "damaged",
        }
    }
}

/// Reads a workbook (`.xlsx`, `.xls`, `.ods`) or a text with delimiters (`.csv`).
///
/// A formula counts with the value that the file has for it, and a vertically merged cell counts for each
/// of its rows.
///
/// No content makes this panic. But a workbook can claim a size far beyond its real one, and the reader
/// may then use up the memory and end the process. Read files from outside in a process of its own, with
/// a limit to its memory.
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
