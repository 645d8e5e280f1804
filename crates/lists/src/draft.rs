//! A device list that was read, and what makes it the same list as one of before.

use domain::Field;
use records::NewRow;
use sha2::{Digest, Sha256};
use sheet::{DeviceList, ListRow, Mapping, ReadError, Table, TableRow};

/// Letters of an example.
const EXAMPLE: usize = 24;
/// Rows in which an example is looked for, and columns counted.
const LOOKED_AT: usize = 20;
/// Letters of a list's name.
const LONGEST_NAME: usize = 120;

/// A list that was read, and of which nobody has said yet that it be quoted.
#[derive(Debug)]
pub struct Draft {
    name: String,
    content: [u8; 32],
    headings: TableRow,
    table: Table,
}

impl Draft {
    /// What was read of the file of that name; `None` if that is not a single row. Where no row looks
    /// like headings, the first is taken for them, so that somebody can say what its columns are.
    pub fn new(name: &str, file: &[u8], table: Table) -> Option<Self> {
        let headings = table.headings().or(table.rows.first())?.clone();
        Some(Self { name: list_name(name), content: Sha256::digest(file).into(), headings, table })
    }

    /// The list's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it has as many columns as a device needs: any text has one.
    pub fn is_wide_enough(&self) -> bool {
        self.columns().len() >= Mapping::default().missing().len()
    }

    /// The columns: their headings, and the first thing that stands below them.
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

    /// Which columns were recognised.
    pub fn recognised(&self) -> Mapping {
        Mapping::recognise(&self.headings)
    }

    /// The rows, as these columns tell them.
    ///
    /// # Errors
    /// [`ReadError::TooManyRows`].
    pub fn list(&self, columns: &Mapping) -> Result<DeviceList, ReadError> {
        DeviceList::from_table(&self.table, columns, &self.headings)
    }

    /// What the list is known again by, quoted for `account` by these columns.
    pub fn fingerprint(&self, account: &str, columns: &Mapping) -> [u8; 32] {
        let said = if *columns == self.recognised() { String::new() } else { said(columns) };
        fingerprint(account, &said, &self.content)
    }
}

/// The name of a list: its file's, without what is personal in it.
pub fn list_name(file: &str) -> String {
    domain::redacted(file).chars().take(LONGEST_NAME).collect()
}

/// What a list is known again by: for whom it is quoted, what was said of its columns, and the
/// SHA-256 of the file.
pub fn fingerprint(account: &str, columns: &str, content: &[u8; 32]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [account.as_bytes(), columns.as_bytes(), content] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// A list's rows as the records take them.
pub fn new_rows(list: DeviceList) -> Vec<NewRow> {
    let row = |row: ListRow| NewRow { number: row.number, form: row.form, request: row.request };
    list.rows.into_iter().map(row).collect()
}

fn said(columns: &Mapping) -> String {
    let of = |(field, column): (Field, usize)| format!("{}={column}", field.name());
    columns.columns().map(of).collect::<Vec<_>>().join("\n")
}
