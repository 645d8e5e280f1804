//! Workbooks are zip archives, and a small archive may unpack to a very large one (a zip bomb). So the
//! unpacked size is measured before a workbook is read.

use std::io::{Cursor, Read, copy, sink};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::read_error::ReadError;

/// The most that an archive may unpack to, in bytes: 50,000 rows of XML are some 60 MB.
const UNPACKED: u64 = 256 * 1024 * 1024;
/// The most files in an archive.
const FILES: usize = 2_000;

/// The format of a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A workbook of Excel.
    Xlsx,
    /// A workbook of LibreOffice.
    Ods,
}

/// The format of a workbook, after its unpacked size was checked.
pub(crate) fn kind(bytes: &[u8]) -> Result<Kind, ReadError> {
    let damaged = |error: ZipError| {
        if matches!(error, ZipError::UnsupportedArchive(reason) if reason == ZipError::PASSWORD_REQUIRED) {
            ReadError::Encrypted
        } else {
            ReadError::Damaged(error.to_string())
        }
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > FILES {
        return Err(ReadError::TooLarge);
    }
    let has = |name: &str| archive.index_for_name(name).is_some();
    let kind = match (has("xl/workbook.xml"), has("content.xml")) {
        (true, _) => Kind::Xlsx,
        (_, true) => Kind::Ods,
        _ => return Err(ReadError::Unknown),
    };
    let mut left = UNPACKED;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(damaged)?;
        // The size in the archive's directory may be wrong, so the bytes are counted.
        let size = copy(&mut file.take(left + 1), &mut sink())
            .map_err(|error| ReadError::Damaged(error.to_string()))?;
        left = left.checked_sub(size).ok_or(ReadError::TooLarge)?;
    }
    Ok(kind)
}
