//! Lists as other programs write them, and files that are not lists.

mod marks;
mod programs;
mod refused;
mod rows;
mod xlsb;

use std::path::Path;

use sheet::{DeviceList, Mapping, Table};

pub(crate) fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)).unwrap()
}

pub(crate) fn list(table: &Table) -> (DeviceList, Vec<String>) {
    let headings = table.headings().unwrap();
    let mapping = Mapping::of(table, headings);
    assert_eq!(mapping.missing(), []);
    let unused = mapping.unknown(headings).into_iter().map(|(_, name)| name).collect();
    (DeviceList::from_table(table, &mapping, headings).unwrap(), unused)
}
