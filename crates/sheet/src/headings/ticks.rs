//! Columns whose headings are grades, with a tick in the one that a device has: 95新 | 9成新 | 8成新.

use domain::{Grade, Term, tidied};

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
