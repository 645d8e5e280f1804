//! A device list that was read from a file but not started, and the fingerprint that identifies it.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::Field;
use records::NewRow;
use sha2::{Digest, Sha256};
use sheet::{DeviceList, ListRow, Mapping, ReadError, Table, TableRow};

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
    /// Rows that the spreadsheet does not show are left out.
    hidden_out: AtomicBool,
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
            hidden_out: AtomicBool::new(false),
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

    /// The rows, read by these columns.
    ///
    /// # Errors
    /// [`ReadError::TooManyRows`].
    pub fn list(&self, columns: &Mapping) -> Result<DeviceList, ReadError> {
        DeviceList::from_table(&self.quoted(), columns, &self.headings)
    }

    /// The fingerprint of the list if it is quoted for `account` with these columns. The same list has the
    /// same fingerprint when it is uploaded again.
    pub fn fingerprint(&self, account: &str, columns: &Mapping) -> [u8; 32] {
        let said = if *columns == self.recognised() { String::new() } else { said(columns) };
        fingerprint(account, &said, &self.content())
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

/// The fingerprint of a list: SHA-256 of the account that it is quoted for, the columns that a person
/// assigned (empty if they were recognised), and the SHA-256 of the file.
pub fn fingerprint(account: &str, columns: &str, content: &[u8; 32]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [account.as_bytes(), columns.as_bytes(), content] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// A list's rows in the form in which the records store them.
pub fn new_rows(list: DeviceList) -> Vec<NewRow> {
    let row = |row: ListRow| NewRow { number: row.number, form: row.form, request: row.request };
    list.rows.into_iter().map(row).collect()
}

fn said(columns: &Mapping) -> String {
    let of = |(field, column): (Field, usize)| format!("{}={column}", field.name());
    columns.columns().map(of).collect::<Vec<_>>().join("\n")
}
