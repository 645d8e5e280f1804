//! Vertically merged cells of `.ods`, which calamine does not report.

use std::collections::HashMap;
use std::io::{BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// A vertically merged cell: its row and column from 0, and the last row that it spans.
pub(super) type Merged = ((u32, u32), u32);

/// The merged cells of each sheet. Empty where the file cannot be read, which calamine reports.
pub(super) fn of_ods(bytes: &[u8]) -> HashMap<String, Vec<Merged>> {
    let mut sheets = HashMap::new();
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return sheets };
    let Ok(content) = archive.by_name("content.xml") else { return sheets };
    let mut reader = Reader::from_reader(BufReader::new(content));
    let (mut buffer, mut sheet, mut row, mut column) = (Vec::new(), String::new(), 0_u32, 0_u32);
    let mut row_repeats = 1;
    loop {
        let event = reader.read_event_into(&mut buffer);
        match event {
            Ok(Event::Start(tag)) | Ok(Event::Empty(tag)) if tag.name().as_ref() == "table:table" => {
                sheet = attribute(&tag, "table:name").unwrap_or_default();
                row = 0;
            }
            Ok(Event::Start(tag)) if tag.name().as_ref() == "table:table-row" => {
                column = 0;
                row_repeats = number(&tag, "table:number-rows-repeated");
            }
            Ok(Event::Empty(tag)) if tag.name().as_ref() == "table:table-row" => {
                row = row.saturating_add(number(&tag, "table:number-rows-repeated"));
            }
            Ok(Event::End(tag)) if tag.name().as_ref() == "table:table-row" => {
                row = row.saturating_add(row_repeats);
            }
            Ok(Event::Start(tag)) | Ok(Event::Empty(tag))
                if matches!(tag.name().as_ref(), "table:table-cell" | "table:covered-table-cell") =>
            {
                let spanned = number(&tag, "table:number-rows-spanned");
                if spanned > 1 {
                    let merged = ((row, column), row.saturating_add(spanned - 1));
                    sheets.entry(sheet.clone()).or_insert_with(Vec::new).push(merged);
                }
                column = column.saturating_add(number(&tag, "table:number-columns-repeated"));
            }
            Ok(Event::Eof) | Err(_) => return sheets,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let value = tag.try_get_attribute(name).ok().flatten()?;
    Some(value.value.into_owned())
}

/// A count, which is 1 where it is not written.
fn number(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|value| value.parse().ok()).unwrap_or(1)
}
