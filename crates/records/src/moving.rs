//! Moves all records from one database to another, of either engine.

use crate::error::RecordsError;
use crate::records::{Records, on_each};
use crate::table::{Line, Table, Value};
use crate::tables::TABLES;

/// How many rows are read and written at a time.
const PAGE: i64 = 500;

/// Why records were not moved. What was already copied stays, and the move can be repeated.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// The records to move cannot be read.
    #[error("the records to move: {0}")]
    From(RecordsError),
    /// The database to move to cannot be written.
    #[error("the records to move to: {0}")]
    To(RecordsError),
    /// The database to move to contains rows that are not from these records.
    #[error(
        "the database to move to holds something else (in {0}); take an empty one. Where a move was cut off and the \
         server has worked on the records since, it is also for this: begin with an empty one"
    )]
    Holds(&'static str),
    /// After the copy, the two databases differ.
    #[error("after the copy, the two differ (in {0}); does a server work on one of them?")]
    Differs(&'static str),
}

/// A table that was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedTable {
    /// Its name.
    pub name: &'static str,
    /// The number of its rows, the same in both databases.
    pub rows: u64,
}

impl Records {
    /// Copies all of these records to `to`, then compares the count and the sums of each table. Returns the
    /// moved tables.
    ///
    /// No server may use either database meanwhile. A move can be interrupted and repeated: rows that are
    /// already there are not changed. Entries that were set aside are not moved.
    ///
    /// # Errors
    /// [`MoveError`]. Where `to` holds anything else, nothing is copied.
    pub async fn move_to(&self, to: &Self) -> Result<Vec<MovedTable>, MoveError> {
        on_each!(self, store => store.refuse_newer().await).map_err(MoveError::From)?;
        on_each!(to, store => store.refuse_newer().await).map_err(MoveError::To)?;
        on_each!(self, store => store.settle_counts().await).map_err(MoveError::From)?;
        for table in &TABLES {
            if self.has_others_lines(to, table).await? {
                return Err(MoveError::Holds(table.name));
            }
        }
        let mut moved = Vec::with_capacity(TABLES.len());
        for table in &TABLES {
            let mut lines = Lines::new(self, table);
            while let Some(page) = lines.page().await.map_err(MoveError::From)? {
                on_each!(to, store => store.add_lines(table, page).await).map_err(MoveError::To)?;
            }
            on_each!(to, store => store.renumber(table).await).map_err(MoveError::To)?;
            let own = on_each!(self, store => store.sums(table).await).map_err(MoveError::From)?;
            let copied = on_each!(to, store => store.sums(table).await).map_err(MoveError::To)?;
            if own != copied {
                return Err(MoveError::Differs(table.name));
            }
            let rows = own.first().map_or(0, |rows| rows.unsigned_abs());
            moved.push(MovedTable { name: table.name, rows });
        }
        Ok(moved)
    }

    /// Whether `to` has rows that these records do not have.
    async fn has_others_lines(&self, to: &Self, table: &Table) -> Result<bool, MoveError> {
        let (mut own, mut theirs) = (Lines::new(self, table), Lines::new(to, table));
        while let Some(line) = theirs.next().await.map_err(MoveError::To)? {
            let key = &line[..table.key];
            // Both are sorted by the key.
            loop {
                match own.next().await.map_err(MoveError::From)? {
                    Some(known) if known[..table.key] < *key => {}
                    Some(known) if table.are_same(&known, &line) => break,
                    _ => return Ok(true),
                }
            }
        }
        Ok(false)
    }
}

/// Reads the rows of a table one by one, in the order of the key.
struct Lines<'a> {
    records: &'a Records,
    table: &'a Table,
    /// The key of the last row that was read.
    after: Option<Vec<Value>>,
    read: std::vec::IntoIter<Line>,
}

impl<'a> Lines<'a> {
    fn new(records: &'a Records, table: &'a Table) -> Self {
        Self { records, table, after: None, read: Vec::new().into_iter() }
    }

    /// The next rows; `None` after the last.
    async fn page(&mut self) -> Result<Option<Vec<Line>>, RecordsError> {
        let (table, after) = (self.table, self.after.as_deref());
        let page = on_each!(self.records, store => store.page(table, after, PAGE).await)?;
        let Some(last) = page.last() else { return Ok(None) };
        self.after = Some(last[..table.key].to_vec());
        Ok(Some(page))
    }

    /// The next row; `None` after the last.
    async fn next(&mut self) -> Result<Option<Line>, RecordsError> {
        if self.read.len() == 0 {
            self.read = self.page().await?.unwrap_or_default().into_iter();
        }
        Ok(self.read.next())
    }
}
