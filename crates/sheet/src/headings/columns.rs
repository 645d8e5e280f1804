//! The columns of a list: their headings, what these mean, and what the cells below them tell.

use domain::{Field, tidied};

use super::asked::Asked;
use super::cells::Cells;
use super::hints::hinted;
use super::meaning::Meaning;
use super::names::{self, meaning};
use super::ticks::names_a_grade;
use crate::table::TableRow;

/// The columns of a list.
pub(super) struct Columns<'a> {
    headings: &'a TableRow,
    pub(super) cells: &'a Cells,
    /// What the heading of each column means; `None` where that is not known.
    pub(super) meanings: Vec<Option<Meaning>>,
}

impl<'a> Columns<'a> {
    pub(super) fn new(headings: &'a TableRow, cells: &'a Cells) -> Self {
        let columns = headings.cells.len().max(cells.columns());
        let meanings = (0..columns).map(|column| {
            let name = headings.cells.get(column)?;
            if names_a_grade(name) {
                return None;
            }
            let meaning = meaning(name).or_else(|| hinted(&tidied(name).to_lowercase(), column, cells));
            // Liquid damage? is of one fault, and Damage? of all.
            meaning.filter(|it| {
                let of_the_function = matches!(it, Meaning::Field(Field::FunctionStatus) | Meaning::State);
                !(of_the_function && cells.are_answers(column) && Asked::is_of_one_thing(name))
            })
        });
        Self { headings, cells, meanings: meanings.collect() }
    }

    /// All columns, from left to right.
    pub(super) fn all(&self) -> std::ops::Range<usize> {
        0..self.meanings.len()
    }

    /// The columns whose headings mean that, from left to right.
    pub(super) fn of(&self, wanted: impl Fn(&Meaning) -> bool) -> Vec<usize> {
        self.all().filter(|column| self.meanings[*column].as_ref().is_some_and(&wanted)).collect()
    }

    /// Whether the heading of a column is not known.
    pub(super) fn is_open(&self, column: usize) -> bool {
        self.meanings.get(column).is_some_and(Option::is_none)
    }

    /// The heading of a column as it is written.
    pub(super) fn heading(&self, column: usize) -> &str {
        self.headings.cells.get(column).map_or("", String::as_str)
    }

    /// The heading of a column as the tables have it.
    pub(super) fn plain(&self, column: usize) -> String {
        names::plain(&tidied(self.heading(column)))
    }

    /// Whether at least half of a column's cells tell a field.
    pub(super) fn tells(&self, column: usize, field: Field) -> bool {
        self.cells.share(column, field) >= super::HALF
    }
}
