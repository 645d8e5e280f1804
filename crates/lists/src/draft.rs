//! A device list that was read from a file but not started, and the fingerprint that identifies it.

mod fingerprint;
mod recorded;

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::{Field, Resolver};
use parking_lot::{Mutex, MutexGuard};
use records::NewRow;
use sha2::{Digest, Sha256};
use sheet::{Answers, DeviceList, ListRow, Mapping, ReadError, Table, TableRow};

use crate::looking::Looking;

pub use fingerprint::{Fingerprint, company};
pub(crate) use recorded::recorded_name;

/// The longest example of a column's content, in characters.
const EXAMPLE: usize = 24;
/// How many rows below the headings are searched for examples and for the number of columns.
const LOOKED_AT: usize = 20;
/// The longest name of a list, in characters.
const LONGEST_NAME: usize = 120;

/// A list that was read, but that no one has started yet.
#[derive(Debug)]
pub struct Draft {
    name: String,
    content: [u8; 32],
    headings: TableRow,
    table: Table,
    answers: Mutex<Answers>,
    /// The columns by which it was made a list.
    used: Mutex<Option<Mapping>>,
    looking: Mutex<Looking>,
    /// Rows that the spreadsheet does not show are left out.
    hidden_out: AtomicBool,
    discarded: AtomicBool,
}

impl Draft {
    /// A draft of `table`, which was read from the file `name` with the content `file`. Returns `None` if the
    /// table has no row. If no row looks like headings, the first row counts as the headings, so that a
    /// person can assign the columns.
    pub fn new(name: &str, file: &[u8], table: Table) -> Option<Self> {
        let headings = table.headings().or(table.rows.first())?.clone();
        Some(Self {
            name: list_name(name),
            content: Sha256::digest(file).into(),
            headings,
            table,
            answers: Mutex::default(),
            used: Mutex::default(),
            looking: Mutex::default(),
            hidden_out: AtomicBool::new(false),
            discarded: AtomicBool::new(false),
        })
    }

    /// The list's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it may be a list: it has headings that are known, or at least as many columns as a device needs. Every
    /// text file has at least one column.
    pub fn is_wide_enough(&self) -> bool {
        self.table.headings().is_some() || self.columns().len() >= Mapping::default().missing().len()
    }

    /// The heading of each column, and an example: its first cell below the headings that is not empty.
    pub fn columns(&self) -> Vec<(String, String)> {
        let headings = &self.headings;
        let below = || self.table.rows.iter().filter(|row| row.number > headings.number).take(LOOKED_AT);
        let widest = below().map(|row| row.cells.len()).max().unwrap_or_default();
        let cell = |row: &TableRow, column: usize| row.cells.get(column).cloned().unwrap_or_default();
        let column = |column| {
            let example = below().map(|row| cell(row, column)).find(|cell| !cell.is_empty());
            (cell(headings, column), example.unwrap_or_default().chars().take(EXAMPLE).collect())
        };
        (0..widest.max(headings.cells.len())).map(column).collect()
    }

    /// The columns that were recognised by their headings and cells.
    pub fn recognised(&self) -> Mapping {
        Mapping::of(&self.table, &self.headings)
    }

    /// The columns by which it was made a list; before that, those that were recognised.
    pub fn proposed(&self) -> Mapping {
        self.used.lock().clone().unwrap_or_else(|| self.recognised())
    }

    /// Notes that it was made a list by these columns.
    pub fn use_columns(&self, columns: Mapping) {
        *self.used.lock() = Some(columns);
    }

    /// The rows, read by these columns, with their models resolved by `models`, if they are given.
    ///
    /// # Errors
    /// [`ReadError::TooManyRows`].
    pub fn list(
        &self,
        columns: &Mapping,
        models: Option<&mut Resolver<'_>>,
    ) -> Result<DeviceList, ReadError> {
        DeviceList::answered(&self.quoted(), columns, &self.headings, &self.answers(), models)
    }

