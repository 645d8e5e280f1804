//! The rows of text in a file, whatever program wrote it.

use std::borrow::Cow;

use domain::{FunctionStatus, bounded, redacted};
use serde::{Deserialize, Serialize};

use crate::read_error::ReadError;

/// How many rows at the top are searched for the headings: a title or a date may come first.
pub(crate) const TITLES: usize = 30;
/// The most text in a list, in bytes: more than a kilobyte for each of 50,000 rows.
const MOST_TEXT: usize = 64 * 1024 * 1024;
/// The longest cell, in characters: as long as the longest field. A longer cell is cut to one character more
/// ([`bounded`]), so that its field still refuses it.
const LONGEST_CELL: usize = FunctionStatus::LONGEST;
/// The most cells of a row that are read.
pub(crate) const MOST_COLUMNS: usize = 256;

/// The rows of a file that are not empty, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The rows.
    pub rows: Vec<TableRow>,
    /// The sheet that they are of, if the workbook has several.
    #[serde(default)]
    pub sheet: Option<String>,
    /// The other visible sheets of the workbook, which are not read.
    #[serde(default)]
    pub other_sheets: Vec<String>,
    /// The text in them, in bytes.
    #[serde(skip)]
    text: usize,
}

/// A row of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// Its number in the file, as a spreadsheet counts: 1 for the first line.
    pub number: u32,
    /// Its cells as text, trimmed; empty ones at the end may be missing.
    pub cells: Vec<String>,
    /// Whether the spreadsheet does not show it: it is hidden, or filtered out.
    #[serde(default)]
    pub hidden: bool,
}

impl TableRow {
    /// The row as it was written, in a line: its cells, without personal data.
    pub fn said(&self) -> String {
        /// As long as people read, in characters.
        const LONGEST: usize = 160;
        let cells: Vec<&str> =
            self.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        redacted(&cells.join(" · ")).chars().take(LONGEST).collect()
    }
}

impl Table {
    /// The most rows of a list, without headings and titles.
    pub const MOST_ROWS: usize = 50_000;

    /// The table without the rows that the spreadsheet does not show.
    #[must_use]
    pub fn without_hidden(&self) -> Self {
        Self {
            rows: self.rows.iter().filter(|row| !row.hidden).cloned().collect(),
            sheet: self.sheet.clone(),
            other_sheets: self.other_sheets.clone(),
            text: self.text,
        }
    }

    /// Adds a row, unless it is empty.
    ///
    /// # Errors
    /// [`ReadError::TooManyRows`] and [`ReadError::TooLarge`].
    pub(crate) fn push(&mut self, number: u32, mut cells: Vec<String>) -> Result<(), ReadError> {
        cells.truncate(MOST_COLUMNS);
        for cell in &mut cells {
            if let Cow::Owned(kept) = bounded(cell, LONGEST_CELL) {
                *cell = kept;
            }
        }
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        if self.rows.len() >= Self::MOST_ROWS + TITLES {
            return Err(ReadError::TooManyRows);
        }
        self.text += cells.iter().map(String::len).sum::<usize>();
        if self.text > MOST_TEXT {
            return Err(ReadError::TooLarge);
        }
        self.rows.push(TableRow { number, cells, hidden: false });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use domain::{Failure, Field, FieldError, Problem};

    use super::*;
    use crate::headings::Mapping;
    use crate::list::DeviceList;

    #[test]
    fn a_cell_that_is_cut_is_refused_by_its_field() {
        let row = |function: &str, repairs: &str| {
            ["手机", "苹果", "iPhone 14 Pro", "256GB", "九成新", function, repairs]
                .map(str::to_owned)
                .to_vec()
        };
        let headings = ["品类", "品牌", "型号", "存储", "成色", "功能", "维修"].map(str::to_owned).to_vec();
        let fault = |number: usize| format!("第{number:02}处的转轴松了一点还有点响动不太对劲");
        let faults = |count| (0..count).map(fault).collect::<Vec<_>>().join("、");
        let mut table = Table::default();
        // 20 faults have 419 characters; 60 and 200 faults are more than a device may have.
        for (number, cells) in [
            headings,
            row(&faults(20), ""),
            row(&faults(60), ""),
            row(&faults(200), ""),
            row("正常", &faults(6)),
        ]
        .into_iter()
        .enumerate()
        {
            table.push(u32::try_from(number).unwrap() + 1, cells).unwrap();
        }
        let headings = table.headings().unwrap();
        let list = DeviceList::from_table(&table, &Mapping::recognise(headings), headings).unwrap();
        let refused =
            |field, problem| Err(Failure::InvalidInput { fields: vec![FieldError { field, problem }] });
        let requests: Vec<_> = list.rows.into_iter().map(|row| row.request).collect();
        assert_eq!(requests[0].as_ref().unwrap().function_status().faults().len(), 20);
        assert_eq!(requests[1], refused(Field::FunctionStatus, Problem::TooMany));
        assert_eq!(requests[2], refused(Field::FunctionStatus, Problem::TooLong));
        assert_eq!(requests[3], refused(Field::RepairHistory, Problem::TooLong));
    }

    #[test]
    fn a_table_has_room_for_50_000_rows_and_thirty_of_titles() {
        let mut table = Table::default();
        for number in 1..=50_030 {
            table.push(number, vec!["x".into()]).unwrap();
        }
        assert_eq!(table.push(50_031, vec!["x".into()]), Err(ReadError::TooManyRows));
        assert_eq!(table.push(50_031, vec![String::new()]), Ok(()), "an empty row is none");
    }

    #[test]
    fn a_table_holds_64_mebibytes_of_text_and_no_more() {
        let mut table = Table::default();
        let row = vec!["\u{20bb7}".repeat(LONGEST_CELL); MOST_COLUMNS];
        let bytes = row.iter().map(String::len).sum::<usize>();
        let whole = 64 * 1024 * 1024;
        for _ in 0..whole / bytes {
            table.push(1, row.clone()).unwrap();
        }
        for rest in std::iter::repeat_n(1_000, whole % bytes / 1_000).chain([whole % bytes % 1_000]) {
            table.push(1, vec!["x".repeat(rest)]).unwrap();
        }
        assert_eq!(table.push(1, vec!["x".into()]), Err(ReadError::TooLarge));
    }
}
