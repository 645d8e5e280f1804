//! Finds the column of each field, by the names that people give to columns and by what their cells say.

mod cells;
mod chips;
mod composed;
mod finding;
mod locks;
mod meaning;
mod names;
mod says;
mod tables;
mod writing;

use domain::{Field, names_one_part, tidied};
use serde::{Deserialize, Serialize};

use crate::table::TableRow;
use cells::{Cells, place};
use locks::Lock;
use meaning::Meaning;
use names::meaning;
use says::{Asked, Yes};

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
    /// Whether the column of the function status has faults only, so that an empty cell names none.
    #[serde(default)]
    faults_only: bool,
    /// Columns with names of models besides the model's own.
    #[serde(default)]
    names: Vec<usize>,
    /// Fields without a column that other columns tell, in some rows at least.
    #[serde(default)]
    told: Vec<Field>,
}

impl Mapping {
    /// Recognises columns by their headings, in Chinese or English and in any order. Letter case, spaces,
    /// marks and text in brackets do not matter. Of two columns for the same field, the first counts.
    pub fn recognise(headings: &TableRow) -> Self {
        Self::by(headings, &Cells::default())
    }

    fn by(headings: &TableRow, cells: &Cells) -> Self {
        let mut mapping = Self::default();
        let columns = headings.cells.len().max(cells.columns());
        let meanings: Vec<Option<Meaning>> =
            (0..columns).map(|column| headings.cells.get(column).and_then(|name| meaning(name))).collect();
        let of = |wanted: &dyn Fn(&Meaning) -> bool| -> Vec<usize> {
            (0..columns).filter(|column| meanings[*column].as_ref().is_some_and(wanted)).collect()
        };
        for field in Field::OF_A_DEVICE {
            let mut named = of(&|it| *it == Meaning::Field(field));
            named.retain(|column| !cells.contradict(*column, field));
            mapping.fields[place(field)] = cells.best(&named, field);
        }
        // A column for several fields holds each that has no column of its own; the model also if it has.
        for column in of(&|it| matches!(it, Meaning::Fields(_))) {
            if let Some(Meaning::Fields(fields)) = &meanings[column] {
                for field in *fields {
                    mapping.fields[place(*field)].get_or_insert(column);
                }
            }
        }
        // Item: 1, 2, 3 counts the lines.
        let names = of(&|it| *it == Meaning::Name).into_iter().chain(of(&|it| *it == Meaning::OwnName));
        for column in names.filter(|column| !cells.are_numbers(*column)) {
            let tells = |field| cells.share(column, field) >= HALF;
            // 类别名称 says 电子设备 of all that 资产名称 calls 手机 or 打印机.
            let of_kind = mapping.fields[place(Field::DeviceType)];
            let more = of_kind.is_none_or(|other| {
                cells.share(column, Field::DeviceType) > cells.share(other, Field::DeviceType)
            });
            if tells(Field::DeviceType) && more {
                mapping.fields[place(Field::DeviceType)] = Some(column);
                continue;
            }
            let field = match () {
                () if tells(Field::DeviceType) => Field::DeviceType,
                () if tells(Field::Brand) => Field::Brand,
                () => Field::Model,
            };
            mapping.fields[place(field)].get_or_insert(column);
        }
        // 规格 of a list without another column for the model.
        if mapping.fields[place(Field::Model)].is_none() {
            let named = |column: &usize| cells.share(*column, Field::Model) >= HALF;
            mapping.fields[place(Field::Model)] =
                of(&|it| matches!(it, Meaning::Fields(_))).into_iter().find(named);
        }
        for column in of(&|it| *it == Meaning::State) {
            let tells = |field| cells.share(column, field);
            let field = match () {
                () if tells(Field::Condition) >= HALF => Field::Condition,
                // Ready to deploy, in use: such a state is a remark.
                () if cells.columns() > 0 && tells(Field::FunctionStatus) == 0.0 => continue,
                () => Field::FunctionStatus,
            };
            mapping.fields[place(field)].get_or_insert(column);
        }
        mapping.notes = of(&|it| *it == Meaning::Notes);
        mapping.is_share =
            mapping.fields[place(Field::Condition)].is_some_and(|column| cells.are_shares(column));
        mapping.battery = of(&|it| *it == Meaning::Battery).first().copied();
        let lock = |column: usize| headings.cells.get(column).map_or("", String::as_str);
        let lock = |column: usize| (column, Lock::of(&names::plain(&tidied(lock(column)))));
        mapping.locks = of(&|it| *it == Meaning::Lock).into_iter().map(lock).collect();
        mapping.told_by_cells(columns, &meanings, cells);
        // Another column for the state may name a fault too.
        let of_the_state = |it: &Meaning| match it {
            Meaning::State => true,
            Meaning::Field(field) => {
                matches!(field, Field::FunctionStatus | Field::RepairHistory | Field::Condition)
            }
            Meaning::Fields(_)
            | Meaning::Name
            | Meaning::OwnName
            | Meaning::Chip
            | Meaning::Notes
            | Meaning::Battery
            | Meaning::Lock => false,
        };
        let others: Vec<usize> = of(&of_the_state).into_iter().filter(|it| !mapping.holds(*it)).collect();
        mapping.notes.extend(others);
        // A column whose heading is not known, and that names faults.
        let names_faults = |column: &usize| {
            matches!(meanings[*column], None | Some(Meaning::Name))
                && !mapping.holds(*column)
                && cells.share(*column, Field::FunctionStatus) >= FEW_CELLS
        };
        let others: Vec<usize> = (0..columns).filter(names_faults).collect();
        mapping.notes.extend(others);
        mapping.chip = of(&|it| *it == Meaning::Chip).first().copied();
        let heading = |column: usize| names::plain(headings.cells.get(column).map_or("", String::as_str));
        mapping.faults_only = mapping.fields[place(Field::FunctionStatus)]
            .is_some_and(|column| says::asks_for_faults(&heading(column)) && cells.filled(column) > 0);
        // A code in the place of the model, such as SM-S918B, has its name in another column.
        let is_name = |column: &usize| {
            let is_open = matches!(
                meanings[*column],
                None | Some(Meaning::Name | Meaning::OwnName | Meaning::Field(Field::Model))
            );
            is_open
                && !mapping.fields.contains(&Some(*column))
                && cells.share(*column, Field::Model) >= FEW_CELLS
        };
        mapping.names = (0..columns).filter(is_name).collect();
        for (column, heading) in headings.cells.iter().enumerate() {
            if meanings[column].is_none() && !mapping.holds(column) && cells.are_answers(column) {
                mapping.asked.extend(Asked::of(heading).map(|asked| (column, asked)));
            }
            if meanings[column].is_none() && !mapping.holds(column) && names_one_part(&tidied(heading)) {
                mapping.parts.push((column, tidied(heading)));
            }
            if meanings[column].is_none() && !mapping.holds(column) {
                mapping.others.push(column);
            }
            mapping.yes.extend(Yes::of(&names::plain(heading)).map(|yes| (column, yes)));
            let asks =
                says::asks_for_faults(&names::plain(heading)) && mapping.yes.iter().all(|it| it.0 != column);
            mapping.yes.extend(asks.then_some((column, Yes::Broken)));
        }
        mapping
    }

