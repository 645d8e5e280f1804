//! What the cells of a list's columns tell, where a heading alone does not say what its column holds.

use domain::{Field, told_by};

use super::says::yes_or_no;
use crate::table::{Table, TableRow};

/// How many rows below the headings are looked at to tell what a column holds.
const LOOKED_AT: usize = 60;

/// What the cells of each column tell.
#[derive(Default)]
pub(super) struct Cells(Vec<Told>);

/// What the cells of a column tell.
#[derive(Clone, Default)]
struct Told {
    /// How many say anything: 无 and a dash do not.
    filled: usize,
    /// How many of these are plain numbers.
    numbers: usize,
    /// How many are decimals below 1.
    shares: usize,
    /// How many are numbers from 0 to 10, and how many of these are more than 5.
    tens: usize,
    many: usize,
    /// How many are plain numbers that devices have as storage.
    sizes: usize,
    /// How many have a digit.
    numbered: usize,
    /// How many are yes or no.
    answers: usize,
    /// How many tell each field.
    fields: [usize; Field::OF_A_DEVICE.len()],
}

impl Cells {
    pub(super) fn below(table: &Table, headings: &TableRow) -> Self {
        let mut cells = Self::default();
        for row in below(table, headings) {
            if cells.0.len() < row.cells.len() {
                cells.0.resize(row.cells.len(), Told::default());
            }
            for (cell, told) in row.cells.iter().zip(&mut cells.0) {
                told.filled += usize::from(!says_nothing(cell));
                told.numbers += usize::from(!cell.is_empty() && cell.bytes().all(|it| it.is_ascii_digit()));
                told.shares += usize::from(cell.starts_with("0.") && cell.parse::<f64>().is_ok());
                let points = cell.parse::<f64>().ok().filter(|points| (0.0..=10.0).contains(points));
                told.tens += usize::from(points.is_some());
                told.many += usize::from(points.is_some_and(|points| points > 5.0));
                told.sizes +=
                    usize::from(matches!(cell.as_str(), "32" | "64" | "128" | "256" | "512" | "1024"));
                told.numbered += usize::from(cell.bytes().any(|it| it.is_ascii_digit()));
                told.answers += usize::from(yes_or_no(cell).is_some());
                if let Some(field) = told_by(cell) {
                    told.fields[place(field)] += 1;
                }
            }
        }
        cells
    }

    pub(super) fn columns(&self) -> usize {
        self.0.len()
    }

    /// The share of a column's cells that tell a field, from 0 to 1.
    pub(super) fn share(&self, column: usize, field: Field) -> f64 {
        match self.0.get(column) {
            Some(Told { filled: filled @ 1.., fields, .. }) => fields[place(field)] as f64 / *filled as f64,
            Some(_) | None => 0.0,
        }
    }

    /// Whether all cells of a column are plain numbers.
    pub(super) fn are_numbers(&self, column: usize) -> bool {
        self.0.get(column).is_some_and(|told| told.filled > 0 && told.numbers == told.filled)
    }

    /// How many cells of a column are not empty.
    pub(super) fn filled(&self, column: usize) -> usize {
        self.0.get(column).map_or(0, |told| told.filled)
    }

    /// Whether the cells of a column cannot be of the field that its heading names: Issues of a library's books are
    /// counted, and an asset class such as 3110 is no kind of device.
    pub(super) fn contradict(&self, column: usize, field: Field) -> bool {
        let counts = matches!(field, Field::DeviceType | Field::FunctionStatus) && self.are_numbers(column);
        // Kit may be the model's: kit handed back.
        let are_models = !matches!(field, Field::Model | Field::Brand)
            && self.share(column, Field::Model) >= 0.5
            && self.share(column, field) < 0.25;
        counts || are_models
    }

    /// Whether the cells of a column are points of ten: numbers up to 10, more than 5 most of them. A scale of a
    /// company's own ends at 5 or before.
    pub(super) fn are_of_ten(&self, column: usize) -> bool {
        let are = |told: &Told| told.tens * 4 >= told.filled * 3 && told.many * 2 > told.tens;
        self.0.get(column).is_some_and(are)
    }

    /// Whether the cells of a column name models without a number, most of them: EOS, Alpha, iPad Pro.
    pub(super) fn are_series(&self, column: usize) -> bool {
        let named = self.share(column, Field::Model) >= 0.5;
        named && self.0.get(column).is_some_and(|told| told.filled > 1 && told.numbered * 4 <= told.filled)
    }

    /// Whether most cells of a column have a number.
    pub(super) fn have_numbers(&self, column: usize) -> bool {
        self.0.get(column).is_some_and(|told| told.filled > 1 && told.numbered * 2 > told.filled)
    }

    /// Whether most cells of a column are sizes of a storage, with a unit or without: 128, 1TB.
    pub(super) fn are_sizes(&self, column: usize) -> bool {
        let are = |told: &Told| {
            let sizes = told.sizes + told.fields[place(Field::Storage)];
            told.filled > 1 && told.sizes > 0 && sizes * 4 >= told.filled * 3
        };
        self.0.get(column).is_some_and(are)
    }

    /// Whether a column has decimals below 1.
    pub(super) fn are_shares(&self, column: usize) -> bool {
        self.0.get(column).is_some_and(|told| told.shares > 0)
    }

    /// Whether all cells of a column are yes or no.
    pub(super) fn are_answers(&self, column: usize) -> bool {
        self.0.get(column).is_some_and(|told| told.filled > 0 && told.answers == told.filled)
    }

    /// Of these columns, the one with the largest share; of equal ones, the first.
    pub(super) fn best(&self, columns: &[usize], field: Field) -> Option<usize> {
        columns.iter().rev().copied().max_by(|a, b| self.share(*a, field).total_cmp(&self.share(*b, field)))
    }
}

/// Whether a cell is empty, or says that there is nothing.
fn says_nothing(cell: &str) -> bool {
    const NOTHING: [&str; 9] = ["无", "無", "没有", "冇", "none", "nil", "n/a", "na", "no"];
    !cell.chars().any(char::is_alphanumeric) || NOTHING.contains(&cell.trim().to_lowercase().as_str())
}

/// The rows that are looked at.
pub(super) fn below<'a>(table: &'a Table, headings: &'a TableRow) -> impl Iterator<Item = &'a TableRow> {
    table.rows.iter().filter(|row| row.number > headings.number).take(LOOKED_AT)
}

/// The place of a field among those of a device.
pub(super) fn place(field: Field) -> usize {
    Field::OF_A_DEVICE.iter().position(|it| *it == field).unwrap_or_default()
}
