//! Device lists that were read, and of which nobody has said yet that they be quoted.

use std::collections::VecDeque;
use std::sync::Arc;

use domain::Field;
use lists::NewRow;
use parking_lot::{Mutex, MutexGuard};
use sha2::{Digest, Sha256};
use sheet::{DeviceList, Mapping, ReadError, Table, TableRow};

/// Lists that are kept in memory: one of 50,000 rows takes some 30 MB.
const MOST: usize = 3;

/// Letters of an example.
const EXAMPLE: usize = 24;
/// Rows in which an example is looked for, and columns counted.
const LOOKED_AT: usize = 20;

/// The lists that wait for a word, the latest first. Clones share everything.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drafts(Arc<Mutex<Waiting>>);

type Waiting = VecDeque<(String, Arc<Draft>)>;

/// A list that was read.
#[derive(Debug)]
pub(crate) struct Draft {
    /// The file's name.
    pub(crate) name: String,
    content: [u8; 32],
    table: Table,
}

impl Draft {
    /// What was read of a file; a table has a row at least.
    pub(crate) fn new(name: &str, file: &[u8], table: Table) -> Self {
        Self { name: list_name(name), content: Sha256::digest(file).into(), table }
    }

    /// Whether it has as many columns as a device needs: any text has one.
    pub(crate) fn is_wide_enough(&self) -> bool {
        self.columns().len() >= Mapping::default().missing().len()
    }

    /// The row of headings: where none looks like it, the first, so that somebody can say
    /// what its columns are.
    pub(crate) fn headings(&self) -> &TableRow {
        // What was read has a row.
        self.table.headings().unwrap_or(&self.table.rows[0])
    }

    /// The columns: their headings, and the first thing that stands below them.
    pub(crate) fn columns(&self) -> Vec<(String, String)> {
        let headings = self.headings();
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
    pub(crate) fn recognised(&self) -> Mapping {
        Mapping::recognise(self.headings())
    }

    /// The rows, as these columns tell them.
    ///
    /// # Errors
    /// [`ReadError::TooManyRows`].
    pub(crate) fn list(&self, columns: &Mapping) -> Result<DeviceList, ReadError> {
        DeviceList::from_table(&self.table, columns, self.headings())
    }

    /// What says that a list is the same as one that was begun before.
    pub(crate) fn fingerprint(&self, account: &str, columns: &Mapping) -> [u8; 32] {
        let said = if *columns == self.recognised() { String::new() } else { said(columns) };
        fingerprint(account, &said, &self.content)
    }
}

/// The name of a list: its file's, without what is personal in it.
pub(crate) fn list_name(file: &str) -> String {
    const LONGEST: usize = 120;
    domain::redacted(file).chars().take(LONGEST).collect()
}

/// What a list is known again by: for whom it is quoted, what was said of its columns, and the
/// SHA-256 of the file.
pub(crate) fn fingerprint(account: &str, columns: &str, content: &[u8; 32]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [account.as_bytes(), columns.as_bytes(), content] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

fn said(columns: &Mapping) -> String {
    let of = |(field, column): (Field, usize)| format!("{}={column}", field.name());
    columns.columns().map(of).collect::<Vec<_>>().join("\n")
}

/// A list's rows as the desk takes them.
pub(crate) fn new_rows(list: DeviceList) -> Vec<NewRow> {
    let row = |row: sheet::ListRow| NewRow { number: row.number, form: row.form, request: row.request };
    list.rows.into_iter().map(row).collect()
}

impl Drafts {
    /// Keeps a list under a name that nobody guesses; the one that waits longest makes room.
    pub(crate) fn keep(&self, draft: Draft) -> String {
        let key = format!("{:032x}", rand::random::<u128>());
        self.put_back(key.clone(), Arc::new(draft));
        key
    }

    /// The list of that name; `None` when it made room, or the server began anew.
    pub(crate) fn get(&self, key: &str) -> Option<Arc<Draft>> {
        self.all().iter().find(|(known, _)| known == key).map(|(_, draft)| Arc::clone(draft))
    }

    /// Takes a list away: of two who press at once, one gets it.
    pub(crate) fn take(&self, key: &str) -> Option<Arc<Draft>> {
        let mut all = self.all();
        let place = all.iter().position(|(known, _)| known == key)?;
        all.remove(place).map(|(_, draft)| draft)
    }

    /// Puts a list back that was taken in vain.
    pub(crate) fn put_back(&self, key: String, draft: Arc<Draft>) {
        let mut all = self.all();
        all.push_front((key, draft));
        all.truncate(MOST);
    }

    /// All that wait: their names, and the files'.
    pub(crate) fn names(&self) -> Vec<(String, String)> {
        self.all().iter().map(|(key, draft)| (key.clone(), draft.name.clone())).collect()
    }

    fn all(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock()
    }
}