    /// The sheet that was read, if the workbook has several, and the others.
    pub fn sheet(&self) -> Option<(&str, &[String])> {
        Some((self.table.sheet.as_deref()?, &self.table.other_sheets))
    }

    /// How many rows the file has.
    pub fn rows(&self) -> usize {
        self.table.rows.len()
    }

    /// The row with that number as it was written, in a line.
    pub fn said(&self, number: u32) -> Option<String> {
        let place = self.table.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        Some(self.table.rows[place].said())
    }

    /// The answers so far.
    pub fn answers(&self) -> Answers {
        self.answers.lock().clone()
    }

    /// Changes the answers.
    pub fn answer(&self, change: impl FnOnce(&mut Answers)) {
        change(&mut self.answers.lock());
    }

    pub(crate) fn looking(&self) -> MutexGuard<'_, Looking> {
        self.looking.lock()
    }

    /// Says that the draft is not wanted any more: a look-up that runs begins no other search.
    pub fn discard(&self) {
        self.discarded.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_discarded(&self) -> bool {
        self.discarded.load(Ordering::Relaxed)
    }

    /// The company whose list it is, for `account`.
    pub fn company(&self, account: &str) -> [u8; 32] {
        company(account, &self.headings)
    }

    /// The fingerprint of the list if it is quoted for `account` with these columns and the answers so far. The same
    /// list has the same fingerprint when it is uploaded again.
    pub fn fingerprint(&self, account: &str, columns: &Mapping) -> Fingerprint {
        let columns = if *columns == self.recognised() { String::new() } else { said(columns) };
        Fingerprint::of(account, &columns, &self.content(), &self.answers())
    }

    /// How many rows the spreadsheet does not show, and whether they are left out.
    pub fn hidden_rows(&self) -> (usize, bool) {
        (self.table.hidden_rows(), self.hidden_out.load(Ordering::Relaxed))
    }

    /// Leaves out the rows that the spreadsheet does not show, or quotes them too.
    pub fn leave_hidden_out(&self, out: bool) {
        self.hidden_out.store(out, Ordering::Relaxed);
    }

    /// The rows that are quoted.
    fn quoted(&self) -> Cow<'_, Table> {
        if self.hidden_rows().1 {
            Cow::Owned(self.table.without_hidden())
        } else {
            Cow::Borrowed(&self.table)
        }
    }

    /// What identifies the rows that are quoted: the same file with and without its hidden rows is two lists.
    fn content(&self) -> [u8; 32] {
        if self.hidden_rows().1 { without_hidden(&self.content) } else { self.content }
    }
}

/// What identifies a file's rows without those that the spreadsheet does not show, from what identifies the file.
fn without_hidden(content: &[u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update(content).chain_update(b"without hidden rows").finalize().into()
}

/// The name of a list: its file's name without personal data, cut to 120 characters.
pub fn list_name(file: &str) -> String {
    domain::redacted(file).chars().take(LONGEST_NAME).collect()
}

/// A list's rows in the form in which the records store them.
pub fn new_rows(list: DeviceList) -> Vec<NewRow> {
    let row = |row: ListRow| NewRow {
        number: row.number,
        waits: row.request.is_err() && !row.questions.is_empty(),
        written_model: written_model(&row),
        form: row.form,
        request: row.request,
    };
    list.rows.into_iter().map(row).collect()
}

/// The name of the model as the list has it, if it is another one.
fn written_model(row: &ListRow) -> Option<Arc<str>> {
    let (_, text) = row.written.iter().find(|(field, _)| *field == Field::Model)?;
    Some(text.trim()).filter(|text| !text.is_empty() && *text != row.form.model).map(Arc::from)
}

fn said(columns: &Mapping) -> String {
    let of = |(field, column): (Field, usize)| format!("{}={column}", field.name());
    columns.columns().map(of).collect::<Vec<_>>().join("\n")
}
