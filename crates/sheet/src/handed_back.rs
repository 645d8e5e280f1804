//! Reads the answers of a sheet of questions that was filled in and handed back.

use serde::{Deserialize, Serialize};

use crate::cell_name::cell_name;
use crate::question_id::QuestionId;
use crate::read::read_sheet;
use crate::read_error::ReadError;
use crate::table::{Table, TableRow};

/// An answer in a sheet that was handed back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedBack {
    /// The question.
    pub id: QuestionId,
    /// The text of the answer; empty where none was filled in.
    pub text: String,
    /// The sheet, if the workbook has several.
    pub sheet: Option<String>,
    /// The cell of the answer, such as `B4`.
    pub cell: String,
}

/// Reads the answers of a report, or of the questions alone as CSV. `headings` are the names that the column of answers
/// may have. Rows may be in another order, or be missing; columns too may be in another order.
///
/// # Errors
/// [`ReadError`] if the file cannot be read. A file without questions has no answers.
pub fn handed_back(bytes: &[u8], headings: &[String]) -> Result<Vec<HandedBack>, ReadError> {
    let table = read_sheet(bytes, |table| table.rows.iter().any(|row| id(row).is_some()))?;
    let named = |cell: &String| headings.contains(cell);
    let column = table
        .rows
        .iter()
        .take_while(|row| id(row).is_none())
        .find_map(|row| row.cells.iter().position(named));
    Ok(column.map(|column| answers(&table, column)).unwrap_or_default())
}

fn answers(table: &Table, column: usize) -> Vec<HandedBack> {
    let answer = |row: &TableRow| {
        let text = row.cells.get(column).map(String::as_str).unwrap_or_default();
        // The mark of a text in CSV that begins like a formula.
        let text = text.strip_prefix('\'').unwrap_or(text).trim().to_owned();
        let cell = cell_name(column, row.number);
        Some(HandedBack { id: id(row)?, text, sheet: table.sheet.clone(), cell })
    };
    table.rows.iter().filter_map(answer).collect()
}

/// The question of a row.
fn id(row: &TableRow) -> Option<QuestionId> {
    row.cells.iter().find_map(|cell| QuestionId::read(cell))
}
