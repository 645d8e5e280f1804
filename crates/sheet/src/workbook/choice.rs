//! Which sheets of a workbook are read.

use crate::read_error::ReadError;
use crate::table::Table;

/// Which sheets of a workbook are read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wanted {
    /// The first sheet of which this is true, because instructions may stand on a sheet before it; else the first
    /// that is not empty.
    One(fn(&Table) -> bool),
    /// The first sheet, and those after it with such a name.
    FirstAnd(fn(&str) -> bool),
}

/// The most sheets that are read of a workbook.
const MOST_SHEETS: usize = 16;

/// Reads the sheets that are wanted, of those with these names. Notes which they are, and in the first of them which
/// others are not read.
pub(super) fn chosen(
    names: &[String],
    wanted: Wanted,
    mut read: impl FnMut(&str) -> Result<Table, ReadError>,
) -> Result<Vec<(Table, String)>, ReadError> {
    match wanted {
        Wanted::One(is_it) => the_one(names, is_it, read),
        Wanted::FirstAnd(is_named) => {
            let Some((first, others)) = names.split_first() else { return Ok(Vec::new()) };
            let (others, left_out): (Vec<&String>, Vec<&String>) =
                others.iter().partition(|name| is_named(name));
            let mut tables = Vec::new();
            for name in [first].into_iter().chain(others).take(MOST_SHEETS) {
                let mut table = read(name)?;
                table.sheet = Some(name.clone());
                tables.push((table, name.clone()));
            }
            if let Some((first, _)) = tables.first_mut() {
                first.other_sheets = left_out.into_iter().cloned().collect();
            }
            Ok(tables)
        }
    }
}

fn the_one(
    names: &[String],
    is_it: fn(&Table) -> bool,
    mut read: impl FnMut(&str) -> Result<Table, ReadError>,
) -> Result<Vec<(Table, String)>, ReadError> {
    let mut first: Option<(Table, &String)> = None;
    let mut found = None;
    for name in names {
        let table = read(name)?;
        if is_it(&table) {
            found = Some((table, name));
            break;
        }
        if first.is_none() && !table.rows.is_empty() {
            first = Some((table, name));
        }
    }
    let Some((mut table, name)) = found.or(first) else { return Ok(Vec::new()) };
    if names.len() > 1 {
        table.sheet = Some(name.clone());
        table.other_sheets = names.iter().filter(|other| *other != name).cloned().collect();
    }
    Ok(vec![(table, name.clone())])
}
