//! The sheets after the first: what grades are worth, and what faults and repairs take off.

use domain::{Grade, Ratio, Term};
use provider::GradeWords;
use sheet::{Table, TableRow, cell_name};

use super::place::{Place, text};
use crate::cells::{amount, percent, ratio};
use crate::grades;
use crate::mistake::MistakeKind;
use crate::names::{Column, Part, term};
use crate::pricing::Cut;

/// How many rows at the top are searched for the headings.
const SEARCHED: usize = 30;

/// The columns of a sheet, and the rows below them.
struct Columns<'a> {
    first: usize,
    amount: Option<usize>,
    share: Option<usize>,
    rows: &'a [TableRow],
    number: u32,
}

/// The shares of the sheet of discounts.
pub(super) fn shares(
    table: &Table,
    grades: Option<&GradeWords>,
    place: &mut Place<'_>,
) -> Vec<(Grade, Ratio)> {
    let Some(columns) = columns(table, Part::Discounts, place) else { return Vec::new() };
    let Some(share) = columns.share else {
        place.wrong(columns.first, columns.number, MistakeKind::NoColumn(Column::Ratio));
        return Vec::new();
    };
    let mut shares: Vec<(Grade, Ratio)> = Vec::new();
    let find = |text: &str| grades::named(text, grades);
    let unknown = |text| MistakeKind::UnknownGrade(text, grades::listed(grades));
    for (row, grade) in words(&columns, Column::Grade, find, unknown, place) {
        let written = text(row, Some(share));
        match ratio(written) {
            Ok(ratio) if grade == Grade::Excellent && ratio != Ratio::ONE => {
                place.wrong(share, row.number, MistakeKind::NotTheGradeOfPrices);
            }
            Ok(ratio) => shares.push((grade, ratio)),
            Err(_) if written.is_empty() => {
                place.wrong(share, row.number, MistakeKind::Missing(Column::Ratio));
            }
            Err(why) => place.wrong(share, row.number, MistakeKind::NoShare(written.to_owned(), why)),
        }
    }
    shares
}

/// What the words of a sheet of deductions take off.
pub(super) fn cuts<T: Term>(
    table: &Table,
    part: Part,
    place: &mut Place<'_>,
    unknown: fn(String) -> MistakeKind,
) -> Vec<(T, Cut)> {
    let Some(columns) = columns(table, part, place) else { return Vec::new() };
    if columns.amount.is_none() && columns.share.is_none() {
        place.wrong(columns.first, columns.number, MistakeKind::NoColumn(Column::Amount));
        return Vec::new();
    }
    let mut cuts = Vec::new();
    for (row, word) in
        words(&columns, part.first(), |text| term::<T>(text).into_iter().collect(), unknown, place)
    {
        let (of_amount, of_share) = (text(row, columns.amount), text(row, columns.share));
        let (at_amount, at_share) = (columns.amount, columns.share);
        match (of_amount.is_empty(), of_share.is_empty()) {
            (false, true) => match amount(of_amount) {
                Ok(amount) => cuts.push((word, Cut::Amount(amount))),
                Err(why) => {
                    let kind = MistakeKind::NoAmount(of_amount.to_owned(), why);
                    place.wrong(at_amount.unwrap_or_default(), row.number, kind);
                }
            },
            (true, false) => match percent(of_share) {
                Ok(share) => cuts.push((word, Cut::Share(share))),
                Err(why) => {
                    let kind = MistakeKind::NoShare(of_share.to_owned(), why);
                    place.wrong(at_share.unwrap_or_default(), row.number, kind);
                }
            },
            (true, true) | (false, false) => {
                let at = at_amount.or(at_share).unwrap_or_default();
                place.wrong(at, row.number, MistakeKind::NotOneOf(Column::Amount, Column::Percent));
            }
        }
    }
    cuts
}

/// Each row with what its word names, once.
fn words<'a, T: Copy + PartialEq>(
    columns: &Columns<'a>,
    column: Column,
    find: impl Fn(&str) -> Vec<T>,
    unknown: impl Fn(String) -> MistakeKind,
    place: &mut Place<'_>,
) -> Vec<(&'a TableRow, T)> {
    let mut words: Vec<(&TableRow, T)> = Vec::new();
    for row in columns.rows {
        let written = text(row, Some(columns.first));
        if written.is_empty() {
            place.wrong(columns.first, row.number, MistakeKind::Missing(column));
            continue;
        }
        let found = find(written);
        if found.is_empty() {
            place.wrong(columns.first, row.number, unknown(written.to_owned()));
            continue;
        }
        match words.iter().find(|(_, known)| found.contains(known)) {
            Some((before, _)) => {
                let before = cell_name(columns.first, before.number);
                place.wrong(columns.first, row.number, MistakeKind::Twice(before));
            }
            None => words.extend(found.into_iter().map(|word| (row, word))),
        }
    }
    words
}

/// The columns of a sheet; `None` where no row has its headings. A sheet without rows has nothing wrong with it.
fn columns<'a>(table: &'a Table, part: Part, place: &mut Place<'_>) -> Option<Columns<'a>> {
    let column = |cell: &String| Column::of_part(part, cell);
    let has_first = |row: &TableRow| row.cells.iter().any(|cell| column(cell) == Some(part.first()));
    let first_row = table.rows.first()?;
    let Some(at) = table.rows.iter().take(SEARCHED).position(has_first) else {
        place.wrong(0, first_row.number, MistakeKind::NoHeadings(vec![part.first()]));
        return None;
    };
    let (row, mut columns) = (
        &table.rows[at],
        Columns {
            first: 0,
            amount: None,
            share: None,
            rows: &table.rows[at + 1..],
            number: table.rows[at].number,
        },
    );
    let mut seen: Vec<(Column, usize)> = Vec::new();
    for (at, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
        let Some(known) = column(cell) else {
            place.wrong(at, row.number, MistakeKind::UnknownColumn(cell.clone(), None));
            continue;
        };
        if let Some((_, first)) = seen.iter().find(|(column, _)| *column == known && known != Column::Remarks)
        {
            place.wrong(at, row.number, MistakeKind::ColumnTwice(cell_name(*first, row.number)));
            continue;
        }
        seen.push((known, at));
        if known == part.first() {
            columns.first = at;
        } else if known == Column::Amount {
            columns.amount = Some(at);
        } else if matches!(known, Column::Percent | Column::Ratio) {
            columns.share = Some(at);
        }
    }
    Some(columns)
}
