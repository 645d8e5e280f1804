//! Hidden rows of Excel's binary formats, which calamine does not report: records with a type and a length, one of them
//! for each row.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::marks::{Marks, target_of};

/// The most that is read of a part, in bytes.
const LONGEST: u64 = 256 * 1024 * 1024;

/// The marks of an `.xls` sheet, by its place among all sheets. None where the file cannot be read, which calamine
/// reports.
pub(super) fn of_xls(bytes: &[u8], place: usize) -> Marks {
    let Some(stream) = stream(bytes) else { return Marks::default() };
    let begin = xls_records(&stream).filter(|(kind, _)| *kind == xls::SHEET).nth(place);
    let begin = begin.and_then(|(_, data)| u32_at(data, 0)).and_then(|at| usize::try_from(at).ok());
    begin.and_then(|at| stream.get(at..)).map(hidden_in_xls).unwrap_or_default()
}

/// The marks of an `.xlsb` sheet, by its name. None where the file cannot be read, which calamine reports.
pub(super) fn of_xlsb(bytes: &[u8], sheet: &str) -> Marks {
    let marks = || {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let workbook = part(&mut archive, "xl/workbook.bin")?;
        let id = xlsb_records(&workbook).find_map(|(kind, data)| {
            let (id, rest) = wide_text(data.get(8..).filter(|_| kind == xlsb::SHEET)?)?;
            wide_text(rest).filter(|(name, _)| name == sheet).map(|_| id)
        })?;
        let target = target_of(&mut archive, "xl/_rels/workbook.bin.rels", &id)?;
        Some(hidden_in_xlsb(&part(&mut archive, &target)?))
    };
    marks().unwrap_or_default()
}

/// Records of `.xls`.
mod xls {
    pub(super) const SHEET: u16 = 0x0085;
    pub(super) const BEGIN: u16 = 0x0809;
    pub(super) const END: u16 = 0x000A;
    pub(super) const ROW: u16 = 0x0208;
    /// In the byte at 12 of a row.
    pub(super) const HIDDEN: u8 = 0x20;
}

/// Records of `.xlsb`.
mod xlsb {
    pub(super) const SHEET: u32 = 156;
    pub(super) const ROW: u32 = 0;
    /// In the byte at 11 of a row.
    pub(super) const HIDDEN: u8 = 0x10;
}

/// The stream of a compound file that holds the workbook.
fn stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name))?;
    whole(file.open_stream(name).ok()?)
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<Vec<u8>> {
    whole(archive.by_name(name).ok()?)
}

fn whole(part: impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    part.take(LONGEST).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The hidden rows of a sheet of `.xls`, which begins here. A chart within it begins and ends too.
fn hidden_in_xls(sheet: &[u8]) -> Marks {
    let (mut marks, mut depth) = (Marks::default(), 0_u32);
    for (kind, data) in xls_records(sheet) {
        match kind {
            xls::BEGIN => depth += 1,
            xls::END if depth <= 1 => break,
            xls::END => depth -= 1,
            xls::ROW if depth == 1 && is_set(data, 12, xls::HIDDEN) => {
                if let Some([low, high]) = data.first_chunk() {
                    let row = u32::from(u16::from_le_bytes([*low, *high]));
                    marks.hide(row, row);
                }
            }
            _ => {}
        }
    }
    marks
}

fn hidden_in_xlsb(sheet: &[u8]) -> Marks {
    let mut marks = Marks::default();
    for (kind, data) in xlsb_records(sheet) {
        if let Some(row) = u32_at(data, 0).filter(|_| kind == xlsb::ROW && is_set(data, 11, xlsb::HIDDEN)) {
            marks.hide(row, row);
        }
    }
    marks
}

/// The records of an `.xls` stream: a type and a length of two bytes each, and the content.
fn xls_records(mut rest: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (head, after) = rest.split_first_chunk::<4>()?;
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let (data, after) = after.split_at_checked(length)?;
        rest = after;
        Some((u16::from_le_bytes([head[0], head[1]]), data))
    })
}

/// The records of an `.xlsb` part: a type of at most two bytes, a length of at most four, and the content.
fn xlsb_records(mut rest: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    std::iter::from_fn(move || {
        let kind = number(&mut rest, 2)?;
        let length = usize::try_from(number(&mut rest, 4)?).ok()?;
        let (data, after) = rest.split_at_checked(length)?;
        rest = after;
        Some((kind, data))
    })
}

/// A number of at most so many bytes, with seven bits in each; the eighth says that another one follows.
fn number(rest: &mut &[u8], most: u32) -> Option<u32> {
    let mut number = 0;
    for place in 0..most {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u32::from(byte & 0x7F) << (7 * place);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

/// A text with its length before it, and what follows.
fn wide_text(data: &[u8]) -> Option<(String, &[u8])> {
    let length = usize::try_from(u32_at(data, 0)?).ok()?;
    let (text, rest) = data.get(4..)?.split_at_checked(length.checked_mul(2)?)?;
    let units: Vec<u16> = text.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
    Some((String::from_utf16_lossy(&units), rest))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

fn is_set(data: &[u8], at: usize, flag: u8) -> bool {
    data.get(at).is_some_and(|byte| byte & flag != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xls(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    fn xls_row(number: u16, flags: u8) -> Vec<u8> {
        let mut data = [0; 16];
        data[..2].copy_from_slice(&number.to_le_bytes());
        data[12] = flags;
        xls(xls::ROW, &data)
    }

    #[test]
    fn hidden_rows_of_xls_are_those_of_the_sheet_itself() {
        let sheet = [
            xls(xls::BEGIN, &[0; 16]),
            xls_row(1, xls::HIDDEN),
            xls_row(2, 0x10),
            xls(xls::BEGIN, &[0; 16]),
            xls_row(3, xls::HIDDEN),
            xls(xls::END, &[]),
            xls_row(4, 0xFF),
            xls(xls::END, &[]),
            xls_row(5, xls::HIDDEN),
        ];
        assert_eq!(hidden_in_xls(&sheet.concat()).hidden, [(1, 1), (4, 4)]);
    }

    #[test]
    fn hidden_rows_of_xlsb_are_told_by_a_flag() {
        let row = |number: u32, flags: u8| {
            let mut data = [0; 17];
            data[..4].copy_from_slice(&number.to_le_bytes());
            data[11] = flags;
            [&[0, 17][..], &data].concat()
        };
        // A record with a type of two bytes and a length of two bytes before them.
        let long = [&[0x9C, 0x01, 0x80, 0x01][..], &[0; 128]].concat();
        let sheet = [long, row(0, 0), row(1, 0x10), row(70_000, 0x1F), vec![0, 17, 1]].concat();
        assert_eq!(hidden_in_xlsb(&sheet).hidden, [(1, 1), (70_000, 70_000)]);
    }

    #[test]
    fn what_is_no_workbook_has_no_marks() {
        for bytes in [&b""[..], b"PK\x03\x04", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]] {
            assert_eq!((of_xls(bytes, 0), of_xlsb(bytes, "A")), Default::default());
        }
    }
}
