//! A file as rows of text, whatever it was made with.

use crate::headings::Mapping;

/// Rows at the top that may stand above the headings: a title, a date.
const TITLES: usize = 10;
/// Fewer columns than this that are understood are chance.
const FEWEST: usize = 2;

/// The rows of a file that hold anything, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The rows.
    pub rows: Vec<TableRow>,
}

/// A row of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    pub(crate) fn push(&mut self, number: u32, mut cells: Vec<String>) {
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if !cells.is_empty() {
            self.rows.push(TableRow { number, cells });
        }
    }

    /// Whether there is no room for another row.
    pub(crate) fn is_full(&self) -> bool {
        self.rows.len() >= Self::MOST_ROWS + TITLES
    }
}
