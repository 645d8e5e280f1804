//! Workbooks of which several sheets are read.

use std::path::Path;

use rust_decimal::Decimal;
use rust_xlsxwriter::Workbook;
use sheet::{BlankCell, BlankColumn, BlankSheet, ReadError, blank_workbook, read_sheets};

fn is_named(name: &str) -> bool {
    name == "扣减"
}

#[test]
fn the_first_sheet_and_the_named_ones_are_read_and_the_others_are_told() {
    let mut workbook = Workbook::new();
    for (name, cell) in [("价格", "型号"), ("备注", "x"), ("扣减", "故障"), ("旧", "x")] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        sheet.write_string(2, 1, cell).unwrap();
    }
    let sheets = read_sheets(&workbook.save_to_buffer().unwrap(), is_named).unwrap();
    let read: Vec<_> = sheets
        .iter()
        .map(|table| (table.sheet.as_deref().unwrap(), table.rows[0].number, table.rows[0].cells[1].as_str()))
        .collect();
    assert_eq!(read, [("价格", 3, "型号"), ("扣减", 3, "故障")]);
    assert_eq!(sheets[0].other_sheets, ["备注", "旧"]);
    assert_eq!(sheets[1].other_sheets, [""; 0]);
}

#[test]
fn an_empty_first_sheet_is_no_list_and_an_empty_named_one_has_no_rows() {
    let book = |first: &str, second: &str| {
        let mut workbook = Workbook::new();
        for (name, cell) in [("价格", first), ("扣减", second)] {
            let sheet = workbook.add_worksheet();
            sheet.set_name(name).unwrap();
            sheet.write_string(0, 0, cell).unwrap();
        }
        read_sheets(&workbook.save_to_buffer().unwrap(), is_named)
    };
    assert_eq!(book("", "故障"), Err(ReadError::Empty));
    assert_eq!(book("型号", "").unwrap()[1].rows, []);
}

#[test]
fn a_text_is_one_sheet_without_a_name_and_other_programs_workbooks_are_read_too() {
    let sheets = read_sheets("型号,价格\niPhone 13,3000\n".as_bytes(), is_named).unwrap();
    assert_eq!((sheets.len(), sheets[0].sheet.as_deref(), sheets[0].rows.len()), (1, None, 2));
    for name in ["libreoffice.xlsx", "libreoffice.xls", "libreoffice.ods"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
        let sheets = read_sheets(&std::fs::read(path).unwrap(), is_named).unwrap();
        assert!(sheets[0].sheet.is_some() && !sheets[0].rows.is_empty(), "{name}");
    }
}

#[test]
fn what_is_written_to_be_filled_in_is_read_again() {
    let text = |text: &str| BlankCell::Text(text.to_owned());
    let sheet = BlankSheet {
        name: "价格".into(),
        above: vec![vec![text("生效日期"), BlankCell::Empty]],
        columns: ["型号", "价格", "比例"]
            .map(|heading| BlankColumn { heading: heading.into(), words: Vec::new() })
            .to_vec(),
        rows: vec![vec![
            text("iPhone 13"),
            BlankCell::Yuan(Decimal::new(123_450, 2)),
            BlankCell::Share(Decimal::new(7, 2)),
        ]],
    };
    let sheets = read_sheets(&blank_workbook(&[sheet]).unwrap(), is_named).unwrap();
    let rows: Vec<_> = sheets[0].rows.iter().map(|row| row.cells.join("|")).collect();
    assert_eq!(rows, ["生效日期", "型号|价格|比例", "iPhone 13|1234.5|0.07"]);
}
