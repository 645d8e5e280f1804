use sheet::{TableRow, cell_name};

use crate::mistake::{Mistake, MistakeKind, Mistakes};

/// A sheet that is read, to note what is wrong with it.
pub(super) struct Place<'a> {
    pub(super) sheet: Option<&'a str>,
    pub(super) mistakes: &'a mut Mistakes,
}

impl Place<'_> {
    /// Notes a mistake in the cell at that column, from 0, and row, from 1.
    pub(super) fn wrong(&mut self, column: usize, row: u32, kind: MistakeKind) {
        let sheet = self.sheet.map(str::to_owned);
        self.mistakes.add(Mistake { sheet, cell: cell_name(column, row), kind });
    }
}

/// The text of a cell; empty where the row ends before it.
pub(super) fn text(row: &TableRow, column: Option<usize>) -> &str {
    column.and_then(|column| row.cells.get(column)).map_or("", |cell| cell.trim())
}
