//! Workbooks are zip archives, and a small archive may unpack to a very large one (a zip bomb). So the
//! unpacked size is measured before a workbook is read.

use std::borrow::Cow;
use std::io::{Cursor, Read, copy, sink};

use zip::result::ZipError;
use zip::{ZipArchive, ZipWriter};

use crate::read_error::{Foreign, ReadError};

/// The most that an archive may unpack to, in bytes: 50,000 rows of XML are some 60 MB.
const UNPACKED: u64 = 256 * 1024 * 1024;
/// The most files in an archive.
const FILES: usize = 2_000;
/// Where readers of workbooks look for the workbook.
const WORKBOOK: &str = "xl/workbook.xml";
/// The kind of content that a workbook's main part is said to be of.
const MAIN: &str = "sheet.main+xml";

/// The format of a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A workbook of Excel.
    Xlsx,
    /// A binary workbook of Excel.
    Xlsb,
    /// A workbook of LibreOffice.
    Ods,
}

/// The format of a workbook, after its unpacked size was checked, and the archive with the names that readers expect.
///
/// # Errors
/// [`ReadError`].
pub(crate) fn opened(bytes: &[u8]) -> Result<(Kind, Cow<'_, [u8]>), ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > FILES {
        return Err(ReadError::TooLarge);
    }
    let written: Vec<String> = archive
        .file_names()
        .map(|name| name.map(Cow::into_owned))
        .collect::<Result<_, _>>()
        .map_err(damaged)?;
    let names: Vec<String> = written.iter().map(|name| with_slashes(name)).collect();
    let has = |name: &str| names.iter().any(|it| it == name);
    let main = if has(WORKBOOK) { None } else { main_part(&mut archive)? };
    let kind = match () {
        () if has(WORKBOOK) || main.is_some() => Kind::Xlsx,
        () if has("xl/workbook.bin") => Kind::Xlsb,
        () if has("content.xml") => Kind::Ods,
        () if names.iter().any(|name| name.starts_with("word/")) => {
            return Err(ReadError::Foreign(Foreign::Document));
        }
        () if names.iter().any(|name| name.ends_with(".iwa")) => {
            return Err(ReadError::Foreign(Foreign::Numbers));
        }
        () => return Err(ReadError::Unknown),
    };
    let mut left = UNPACKED;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(damaged)?;
        // The size in the archive's directory may be wrong, so the bytes are counted.
        let size = copy(&mut file.take(left + 1), &mut sink())
            .map_err(|error| ReadError::Damaged(error.to_string()))?;
        left = left.checked_sub(size).ok_or(ReadError::TooLarge)?;
    }
    if main.is_none() && written == names {
        return Ok((kind, Cow::Borrowed(bytes)));
    }
    renamed(&mut archive, main.as_deref()).map(|bytes| (kind, Cow::Owned(bytes)))
}

fn damaged(error: ZipError) -> ReadError {
    if matches!(error, ZipError::UnsupportedArchive(reason) if reason == ZipError::PASSWORD_REQUIRED) {
        ReadError::Encrypted
    } else {
        ReadError::Damaged(error.to_string())
    }
}

/// A name as the format demands it. Some programs of Windows separate folders by backslashes.
fn with_slashes(name: &str) -> String {
    name.replace('\\', "/")
}

/// The name of the workbook's main part, as the archive's list of contents says it: it may stand elsewhere or have
/// another name than [`WORKBOOK`].
fn main_part(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Option<String>, ReadError> {
    let Ok(contents) = archive.by_name("[Content_Types].xml") else { return Ok(None) };
    let mut text = String::new();
    if contents.take(1024 * 1024).read_to_string(&mut text).is_err() {
        return Ok(None);
    }
    let part = text.split('<').find(|tag| tag.starts_with("Override") && tag.contains(MAIN));
    let name = part.and_then(|tag| tag.split("PartName=").nth(1)?.get(1..)?.split(['"', '\'']).next());
    Ok(name.map(|name| name.trim_start_matches('/').to_owned()))
}

/// The archive with slashes in its names, and with the workbook's main part where readers look for it.
fn renamed(archive: &mut ZipArchive<Cursor<&[u8]>>, main: Option<&str>) -> Result<Vec<u8>, ReadError> {
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(damaged)?;
        let name = with_slashes(&file.name().map_err(damaged)?);
        let name = main.map_or(name.clone(), |main| moved(&name, main));
        copy.raw_copy_file_rename(file, name).map_err(damaged)?;
    }
    copy.finish().map(Cursor::into_inner).map_err(damaged)
}

/// The name of a part, when the main part's folder becomes `xl`.
fn moved(name: &str, main: &str) -> String {
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let within = if folder.is_empty() {
        Some(name)
    } else {
        name.strip_prefix(folder).and_then(|it| it.strip_prefix('/'))
    };
    let outside = ["[Content_Types].xml", "_rels/.rels"].contains(&name) || name.starts_with("docProps/");
    match within.filter(|_| !outside) {
        None => name.to_owned(),
        Some(own) if own == file => WORKBOOK.to_owned(),
        Some(own) if own == format!("_rels/{file}.rels") => "xl/_rels/workbook.xml.rels".to_owned(),
        Some(own) => format!("xl/{own}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_main_parts_folder_becomes_xl() {
        assert_eq!(moved("xl/book.xml", "xl/book.xml"), "xl/workbook.xml");
        assert_eq!(moved("office/_rels/book.xml.rels", "office/book.xml"), "xl/_rels/workbook.xml.rels");
        assert_eq!(moved("office/worksheets/sheet1.xml", "office/book.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(moved("workbook.xml", "workbook.xml"), "xl/workbook.xml");
        assert_eq!(moved("[Content_Types].xml", "workbook.xml"), "[Content_Types].xml");
    }
}
