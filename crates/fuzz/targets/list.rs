//! A list as text, from the file to the report: whatever stands in it, nothing breaks, and
//! nothing of it becomes a formula.
#![no_main]

use app::Locale;
use app::words::report::ReportWords;
use libfuzzer_sys::fuzz_target;
use sheet::{DeviceList, Mapping, Outcome, ReportRow, Table};

fuzz_target!(|bytes: &[u8]| {
    // Workbooks are read by others' code, in a process of its own.
    if bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF]) {
        return;
    }
    let Ok(table) = sheet::read(bytes) else { return };
    let headings = table.headings().unwrap_or(&table.rows[0]);
    let list = DeviceList::from_table(&table, &Mapping::of(&table, headings), headings).expect("it is short");
    assert!(list.rows.len() <= Table::MOST_ROWS);
    assert!(list.rows.windows(2).all(|rows| rows[0].number < rows[1].number), "numbers grow");
    let rows = list.rows.len();
    let report = list.rows.into_iter().map(|row| ReportRow {
        number: row.number,
        outcome: row.request.map_or_else(Outcome::Failed, |_| Outcome::Open),
        form: row.form.as_ref().clone(),
        written_model: None,
        buyers: Vec::new(),
    });
    let mut written = Vec::new();
    sheet::csv(report, &ReportWords(Locale::en), &mut written).expect("memory takes all");
    let report = sheet::read(&written).expect("our own report is a list");
    assert_eq!(report.rows.len(), rows + 1);
    for cell in report.rows.iter().flat_map(|row| &row.cells) {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell:?} is a formula");
    }
});
