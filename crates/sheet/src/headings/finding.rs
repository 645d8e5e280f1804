//! Finds the row of headings.

use domain::{Field, QuoteForm, Written, told_by, understand};

use super::cells::below;
use super::{FEWEST, HALF, Mapping};
use crate::table::{TITLES, Table, TableRow};

/// Whether a cell names a model with a number, alone or with all that is said of the device.
fn tells_a_model(cell: &str) -> bool {
    let is_a_device = || {
        let form = QuoteForm { model: cell.to_owned(), ..QuoteForm::default() };
        let form = understand(&Written { form, ..Written::default() }).form;
        !form.brand.is_empty() && form.model.bytes().any(|it| it.is_ascii_digit())
    };
    cell.bytes().any(|it| it.is_ascii_digit()) && (told_by(cell) == Some(Field::Model) || is_a_device())
}

impl Table {
    /// The row of headings: among the first rows, the one with the most recognised columns. One recognised column is
    /// enough where no row has more and the cells below it are devices: a dealer's list has all in one cell. `None` if no
    /// row has enough.
    pub fn headings<'a>(&'a self) -> Option<&'a TableRow> {
        let understood = |row: &TableRow| Mapping::recognise(row).understood();
        let names_a_model = |row: &TableRow| row.cells.iter().any(|cell| tells_a_model(cell));
        let rows: Vec<_> = self.rows.iter().take(TITLES).collect();
        let first_device = rows.iter().position(|row| names_a_model(row)).unwrap_or(rows.len());
        // Of rows with equally many, the first.
        let best = |rows: &[&'a TableRow]| {
            let rows = rows.iter().rev().filter(|row| !names_a_model(row));
            rows.map(|row| (understood(row), *row)).max_by_key(|(columns, _)| *columns)
        };
        // Rows above the headings are not read, so the headings have to stand above the first device. Where none do, that
        // device may be part of a text: "for example: iPhone 13".
        let above = best(&rows[..first_device]).filter(|(columns, _)| *columns >= FEWEST);
        let (columns, best) = above.or_else(|| best(&rows))?;
        // With two devices above it, that row is one of the list: what is above the headings is not read.
        let devices_above =
            rows.iter().filter(|row| row.number < best.number && names_a_model(row)).take(2).count();
        if devices_above > 1
            && let Some(row) = self.above_the_models()
        {
            return Some(row);
        }
        let one =
            || self.rows.iter().take(TITLES).find(|row| understood(row) > 0 && self.are_devices_below(row));
        match columns {
            FEWEST.. => Some(best),
            0 => self.above_the_models(),
            _ => one().or_else(|| self.above_the_models()),
        }
    }

    /// The row above a column of models, whatever its names are: `Leaver, Kit returned, State`.
    fn above_the_models(&self) -> Option<&TableRow> {
        let tells = |cell: &str| told_by(cell) == Some(Field::Model) || tells_a_model(cell);
        self.rows.windows(2).take(TITLES).find_map(|rows| {
            let [row, first] = rows else { return None };
            if row.cells.iter().any(|cell| tells_a_model(cell)) {
                return None;
            }
            let is_named = |column: &usize| {
                row.cells.get(*column).is_some_and(|name| !name.is_empty() && !tells(name))
                    && tells(&first.cells[*column])
            };
            let columns: Vec<usize> = (0..first.cells.len()).filter(is_named).collect();
            let are_models = |column: &usize| {
                let cells = below(self, row).filter_map(|line| line.cells.get(*column));
                let cells: Vec<&String> = cells.filter(|cell| !cell.is_empty()).collect();
                let models = cells.iter().filter(|cell| tells(cell)).count();
                cells.len() > 1 && models as f64 >= cells.len() as f64 * HALF
            };
            columns.iter().any(are_models).then_some(row)
        })
    }

    /// Whether most lines below a row name a device in their only cell.
    fn are_devices_below(&self, row: &TableRow) -> bool {
        let mapping = Mapping::recognise(row);
        let (mut lines, mut devices) = (0_u32, 0_u32);
        for line in below(self, row) {
            let form = understand(&mapping.written(line)).form;
            let of_one_cell = line.cells.iter().filter(|cell| !cell.is_empty()).count() == 1;
            lines += 1;
            devices += u32::from(of_one_cell && !form.brand.is_empty() && !form.model.is_empty());
        }
        devices > 0 && f64::from(devices) >= f64::from(lines) * HALF
    }

    /// How many rows below the headings the spreadsheet does not show.
    pub fn hidden_rows(&self) -> usize {
        let above = self.headings().map_or(0, |row| row.number);
        self.rows.iter().filter(|row| row.hidden && row.number > above).count()
    }
}
