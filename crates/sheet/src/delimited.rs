//! Reads text with delimiters: CSV as Excel and other programs write it.

use crate::read_error::{Foreign, ReadError};
use crate::table::{MOST_COLUMNS, Table};
use crate::{delimiter, encoding};

/// Reads text in any encoding that [`encoding::decode`] knows.
///
/// # Errors
/// [`ReadError`].
pub(crate) fn read(bytes: &[u8]) -> Result<Table, ReadError> {
    let decoded = encoding::decode(bytes)?;
    if decoded.contains('\0') {
        return Err(ReadError::Unknown);
    }
    if let Some(format) = foreign(&decoded) {
        return Err(ReadError::Foreign(format));
    }
    let (delimiter, begin) = delimiter::named(&decoded).unwrap_or_else(|| (delimiter::found(&decoded), 0));
    let mended = delimiter::without_open_quotes(&decoded[begin..], delimiter);
    let text = mended.as_deref().unwrap_or(&decoded[begin..]);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter as u8)
        .from_reader(text.as_bytes());
    let mut table = Table::default();
    let mut number = 0_u32;
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| ReadError::Damaged(error.to_string()))? {
        // Rows are numbered as spreadsheets do: an empty line is a row, a line break in quotes is not.
        let start = record.position().map_or(0, |position| position.byte() as usize);
        number = number.saturating_add(1 + empty_lines(text.as_bytes(), start));
        let cells = record.iter().take(MOST_COLUMNS).map(|cell| cell.trim().to_owned());
        table.push(number, cells.collect())?;
    }
    Ok(table)
}

/// How many empty lines the reader skips at `start`.
fn empty_lines(text: &[u8], start: usize) -> u32 {
    let rest = text.get(start..).unwrap_or_default();
    // The second half of the preceding line break.
    let half = start > 0 && text[start - 1] == b'\r' && rest.starts_with(b"\n");
    let breaks = rest[usize::from(half)..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    u32::try_from(breaks.filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX)
}

/// The format of a text that is no list with delimiters.
fn foreign(text: &str) -> Option<Foreign> {
    let start: String = text.trim_start().chars().take(2_000).collect::<String>().to_lowercase();
    match () {
        () if start.starts_with("%pdf-") => Some(Foreign::Pdf),
        () if start.contains("urn:schemas-microsoft-com:office:spreadsheet") && start.starts_with('<') => {
            Some(Foreign::SpreadsheetXml)
        }
        () if start.starts_with("mime-version:") => Some(Foreign::WebPage),
        () if start.starts_with('<')
            && ["<html", "<table", "<!doctype html", "<body", "<meta"]
                .iter()
                .any(|tag| start.contains(tag)) =>
        {
            Some(Foreign::WebPage)
        }
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;

    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        read(bytes).unwrap().rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn delimiter_and_encoding_are_found_from_the_text() {
        let expected = [["品牌", "型号"], ["苹果", "iPhone 14, Pro"]];
        for (text, gb) in [
            ("品牌,型号\r\n苹果,\"iPhone 14, Pro\"\r\n", false),
            ("\u{feff}品牌;型号\n苹果;iPhone 14, Pro\n", false),
            ("品牌\t型号\n苹果\tiPhone 14, Pro", true),
        ] {
            let bytes = if gb { GB18030.encode(text).0.into_owned() } else { text.as_bytes().to_vec() };
            assert_eq!(cells(&bytes), expected, "{text}");
        }
        let wide: Vec<u8> = "\u{feff}品牌,型号\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(cells(&wide), [["品牌", "型号"]]);
    }

    #[test]
    fn a_delimiter_in_quotes_does_not_count() {
        assert_eq!(cells(b"\"a;b;c;d\",x"), [["a;b;c;d", "x"]]);
        assert_eq!(cells(b"\"a,b,c,d\";x"), [["a,b,c,d", "x"]]);
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
        for text in ["a,b\n\n\"x\ny\",1\n,\nz", "a,b\r\n\r\n\"x\r\ny\",1\r\n,\r\nz\r\n"] {
            let table = read(text.as_bytes()).unwrap();
            let numbers: Vec<_> = table.rows.iter().map(|row| (row.number, row.cells.len())).collect();
            assert_eq!(numbers, [(1, 2), (3, 2), (5, 1)], "{text:?}");
        }
    }

    #[test]
    fn a_file_that_is_no_text_is_refused() {
        assert_eq!(read(&[0xff, 0xff, 0x80]), Err(ReadError::Encoding));
        assert_eq!(read(b"GIF89a\0\x01"), Err(ReadError::Unknown));
    }
}
