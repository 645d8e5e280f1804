//! The headings of the first sheet, and the cells above them.

use domain::Grade;
use jiff::civil::Date;
use provider::GradeWords;
use sheet::{Table, TableRow, cell_name};

use super::place::Place;
use crate::cells::day;
use crate::grades;
use crate::mistake::MistakeKind;
use crate::names::{Column, plain};

/// How many rows at the top are searched for the headings.
const SEARCHED: usize = 30;

/// The columns of the first sheet, from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Headings {
    /// The place of the row among the sheet's rows.
    pub(super) at: usize,
    /// Its number in the file.
    pub(super) row: u32,
    pub(super) device_type: Option<usize>,
    pub(super) brand: Option<usize>,
    pub(super) model: Option<usize>,
    pub(super) storage: Option<usize>,
    pub(super) memory: Option<usize>,
    pub(super) price: Option<usize>,
    pub(super) grades: Vec<(Grade, usize)>,
    pub(super) valid_from: Option<Date>,
}

impl Headings {
    /// Finds the headings; `None` where no row has them.
    pub(super) fn find(table: &Table, words: Option<&GradeWords>, place: &mut Place<'_>) -> Option<Self> {
        let known = |row: &TableRow| {
            let columns: Vec<Option<Column>> =
                row.cells.iter().map(|cell| Column::of_first_sheet(cell)).collect();
            [Column::Brand, Column::Model].iter().all(|column| columns.contains(&Some(*column)))
        };
        let Some(at) = table.rows.iter().take(SEARCHED).position(known) else {
            let row = table.rows.first().map_or(1, |row| row.number);
            place.wrong(0, row, MistakeKind::NoHeadings(Column::OF_DEVICES.to_vec()));
            return None;
        };
        let row = &table.rows[at];
        let mut headings = Self { at, row: row.number, ..Self::default() };
        for above in &table.rows[..at] {
            headings.read_above(above, place);
        }
        for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
            headings.read(column, cell, words, place);
        }
        for (column, place_of) in [
            (Column::Type, headings.device_type),
            (Column::Brand, headings.brand),
            (Column::Model, headings.model),
            (Column::Storage, headings.storage),
        ] {
            if place_of.is_none() {
                place.wrong(0, row.number, MistakeKind::NoColumn(column));
            }
        }
        match (headings.price, headings.grades.is_empty()) {
            (None, true) => place.wrong(0, row.number, MistakeKind::NoPrices),
            (Some(column), false) => place.wrong(column, row.number, MistakeKind::TwoKindsOfPrices),
            _ => {}
        }
        Some(headings)
    }

    /// Whether it has all columns that say what a device is.
    pub(super) fn has_devices(&self) -> bool {
        [self.device_type, self.brand, self.model, self.storage].iter().all(Option::is_some)
    }

    fn read(&mut self, column: usize, cell: &str, words: Option<&GradeWords>, place: &mut Place<'_>) {
        let grades = grades::named(cell, words);
        if !grades.is_empty() {
            return self.read_grades(&grades, column, place);
        }
        let Some(known) = Column::of_first_sheet(cell) else {
            let own = grades::listed(words);
            return place.wrong(column, self.row, MistakeKind::UnknownColumn(cell.to_owned(), own));
        };
        let taken = match known {
            Column::Type => &mut self.device_type,
            Column::Brand => &mut self.brand,
            Column::Model => &mut self.model,
            Column::Storage => &mut self.storage,
            Column::Memory => &mut self.memory,
            Column::Price => &mut self.price,
            Column::Of(_)
            | Column::Grade
            | Column::Ratio
            | Column::Fault
            | Column::Repair
            | Column::Amount
            | Column::Percent
            | Column::Remarks
            | Column::ValidFrom => return,
        };
        match taken {
            None => *taken = Some(column),
            Some(first) => {
                let first = cell_name(*first, self.row);
                place.wrong(column, self.row, MistakeKind::ColumnTwice(first));
            }
        }
    }

    /// Reads a column with the prices of these grades.
    fn read_grades(&mut self, grades: &[Grade], column: usize, place: &mut Place<'_>) {
        for grade in grades {
            if let Some((_, first)) = self.grades.iter().find(|(known, _)| known == grade) {
                let first = cell_name(*first, self.row);
                return place.wrong(column, self.row, MistakeKind::ColumnTwice(first));
            }
        }
        self.grades.extend(grades.iter().map(|grade| (*grade, column)));
    }

    /// Reads a row above the headings: 生效日期 and a day beside it, or after it in the same cell. Other texts are
    /// titles.
    fn read_above(&mut self, row: &TableRow, place: &mut Place<'_>) {
        for (column, cell) in row.cells.iter().enumerate() {
            let (name, beside) = cell.split_once([':', '：']).unwrap_or((cell, ""));
            if !Column::ValidFrom.is_named(&plain(name)) {
                continue;
            }
            let (at, text) = match beside.trim() {
                "" => {
                    let next = row.cells.iter().enumerate().skip(column + 1).find(|(_, it)| !it.is_empty());
                    next.map_or((column, ""), |(at, text)| (at, text))
                }
                text => (column, text),
            };
            // A cell that is not filled in: the list holds at once.
            if text.is_empty() {
                continue;
            }
            match day(text) {
                Some(day) => self.valid_from = Some(day),
                None => place.wrong(at, row.number, MistakeKind::NoDay(text.to_owned())),
            }
        }
    }
}
