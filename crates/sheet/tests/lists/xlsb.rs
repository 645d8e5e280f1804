//! A workbook as Excel writes it in its binary format. No other program here writes one.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A workbook with a sheet of texts, and the rows of it that are hidden, from 0.
pub(crate) fn xlsb(rows: &[&[&str]], hidden: &[u32]) -> Vec<u8> {
    let id = [&[0; 4][..], &1_u32.to_le_bytes(), &wide("rId1"), &wide("设备")].concat();
    let workbook = [record(156, &id), record(144, &[]), record(157, &[]), record(132, &[])].concat();
    let last = u32::try_from(rows.len()).unwrap() - 1;
    let size = [0, last, 0, 9].map(u32::to_le_bytes).concat();
    let mut sheet = [record(129, &[]), record(148, &size), record(145, &[])].concat();
    for (number, cells) in (0..).zip(rows) {
        let mut row = [0; 17];
        row[..4].copy_from_slice(&u32::to_le_bytes(number));
        row[11] = if hidden.contains(&number) { 0x10 } else { 0 };
        sheet.extend(record(0, &row));
        for (column, cell) in (0_u32..).zip(*cells) {
            sheet.extend(record(6, &[&column.to_le_bytes()[..], &[0; 4], &wide(cell)].concat()));
        }
    }
    sheet.extend([record(146, &[]), record(130, &[])].concat());
    let list = r#"<Relationships><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.bin"/></Relationships>"#;
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [
        ("xl/workbook.bin", &workbook[..]),
        ("xl/_rels/workbook.bin.rels", list.as_bytes()),
        ("xl/worksheets/sheet1.bin", &sheet),
    ] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A record: its type and its length, seven bits in a byte, and its content.
fn record(kind: u32, data: &[u8]) -> Vec<u8> {
    [number(kind), number(u32::try_from(data.len()).unwrap()), data.to_vec()].concat()
}

fn number(mut rest: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    while rest > 0x7F {
        bytes.push(u8::try_from(rest & 0x7F).unwrap() | 0x80);
        rest >>= 7;
    }
    bytes.push(u8::try_from(rest).unwrap());
    bytes
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap().to_le_bytes().to_vec();
    [length, units.into_iter().flat_map(u16::to_le_bytes).collect()].concat()
}
