//! Vertically merged cells, hidden rows and formulas without values of `.ods`, which calamine does not report.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{BufReader, Cursor};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::marks::Marks;
use crate::cell_name::cell_name;

/// A vertically merged cell: its row and column from 0, and the last row that it spans.
pub(super) type Merged = ((u32, u32), u32);

/// What a sheet says beside the values of its cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) merged: Vec<Merged>,
    pub(super) marks: Marks,
}

/// The sheets by their names. Empty where the file cannot be read, which calamine reports.
pub(super) fn of_ods(bytes: &[u8]) -> HashMap<String, Sheet> {
    let mut sheets: HashMap<String, Sheet> = HashMap::new();
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
                // `collapse` is hidden by hand, `filter` by a filter.
                if attribute(&tag, "table:visibility").is_some_and(|it| it == "collapse" || it == "filter") {
                    let last = row.saturating_add(row_repeats.saturating_sub(1));
                    sheets.entry(sheet.clone()).or_default().marks.hide(row, last);
                }
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
                    sheets.entry(sheet.clone()).or_default().merged.push(merged);
                }
                let formula = attribute(&tag, "table:formula").is_some();
                if formula && attribute(&tag, "office:value-type").is_none() {
                    let marks = &mut sheets.entry(sheet.clone()).or_default().marks;
                    marks
                        .without_value
                        .get_or_insert_with(|| cell_name(column as usize, row.saturating_add(1)));
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
    value.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}

/// A count, which is 1 where it is not written.
fn number(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|value| value.parse().ok()).unwrap_or(1)
}
