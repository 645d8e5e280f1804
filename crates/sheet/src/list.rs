//! Reads the devices in a list's rows.

use std::borrow::Cow;

use domain::{Failure, Field, NoDevice, Question, QuoteForm, QuoteRequest, no_device, redacted, understand};

use crate::headings::Mapping;
use crate::read_error::ReadError;
use crate::table::{Table, TableRow};

/// The longest text of a line that is no device, in characters.
const LONGEST_LINE: usize = 60;

/// A device list.
#[derive(Clone, Debug, Default)]
pub struct DeviceList {
    /// The rows with any text in known columns, in their order.
    pub rows: Vec<ListRow>,
    /// The lines that are no devices, in their order.
    pub passed_over: Vec<PassedOver>,
}

/// A row of a device list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// Its number in the file, 1 for the first line.
    pub number: u32,
    /// What was understood, in the trade's words, without personal data. A field that has to be asked has the text of
    /// its cell.
    pub form: QuoteForm,
    /// The text of the cells of those fields that were understood otherwise, without personal data.
    pub written: Vec<(Field, String)>,
    /// Fields that their own cells do not say, and that follow from other words.
    pub guessed: Vec<Field>,
    /// Fields whose cells say something that cannot be told.
    pub questions: Vec<Question>,
    /// The device, or which fields are invalid.
    pub request: Result<QuoteRequest, Failure>,
}

/// A line that is no device, and so is not quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    /// Its number in the file, 1 for the first line.
    pub number: u32,
    /// Its first words, without personal data.
    pub text: String,
    /// What it is.
    pub why: NoDevice,
}

impl DeviceList {
    /// Reads the rows below the headings. Lines that are no devices are listed apart.
    ///
    /// # Errors
    /// [`ReadError::TooManyRows`].
    pub fn from_table(table: &Table, mapping: &Mapping, headings: &TableRow) -> Result<Self, ReadError> {
        let mut list = Self::default();
        for row in table.rows.iter().filter(|row| row.number > headings.number) {
            match line(row, mapping, headings) {
                Line::Device(row) => list.rows.push(*row),
                Line::NoDevice(why) => list.passed_over.push(passed_over(row, why)),
                Line::Empty => {}
            }
        }
        if list.rows.len() > Table::MOST_ROWS { Err(ReadError::TooManyRows) } else { Ok(list) }
    }
}

/// What a line of a list is.
enum Line {
    Device(Box<ListRow>),
    NoDevice(NoDevice),
    /// Only a number was written, such as that of the line.
    Empty,
}

fn line(row: &TableRow, mapping: &Mapping, headings: &TableRow) -> Line {
    let cells = row.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty());
    if row.cells == headings.cells {
        return Line::NoDevice(NoDevice::Headings);
    }
    if let Some(why) = no_device(cells.clone()) {
        return Line::NoDevice(why);
    }
    let written = mapping.written(row);
    if Field::OF_A_DEVICE.into_iter().all(|field| written.form.text(field).is_empty()) {
        let is_number = |cell: &str| cell.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
        return if cells.clone().all(is_number) { Line::Empty } else { Line::NoDevice(NoDevice::Remark) };
    }
    // The title of a group: nothing but one cell, which is not the model's.
    let model = mapping.columns().find(|(field, _)| *field == Field::Model).map(|(_, column)| column);
    let own = model.and_then(|column| row.cells.get(column)).is_some_and(|cell| !cell.is_empty());
    if cells.count() == 1 && !own && model.is_some() {
        return Line::NoDevice(NoDevice::Remark);
    }
    let understood = understand(&written);
    match understood.no_device {
        Some(why) => Line::NoDevice(why),
        None => Line::Device(Box::new(ListRow {
            number: row.number,
            // Parsed before personal data is removed, because a text that is too long might be short enough
            // without it.
            request: understood.request(),
            written: changed(&written.form, &understood.form),
            guessed: understood.guessed,
            questions: understood.questions,
            form: without_what_is_personal(understood.form),
        })),
    }
}

/// The fields that were understood otherwise than they were written.
fn changed(written: &QuoteForm, understood: &QuoteForm) -> Vec<(Field, String)> {
    let fields =
        Field::OF_A_DEVICE.into_iter().filter(|field| written.text(*field) != understood.text(*field));
    fields.map(|field| (field, redacted(written.text(field)).into_owned())).collect()
}

fn passed_over(row: &TableRow, why: NoDevice) -> PassedOver {
    let cells: Vec<&str> = row.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    let text = redacted(&cells.join(" ")).chars().take(LONGEST_LINE).collect();
    PassedOver { number: row.number, text, why }
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
