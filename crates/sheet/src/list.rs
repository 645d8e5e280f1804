//! Reads the devices in a list's rows.

use std::borrow::Cow;

use domain::{Failure, Field, QuoteForm, QuoteRequest, bounded, half_width, redacted};

use crate::headings::Mapping;
use crate::read_error::ReadError;
use crate::table::{Table, TableRow};

/// A storage without a unit is in terabytes below this number, and in gigabytes from it on: devices with
/// less than 8 GB or with 8 TB and more are not traded in.
const FEWEST_GIGABYTES: f64 = 8.0;

/// A device list.
#[derive(Clone, Debug, Default)]
pub struct DeviceList {
    /// The rows with any text in known columns, in their order.
    pub rows: Vec<ListRow>,
}

/// A row of a device list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// Its number in the file, 1 for the first line.
    pub number: u32,
    /// Its cells as text, without personal data.
    pub form: QuoteForm,
    /// The device, or which fields are invalid.
    pub request: Result<QuoteRequest, Failure>,
}

impl DeviceList {
    /// Reads the rows below the headings. Rows without text in the columns of `mapping` are left out.
    ///
    /// # Errors
    /// [`ReadError::TooManyRows`].
    pub fn from_table(table: &Table, mapping: &Mapping, headings: &TableRow) -> Result<Self, ReadError> {
        let below = table.rows.iter().filter(|row| row.number > headings.number);
        let rows: Vec<ListRow> = below.filter_map(|row| list_row(row, mapping)).collect();
        if rows.len() > Table::MOST_ROWS { Err(ReadError::TooManyRows) } else { Ok(Self { rows }) }
    }
}

fn list_row(row: &TableRow, mapping: &Mapping) -> Option<ListRow> {
    let mut form = QuoteForm::default();
    let mut says = false;
    for (field, column) in mapping.columns() {
        let text = row.cells.get(column).map_or("", String::as_str);
        says |= !text.is_empty();
        let text = half_width(text);
        let text = bounded(&text, field.longest()).into_owned();
        let text = match field {
            Field::Storage => size(&text, true),
            Field::Ram => size(&text, false),
            Field::DeviceType
            | Field::Brand
            | Field::Model
            | Field::Condition
            | Field::FunctionStatus
            | Field::RepairHistory
            | Field::PurchaseChannel
            | Field::Keyword => text,
        };
        if let Some(place) = form.text_mut(field) {
            *place = text;
        }
    }
    // The form is parsed before personal data is removed, because a text that is too long might be short
    // enough without it.
    says.then(|| ListRow { number: row.number, request: form.parse(), form: without_what_is_personal(form) })
}

/// The form without personal data, as it is stored.
fn without_what_is_personal(mut form: QuoteForm) -> QuoteForm {
    for field in Field::OF_A_DEVICE {
        if let Some(text) = form.text_mut(field)
            && let Cow::Owned(kept) = redacted(text)
        {
            *text = kept;
        }
    }
    form
}

/// A size as the partner writes it: `256`, `256G`, `256 gb` and `256.0` are all `256GB`, and `1` is a
/// storage of `1TB`. Other text is returned unchanged.
fn size(text: &str, of_storage: bool) -> String {
    let plain: String =
        text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_uppercase();
    let digits = plain.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = &plain[digits.len()..];
    let Ok(number) = digits.parse::<f64>() else { return text.to_owned() };
    let unit = match unit {
        "" if of_storage && number < FEWEST_GIGABYTES => "TB",
        "" | "G" | "GB" => "GB",
        "T" | "TB" => "TB",
        "M" | "MB" => "MB",
        _ => return text.to_owned(),
    };
    format!("{number}{unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_the_partner_writes_them() {
        for (said, storage, memory) in [
            ("256", "256GB", "256GB"),
            ("256.0", "256GB", "256GB"),
            ("256 g", "256GB", "256GB"),
            ("512gb", "512GB", "512GB"),
            ("1", "1TB", "1GB"),
            ("1T", "1TB", "1TB"),
            ("1.5TB", "1.5TB", "1.5TB"),
            ("8", "8GB", "8GB"),
            ("", "", ""),
            ("无", "无", "无"),
            ("8+256", "8+256", "8+256"),
            ("inf", "inf", "inf"),
        ] {
            assert_eq!((size(said, true).as_str(), size(said, false).as_str()), (storage, memory), "{said}");
        }
    }
}
