//! What a workbook says of rows and cells beside their values: hidden rows, and formulas that were never computed.

use std::io::Write;

use rust_xlsxwriter::Workbook;
use sheet::{ReadError, Table, read};

use crate::file;
use crate::xlsb::xlsb;

/// The files of a zip archive, with some of their text replaced.
fn changed(workbook: &[u8], part: &str, replace: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let mut copy = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
        if name == part {
            let mut text = String::from_utf8(bytes).unwrap();
            for (from, to) in replace {
                assert!(text.contains(from), "{from} is not in {text}");
                text = text.replacen(from, to, 1);
            }
            bytes = text.into_bytes();
        }
        copy.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        copy.write_all(&bytes).unwrap();
    }
    copy.finish().unwrap().into_inner()
}

/// A workbook of LibreOffice in the old binary format, with the flag for hidden set in some of its records of rows, which
/// are counted over all sheets.
fn with_hidden_rows(workbook: &[u8], rows: &[usize]) -> Vec<u8> {
    const ROW: [u8; 4] = [0x08, 0x02, 16, 0];
    let mut copy = workbook.to_vec();
    let places: Vec<usize> =
        (0..workbook.len() - 20).filter(|at| workbook[*at..].starts_with(&ROW)).collect();
    rows.iter().for_each(|row| copy[places[*row] + 16] |= 0x20);
    copy
}

fn numbers(table: &Table) -> Vec<u32> {
    table.rows.iter().map(|row| row.number).collect()
}

#[test]
fn rows_that_the_spreadsheet_hides_or_filters_out_are_counted_and_can_be_left_out() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("旧 & 新").unwrap();
    for (row, model) in (0..).zip(["型号", "iPhone 12", "iPhone 13", "iPhone 14", "iPhone 15"]) {
        sheet.write_row(row, 0, [if row == 0 { "品牌" } else { "苹果" }, model]).unwrap();
    }
    sheet.set_row_hidden(1).unwrap().set_row_hidden(3).unwrap();
    let xlsx = workbook.save_to_buffer().unwrap();
    let row = "<table:table-row table:style-name=\"ro1\">";
    // Its list begins in the fourth row of the second sheet.
    let ods = file("libreoffice.ods");
    let ods = changed(
        &ods,
        "content.xml",
        &[
            (row, "<table:table-row table:x=\"\">"),
            (row, "<table:table-row table:x=\"\">"),
            (row, "<table:table-row table:x=\"\">"),
            (row, "<table:table-row table:x=\"\">"),
            (row, "<table:table-row table:x=\"\">"),
            (row, "<table:table-row table:x=\"\">"),
            (row, "<table:table-row table:visibility=\"filter\">"),
            (row, "<table:table-row table:visibility=\"collapse\">"),
        ],
    );
    let xls = with_hidden_rows(&file("libreoffice.xls"), &[6, 7]);
    let rows = [["品牌", "型号"], ["苹果", "iPhone 12"], ["苹果", "iPhone 13"], ["苹果", "iPhone 14"]];
    let xlsb = xlsb(&rows.each_ref().map(|row| &row[..]), &[1, 3]);
    for bytes in [xlsx, ods, xls, xlsb] {
        let table = read(&bytes).unwrap();
        assert_eq!(table.hidden_rows(), 2);
        let hidden: Vec<u32> = table.rows.iter().filter(|row| row.hidden).map(|row| row.number).collect();
        let seen = table.without_hidden();
        assert_eq!(seen.hidden_rows(), 0);
        assert_eq!(numbers(&table).len() - numbers(&seen).len(), 2);
        assert!(hidden.iter().all(|number| !numbers(&seen).contains(number)), "{hidden:?}");
    }
}

#[test]
fn a_formula_without_a_value_is_told_by_its_sheet_and_cell() {
    assert_eq!(
        read(&file("openpyxl.xlsx")),
        Err(ReadError::WithoutValue { sheet: "设备".into(), cell: "D7".into() }),
        "the program that wrote it does not calculate"
    );
    let ods = changed(
        &file("libreoffice.ods"),
        "content.xml",
        &[("office:value-type=\"string\" office:string-value=\"ThinkPad X1\"", "")],
    );
    assert_eq!(read(&ods), Err(ReadError::WithoutValue { sheet: "设备".into(), cell: "D7".into() }));
}
