//! Finds the column of each field, by the names that people give to columns and by what their cells say.

mod asked;
mod cells;
mod chips;
mod columns;
mod composed;
mod elsewhere;
mod finding;
mod hints;
mod locks;
mod meaning;
mod names;
mod recognising;
mod says;
mod tables;
mod ticks;
mod told;
mod whether;
mod writing;

use domain::Field;
use serde::{Deserialize, Serialize};

use crate::table::TableRow;
use asked::Asked;
use cells::place;
use locks::Lock;
use says::Yes;

/// With fewer recognised columns than this, a row is not a row of headings: they may be chance.
const FEWEST: usize = 2;
/// The share of a column's cells that have to tell a field, for a column whose heading does not.
const MOST_CELLS: f64 = 0.75;
/// The share of a column's cells that name faults, for a column whose heading is not known to be read as remarks.
const FEW_CELLS: f64 = 0.25;
/// The share for a column whose heading leaves two fields open.
const HALF: f64 = 0.5;

/// The column of each field. Fields that share a column have their words in one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    fields: [Option<usize>; Field::OF_A_DEVICE.len()],
    /// Columns with remarks.
    #[serde(default)]
    notes: Vec<usize>,
    /// The column with the battery's health.
    #[serde(default)]
    battery: Option<usize>,
    /// Columns that say whether a device is locked, and by which lock.
    #[serde(default)]
    locks: Vec<(usize, Lock)>,
    /// Columns about one part, with their headings: 屏幕, Face ID.
    #[serde(default)]
    parts: Vec<(usize, String)>,
    /// Columns of yes and no about one fault or one thing that works, with their headings: Screen cracked, 能开机.
    #[serde(default)]
    asked: Vec<(usize, Asked)>,
    /// The column with the processor.
    #[serde(default)]
    chip: Option<usize>,
    /// Columns whose headings are not known.
    #[serde(default)]
    others: Vec<usize>,
    /// What a yes says in the column of the function status and in columns of remarks.
    #[serde(default)]
    yes: Vec<(usize, Yes)>,
    /// Whether the grades are written as shares of 1, where 1 is 100%: 0.95, 0.9, 1.
    #[serde(default)]
    is_share: bool,
    /// Whether the grades are written as points of ten: 9, 8.5, 7.
    #[serde(default)]
    is_of_ten: bool,
    /// Columns with what was broken before a repair.
    #[serde(default)]
    past: Vec<usize>,
    /// The column with the rest of the model's name, where its own has the series only: EOS, R6 Mark II.
    #[serde(default)]
    rest_of_name: Option<usize>,
    /// Whether the column of the function status has faults only, so that an empty cell names none.
    #[serde(default)]
    faults_only: bool,
    /// Columns with names of models besides the model's own.
    #[serde(default)]
    names: Vec<usize>,
    /// Columns that are ticked for a grade, with the grades.
    #[serde(default)]
    ticked: Vec<(usize, String)>,
    /// Fields without a column that other columns tell, in some rows at least.
    #[serde(default)]
    told: Vec<Field>,
}

impl Mapping {
    fn holds(&self, column: usize) -> bool {
        self.fields.contains(&Some(column))
            || self.notes.contains(&column)
            || self.past.contains(&column)
            || self.locks.iter().any(|(it, _)| *it == column)
            || self.parts.iter().any(|(it, _)| *it == column)
            || self.asked.iter().any(|(it, _)| *it == column)
            || self.ticked.iter().any(|(it, _)| *it == column)
            || self.battery == Some(column)
    }

    /// Sets the column of a field; `None` for no column. Several fields may have the same column.
    pub fn set(&mut self, field: Field, column: Option<usize>) {
        if field == Field::Keyword {
            return;
        }
        self.fields[place(field)] = column;
        if let Some(column) = column {
            self.notes.retain(|it| *it != column);
            self.battery = self.battery.filter(|it| *it != column);
            self.others.retain(|it| *it != column);
            self.locks.retain(|(it, _)| *it != column);
            self.parts.retain(|(it, _)| *it != column);
            self.asked.retain(|(it, _)| *it != column);
        }
    }

    /// The fields that have a column, with its place from 0.
    pub fn columns(&self) -> impl Iterator<Item = (Field, usize)> + '_ {
        Field::OF_A_DEVICE.into_iter().zip(self.fields).filter_map(|(field, column)| Some((field, column?)))
    }

    /// The fields that every device needs, and that no column of the list tells. Grade and function are not missing as
    /// long as there are models: they are asked of each row.
    pub fn missing(&self) -> Vec<Field> {
        let has = |field: Field| self.fields[place(field)].is_some();
        let asked = |field: Field| {
            has(Field::Model) && matches!(field, Field::Condition | Field::FunctionStatus)
                || self.told.contains(&field)
        };
        let missing = |field: &Field| field.is_required() && !has(*field) && !asked(*field);
        Field::OF_A_DEVICE.into_iter().filter(missing).collect()
    }

    /// The headings that belong to no field, with their place from 0.
    pub fn unknown(&self, headings: &TableRow) -> Vec<(usize, String)> {
        let others = headings.cells.iter().enumerate();
        let others = others.filter(|(column, name)| !self.holds(*column) && !name.is_empty());
        others.map(|(column, name)| (column, name.clone())).collect()
    }

    /// How many columns are understood.
    fn understood(&self) -> usize {
        let mut columns: Vec<usize> = self.fields.iter().flatten().copied().collect();
        columns.sort_unstable();
        columns.dedup();
        columns.len() + self.notes.len() + self.locks.len() + usize::from(self.battery.is_some())
    }
}

#[cfg(test)]
mod tests;
