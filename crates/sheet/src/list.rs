//! Reads the devices in a list's rows.

use std::borrow::Cow;
use std::sync::Arc;

use domain::{
    Category, Failure, Field, NoDevice, Question, QuoteForm, QuoteRequest, Resolver, Term, Understood,
    Written, no_device, redacted, understand,
};

use serde::{Deserialize, Serialize};

use crate::answers::{Answer, Answers, answered};
use crate::asking::of_row;
use crate::headings::Mapping;
use crate::known_rows::KnownRows;
use crate::questions::{ListQuestion, Questions};
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
    /// What could not be told, and what it was answered with.
    pub questions: Questions,
}

/// A row of a device list. Rows that say the same share what was understood, because a long list has many of them.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// Its number in the file, 1 for the first line.
    pub number: u32,
    /// What was understood, in the trade's words, without personal data. A field that has to be asked has the text of
    /// its cell.
    pub form: Arc<QuoteForm>,
    /// The text of the cells of those fields that were understood otherwise, without personal data.
    pub written: Arc<[(Field, String)]>,
    /// Fields that their own cells do not say, and that follow from other words.
    pub guessed: Arc<[Field]>,
    /// What has to be asked and was not answered. [`DeviceList::questions`] has it grouped.
    pub questions: Arc<[Question]>,
    /// The device, or which fields are invalid.
    pub request: Result<Arc<QuoteRequest>, Failure>,
}

/// A line that is no device, and so is not quoted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
        Self::answered(table, mapping, headings, &Answers::default(), None)
    }

    /// Reads the rows as [`Self::from_table`] does, each as if the answers to its questions were written in it, with
    /// their models resolved by `models`, if they are given.
    ///
    /// # Errors
    /// [`ReadError::TooManyRows`].
    pub fn answered(
        table: &Table,
        mapping: &Mapping,
        headings: &TableRow,
        answers: &Answers,
        mut models: Option<&mut Resolver<'_>>,
    ) -> Result<Self, ReadError> {
        let (mut list, mut known) = (Self::default(), KnownRows::none());
        for row in table.rows.iter().filter(|row| row.number > headings.number) {
            let models = models.as_deref_mut();
            match line(row, mapping, headings, (answers, models), &mut list.questions, &mut known) {
                Line::Device(row) => list.rows.push(*row),
                Line::NoDevice(why) => list.passed_over.push(passed_over(row, why)),
                Line::Empty => {}
            }
        }
        list.questions.sort();
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

fn line(
    row: &TableRow,
    mapping: &Mapping,
    headings: &TableRow,
    (answers, models): (&Answers, Option<&mut Resolver<'_>>),
    asked: &mut Questions,
    known: &mut KnownRows<ListRow>,
) -> Line {
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
    if let Some(same) = known.get(&written) {
        return Line::Device(Box::new(ListRow { number: row.number, ..same.clone() }));
    }
    let (line, is_plain) = device(row, written.clone(), answers, models, asked);
    if let (Line::Device(row), true) = (&line, is_plain) {
        known.keep(written, row.as_ref());
    }
    line
}

/// How often a row is understood anew, each time with more answers: an answer may lead to another question, at most
/// once for each field, and for each remark about the function.
const MOST_TIMES: usize = 20;

/// A line that is a device, with the answers to its questions. Also returns whether there was no question.
fn device(
    row: &TableRow,
    mut written: Written,
    answers: &Answers,
    mut models: Option<&mut Resolver<'_>>,
    asked: &mut Questions,
) -> (Line, bool) {
    let said = written.form.clone();
    let mut own: Vec<ListQuestion> = Vec::new();
    let mut device = None;
    let mut times = 0;
    loop {
        times += 1;
        let mut understood = understand(&written);
        let device =
            device.get_or_insert_with(|| (understood.form.brand.clone(), understood.form.model.clone()));
        if let Some(models) = &mut models {
            understood.resolve(&written, models);
        }
        if let Some(why) = understood.no_device {
            return (Line::NoDevice(why), false);
        }
        if has_only_an_unknown_kind(&said, &understood.form) {
            return (Line::NoDevice(NoDevice::OtherKind), false);
        }
        // Parsed before personal data is removed, because a text that is too long might be short enough without it.
        let request = understood.request();
        let questions = understood.all_questions(&request);
        let found = of_row(row, (device, &understood), &questions, answers);
        let mut left_out = false;
        let before = written.answers.len();
        for question in &found {
            let of_row = |it: &&Question| it.field == question.field && redacted(&it.text) == question.text;
            match questions.iter().find(of_row).and_then(|it| answered(question, it)) {
                Some(Answer::LeaveOut) => left_out = true,
                Some(Answer::Words(words)) => written.answers.extend(words),
                None => {}
            }
        }
        let more = found.into_iter().filter(|it| own.iter().all(|known| known.id != it.id));
        own.extend(more.collect::<Vec<_>>());
        if left_out || written.answers.len() == before || times == MOST_TIMES {
            let is_plain = own.is_empty();
            own.into_iter().for_each(|question| asked.add(question));
            let line = if left_out {
                Line::NoDevice(NoDevice::Unwanted)
            } else {
                Line::Device(Box::new(list_row(row.number, &said, understood, request, questions)))
            };
            return (line, is_plain);
        }
    }
}

/// Whether a row names a kind that is none of ours, and nothing else of a device: door pass, keys.
fn has_only_an_unknown_kind(said: &QuoteForm, understood: &QuoteForm) -> bool {
    let mut others = Field::OF_A_DEVICE.into_iter().filter(|field| *field != Field::DeviceType);
    // 苹果手机 is understood as a phone.
    let is_unknown = !understood.device_type.is_empty() && Category::find(&understood.device_type).is_none();
    is_unknown && others.all(|field| said.text(field).is_empty())
}

fn list_row(
    number: u32,
    said: &QuoteForm,
    understood: Understood,
    request: Result<QuoteRequest, Failure>,
    questions: Vec<Question>,
) -> ListRow {
    ListRow {
        number,
        request: request.map(Arc::new),
        written: changed(said, &understood.form),
        guessed: understood.guessed.into(),
        questions: questions.into(),
        form: Arc::new(without_what_is_personal(understood.form)),
    }
}

/// The fields that were understood otherwise than they were written.
fn changed(written: &QuoteForm, understood: &QuoteForm) -> Arc<[(Field, String)]> {
    let fields =
        Field::OF_A_DEVICE.into_iter().filter(|field| written.text(*field) != understood.text(*field));
    fields.map(|field| (field, redacted(written.text(field)).into_owned())).collect()
}

fn passed_over(row: &TableRow, why: NoDevice) -> PassedOver {
    let text = row.said().chars().take(LONGEST_LINE).collect();
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