    /// Gives fields without a column those columns whose headings are not known, but whose cells tell the field.
    fn told_by_cells(&mut self, columns: usize, meanings: &[Option<Meaning>], cells: &Cells) {
        let fields = [
            Field::Model,
            Field::DeviceType,
            Field::Brand,
            Field::Condition,
            Field::Storage,
            Field::FunctionStatus,
        ];
        for field in fields {
            if self.fields[place(field)].is_some() {
                continue;
            }
            // A description may be of the faults.
            let is_open = |meaning: &Option<Meaning>| match meaning {
                None => true,
                // Details may be the model's.
                Some(Meaning::Notes) => field == Field::Model,
                Some(meaning) => field == Field::FunctionStatus && *meaning == Meaning::Name,
            };
            let is_free = |column: &usize| field == Field::Model || !self.holds(*column);
            let free = (0..columns).filter(|column| is_open(&meanings[*column]) && is_free(column));
            // Nothing else looks like the names of models.
            let least = if field == Field::Model { HALF } else { MOST_CELLS };
            let told: Vec<usize> = free.filter(|column| cells.share(*column, field) >= least).collect();
            match cells.best(&told, field) {
                // 处置原因 may tell faults, and much besides: it is read as remarks.
                Some(column) if field == Field::FunctionStatus && meanings[column].is_none() => {
                    self.notes.push(column);
                }
                best => {
                    self.fields[place(field)] = best;
                    self.notes.retain(|column| best != Some(*column));
                }
            }
        }
        // 内存 of a list without another column for sizes: storage or memory, by its cells.
        if self.fields[place(Field::Storage)].is_none()
            && let Some(column) = self.fields[place(Field::Ram)]
            && cells.share(column, Field::Storage) > 0.0
        {
            self.fields[place(Field::Storage)] = Some(column);
        }
    }

    fn holds(&self, column: usize) -> bool {
        self.fields.contains(&Some(column))
            || self.notes.contains(&column)
            || self.locks.iter().any(|(it, _)| *it == column)
            || self.parts.iter().any(|(it, _)| *it == column)
            || self.asked.iter().any(|(it, _)| *it == column)
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
