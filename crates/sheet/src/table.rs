//! A file as rows of text, whatever it was made with.

use serde::{Deserialize, Serialize};

use crate::headings::Mapping;
use crate::read::{MOST_COLUMNS, ReadError};

/// Rows at the top that may stand above the headings: a title, a date.
const TITLES: usize = 10;
/// Bytes of text in a list: a kilobyte and more for each row.
const MOST_TEXT: usize = 64 * 1024 * 1024;
/// Letters of a cell that are kept: ten times what a field takes, so that one which is too long
/// is still seen to be.
const LONGEST_CELL: usize = 1_000;
/// Fewer columns than this that are understood are chance.
const FEWEST: usize = 2;

/// The rows of a file that hold anything, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The rows.
    pub rows: Vec<TableRow>,
    /// Bytes of text in them.
    #[serde(skip)]
    text: usize,
}

/// A row of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// Its number in the file, as a spreadsheet counts: 1 for the first line.
    pub number: u32,
    /// Its cells as text, trimmed; empty ones at the end may be missing.
    pub cells: Vec<String>,
}

impl Table {
    /// Most rows that a list may have, headings and titles aside.
    pub const MOST_ROWS: usize = 50_000;

    /// The row of headings: that of the first ones in which most columns are understood.
    /// `None` where none looks like it.
    pub fn headings(&self) -> Option<&TableRow> {
        let understood = |row: &TableRow| Mapping::recognise(row).columns().count();
        let rows = self.rows.iter().take(TITLES).map(|row| (understood(row), row));
        // Of equals, the first.
        let best = rows.rev().max_by_key(|(columns, _)| *columns)?;
        (best.0 >= FEWEST).then_some(best.1)
    }

    /// Adds a row, if it holds anything.
    ///
    /// # Errors
    /// [`ReadError`] where there is no room for it.
    pub(crate) fn push(&mut self, number: u32, mut cells: Vec<String>) -> Result<(), ReadError> {
        cells.truncate(MOST_COLUMNS);
        for cell in &mut cells {
            if let Some((end, _)) = cell.char_indices().nth(LONGEST_CELL) {
                cell.truncate(end);
            }
        }
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        if self.rows.len() >= Self::MOST_ROWS + TITLES {
            return Err(ReadError::TooManyRows);
        }
        self.text += cells.iter().map(String::len).sum::<usize>();
        if self.text > MOST_TEXT {
            return Err(ReadError::TooLarge);
        }
        self.rows.push(TableRow { number, cells });
        Ok(())
    }
}
