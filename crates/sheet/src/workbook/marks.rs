//! What the XML of an `.xlsx` sheet says of rows and cells beside their values, and what calamine does not report.

use std::io::{BufReader, Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

/// What a sheet says beside the values of its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// The numbers of rows that are hidden or filtered out, from 0, as ranges with both ends.
    pub(super) hidden: Vec<(u32, u32)>,
    /// The first cell with a formula whose value was never computed, such as `C5`.
    pub(super) without_value: Option<String>,
}

impl Marks {
    /// Notes that the rows from `first` to `last` are hidden.
    pub(super) fn hide(&mut self, first: u32, last: u32) {
        match self.hidden.last_mut() {
            Some((_, end)) if end.saturating_add(1) == first => *end = last,
            _ => self.hidden.push((first, last)),
        }
    }
}

/// The marks of a sheet, by its name. None where the file cannot be read, which calamine reports.
pub(super) fn of_xlsx(bytes: &[u8], sheet: &str) -> Marks {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Marks::default() };
    let Some(path) = path_of(&mut archive, sheet) else { return Marks::default() };
    let Ok(part) = archive.by_name(&path) else { return Marks::default() };
    of_sheet(part)
}

/// Where the sheet of this name is in the archive.
fn path_of(archive: &mut ZipArchive<Cursor<&[u8]>>, sheet: &str) -> Option<String> {
    let mut id = None;
    each(archive.by_name("xl/workbook.xml").ok()?, |tag, _| {
        if tag.local_name().as_ref() == "sheet" && attribute(tag, "name").as_deref() == Some(sheet) {
            id = id.take().or_else(|| attribute(tag, "id"));
        }
    });
    target_of(archive, "xl/_rels/workbook.xml.rels", &id?)
}

/// Where the part with this id is in the archive, by the workbook's list of its parts.
pub(super) fn target_of(archive: &mut ZipArchive<Cursor<&[u8]>>, list: &str, id: &str) -> Option<String> {
    let mut target = None;
    each(archive.by_name(list).ok()?, |tag, _| {
        if tag.local_name().as_ref() == "Relationship" && attribute(tag, "Id").as_deref() == Some(id) {
            target = attribute(tag, "Target");
        }
    });
    let target = target?;
    Some(target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned))
}

fn of_sheet(part: impl Read) -> Marks {
    let mut marks = Marks::default();
    let mut next_row = 0_u32;
    // The cell that is read: its name, and whether it has a formula and a value.
    let (mut cell, mut has_formula, mut has_value) = (String::new(), false, false);
    each(part, |tag, inside| match tag.local_name().as_ref() {
        "row" if inside == Inside::Begins => {
            let row = attribute(tag, "r").and_then(|row| row.parse::<u32>().ok());
            let row = row.map_or(next_row, |row| row.saturating_sub(1));
            next_row = row.saturating_add(1);
            if attribute(tag, "hidden").is_some_and(|it| it == "1" || it == "true") {
                marks.hide(row, row);
            }
        }
        "c" if marks.without_value.is_none() => match inside {
            Inside::Begins => {
                cell = attribute(tag, "r").unwrap_or_default();
                // A computed text may be empty, and then its type is written all the same.
                (has_formula, has_value) = (false, attribute(tag, "t").is_some());
            }
            Inside::Ends => {
                if has_formula && !has_value {
                    marks.without_value = Some(std::mem::take(&mut cell));
                }
            }
            Inside::Text => {}
        },
        "f" => has_formula = true,
        "v" if inside == Inside::Text => has_value = true,
        _ => {}
    });
    marks
}

/// Where a tag's event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    /// The tag begins.
    Begins,
    /// A text that is not blank is in it.
    Text,
    /// The tag ends.
    Ends,
}

/// Calls `found` for each tag that begins, and again for its text and its end. Stops at what is not XML.
fn each(part: impl Read, mut found: impl FnMut(&BytesStart<'_>, Inside)) {
    let mut reader = Reader::from_reader(BufReader::new(part));
    let (mut buffer, mut open) = (Vec::new(), Vec::<BytesStart<'static>>::new());
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Empty(tag)) => {
                found(&tag, Inside::Begins);
                found(&tag, Inside::Ends);
            }
            Ok(Event::Start(tag)) => {
                found(&tag, Inside::Begins);
                open.push(tag.into_owned());
            }
            Ok(Event::Text(text)) => {
                if let Some(tag) = open.last().filter(|_| !text.trim().is_empty()) {
                    found(tag, Inside::Text);
                }
            }
            Ok(Event::End(_)) => {
                if let Some(tag) = open.pop() {
                    found(&tag, Inside::Ends);
                }
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

/// An attribute's value, whatever the prefix of its name.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|it| it.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &str) -> Marks {
        of_sheet(format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes())
    }

    #[test]
    fn hidden_rows_are_found_with_numbers_and_without() {
        let rows = r#"<row r="1"/><row r="3" hidden="1"/><row hidden="true"/><row hidden="0"/><row r="9" hidden="1"/>"#;
        assert_eq!(sheet(rows).hidden, [(2, 3), (8, 8)]);
    }

    #[test]
    fn a_formula_without_a_value_is_told_from_one_with_an_empty_text() {
        let row = |cells: &str| sheet(&format!(r#"<row r="5">{cells}</row>"#)).without_value;
        assert_eq!(row(r#"<c r="C5"><f>A1</f><v>7</v></c>"#), None);
        assert_eq!(row(r#"<c r="C5" t="str"><f>A1</f><v></v></c>"#), None, "Excel's empty text");
        assert_eq!(row(r#"<c r="C5"><v></v></c>"#), None, "no formula");
        assert_eq!(row(r#"<c r="C5"><f>A1</f></c>"#).as_deref(), Some("C5"));
        assert_eq!(row(r#"<c r="C5"><f>A1</f><v></v></c>"#).as_deref(), Some("C5"), "openpyxl's");
        assert_eq!(
            row(r#"<c r="B5"><f>1</f><v>1</v></c><c r="C5"><f t="shared" si="0"/><v/></c>"#).as_deref(),
            Some("C5")
        );
    }
}
