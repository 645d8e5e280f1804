//! Columns whose headings are grades, with a tick in the one that a device has: 95新 | 9成新 | 8成新.

use domain::{Grade, Term, tidied};

use super::Mapping;
use super::columns::Columns;

/// Whether a cell is a tick.
pub(super) fn is_a_tick(cell: &str) -> bool {
    matches!(
        cell.trim(),
        "√" | "✓" | "✔" | "☑" | "●" | "◯" | "○" | "x" | "X" | "v" | "V" | "1" | "是" | "Y" | "y"
    )
}

/// Whether a heading is a grade itself: its cells say whether a device has it.
pub(super) fn names_a_grade(heading: &str) -> bool {
    Grade::find(&tidied(heading).to_lowercase()).is_some()
}

impl Mapping {
    /// Finds the columns of grades: two at least, with ticks and nothing else.
    pub(super) fn of_ticks(&mut self, columns: &Columns<'_>) {
        let grade = |column: usize| {
            let heading = columns.heading(column);
            (names_a_grade(heading) && columns.cells.are_ticks(column)).then(|| (column, tidied(heading)))
        };
        let ticked: Vec<_> = columns.all().filter_map(grade).collect();
        if ticked.len() >= 2 {
            self.ticked = ticked;
        }
    }

    /// The grades that are ticked in a row.
    pub(super) fn ticked<'a>(&self, cell: impl Fn(usize) -> &'a str) -> String {
        let ticked = self.ticked.iter().filter(|(column, _)| is_a_tick(cell(*column)));
        ticked.map(|(_, grade)| grade.as_str()).collect::<Vec<_>>().join("、")
    }
}
