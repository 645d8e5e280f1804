//! What the cells of a list's columns tell, where a heading alone does not say what its column holds.

use domain::{Field, is_a_code, names_one_part, told_by};

use super::says::yes_or_no;
use super::ticks::is_a_tick;
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
    /// How many have a letter or a digit.
    written: usize,
    /// How many are decimals below 1.
    shares: usize,
    /// How many are numbers from 0 to 10, and how many of these are more than 5.
    tens: usize,
    many: usize,
    /// How many are plain numbers that devices have as storage.
    sizes: usize,
    /// How many are sizes that devices have as memory, with a unit; and how many without one.
    memories: usize,
    plain_memories: usize,
    /// How many are percentages, as 85%, 85 or 0.85.
    percentages: usize,
    /// How many have a digit.
    numbered: usize,
    /// How many are makers' codes, such as SM-S918B.
    codes: usize,
    /// How many are yes or no.
    answers: usize,
    /// How many are not empty, and how many of these are ticks.
    nonempty: usize,
    ticks: usize,
    /// How many name a part, such as Battery, and say nothing of it.
    parts: usize,
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
                told.written += usize::from(cell.chars().any(char::is_alphanumeric));
                told.numbers += usize::from(!cell.is_empty() && cell.bytes().all(|it| it.is_ascii_digit()));
                told.shares += usize::from(cell.starts_with("0.") && cell.parse::<f64>().is_ok());
                let points = cell.parse::<f64>().ok().filter(|points| (0.0..=10.0).contains(points));
                told.tens += usize::from(points.is_some());
                told.many += usize::from(points.is_some_and(|points| points > 5.0));
                told.sizes +=
                    usize::from(matches!(cell.as_str(), "32" | "64" | "128" | "256" | "512" | "1024"));
                match memory(cell) {
                    Some(true) => told.memories += 1,
                    Some(false) => told.plain_memories += 1,
                    None => {}
                }
                told.percentages += usize::from(is_a_percentage(cell));
                told.numbered += usize::from(cell.bytes().any(|it| it.is_ascii_digit()));
                told.codes += usize::from(is_a_code(cell));
                told.answers += usize::from(yes_or_no(cell).is_some());
                told.nonempty += usize::from(!cell.trim().is_empty());
                told.ticks += usize::from(is_a_tick(cell));
                let part = cell.split(['(', '（']).next().unwrap_or_default();
                told.parts += usize::from(names_one_part(part.trim()));
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

    /// Whether at least a quarter of a column's cells are makers' codes.
    pub(super) fn are_codes(&self, column: usize) -> bool {
        self.0.get(column).is_some_and(|told| told.codes > 0 && told.codes * 4 >= told.filled)
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

    /// Whether most cells of a column are sizes of a memory. Plain numbers such as 8 and 16 may be anything without a
    /// heading that says so.
    pub(super) fn are_memories(&self, column: usize) -> bool {
        let are =
            |told: &Told| told.filled > 1 && (told.memories + told.plain_memories) * 4 >= told.filled * 3;
        self.0.get(column).is_some_and(are)
    }

    /// Whether most cells of a column are sizes of a memory with their unit.
    pub(super) fn are_memories_with_a_unit(&self, column: usize) -> bool {
        let are = |told: &Told| told.filled > 1 && told.memories * 4 >= told.filled * 3;
        self.0.get(column).is_some_and(are)
    }

    /// Whether most cells of a column are percentages.
    pub(super) fn are_percentages(&self, column: usize) -> bool {
        let are = |told: &Told| told.percentages * 4 >= told.filled * 3 && told.percentages > 0;
        self.0.get(column).is_some_and(are)
    }

    /// Whether the cells of a column are numbers as grades are written: 0.9, 90%, or points of ten.
    pub(super) fn are_rated(&self, column: usize) -> bool {
        self.are_shares(column) || self.are_of_ten(column) || self.are_percentages(column)
    }

    /// Whether a column has decimals below 1.
    pub(super) fn are_shares(&self, column: usize) -> bool {
        self.0.get(column).is_some_and(|told| told.shares > 0)
    }

    /// Whether a column has ticks and nothing else, or is empty.
    pub(super) fn are_ticks(&self, column: usize) -> bool {
        self.0.get(column).is_none_or(|told| told.ticks == told.nonempty)
    }

    /// Whether all cells of a column are yes or no.
    pub(super) fn are_answers(&self, column: usize) -> bool {
        self.0.get(column).is_some_and(|told| told.answers > 0 && told.answers >= told.written)
    }

    /// Whether at least a quarter of a column's cells name a part or tell what was repaired.
    pub(super) fn are_repairs(&self, column: usize) -> bool {
        let are = |told: &Told| {
            let repairs = told.parts + told.fields[place(Field::FunctionStatus)];
            repairs > 0 && repairs * 4 >= told.filled
        };
        self.0.get(column).is_some_and(are)
    }

    /// Whether at least half of a column's cells are yes or no.
    pub(super) fn are_answers_mostly(&self, column: usize) -> bool {
        self.0.get(column).is_some_and(|told| told.answers > 0 && told.answers * 2 >= told.written)
    }

    /// Of these columns, the one with the largest share; of equal ones, the first.
    pub(super) fn best(&self, columns: &[usize], field: Field) -> Option<usize> {
        columns.iter().rev().copied().max_by(|a, b| self.share(*a, field).total_cmp(&self.share(*b, field)))
    }
}

/// Whether a cell is the size of a memory: with its unit, or as a plain number. `None` for another text.
fn memory(cell: &str) -> Option<bool> {
    let lower = cell.to_ascii_lowercase();
    let number = lower.trim_end_matches(['g', 'b', ' ']);
    let is = matches!(
        number,
        "2" | "3" | "4" | "6" | "8" | "12" | "16" | "18" | "24" | "32" | "36" | "48" | "64" | "96"
    );
    is.then_some(number != lower)
}

/// Whether a cell is a percentage: 85%, 85 or 0.85.
fn is_a_percentage(cell: &str) -> bool {
    let number = cell.trim_end_matches(['%', ' ']);
    let share = number.starts_with("0.") && number.parse::<f64>().is_ok();
    share || number.parse::<u32>().is_ok_and(|percent| (50..=100).contains(&percent))
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
