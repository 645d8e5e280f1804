//! Lists as other programs write them.

use domain::{Failure, Field, Problem};
use rust_xlsxwriter::{Chart, ChartType, Workbook};
use sheet::read;

use crate::{file, list};

#[test]
fn workbooks_of_other_programs_are_read_alike() {
    for name in ["libreoffice.xlsx", "libreoffice.xls", "libreoffice.ods"] {
        let (list, unused) = list(&read(&file(name)).unwrap());
        assert_eq!(unused, ["资产编号", "购买日期"], "{name}");
        let said: Vec<_> = list
            .rows
            .iter()
            .map(|row| {
                (row.number, row.form.model.as_str(), row.form.storage.as_str(), row.form.ram.as_str())
            })
            .collect();
        let (last, first) = said.split_last().unwrap();
        assert_eq!(
            first,
            [
                (4, "iPhone 14 Pro", "256GB", ""),
                (5, "iPhone 13", "128GB", ""),
                (7, "ThinkPad X1", "1TB", "16GB")
            ],
            "{name}: formulas count with their values, sizes are sizes"
        );
        assert_eq!((last.0, last.2), (8, "512GB"), "{name}");
        assert_eq!(list.rows[0].form.function_status, "正常");
        let Err(Failure::InvalidInput { fields }) = &list.rows[3].request else { panic!("{name}") };
        assert!(fields.iter().any(|it| (it.field, it.problem) == (Field::Condition, Problem::NotListed)));
        assert_eq!(list.rows[1].form.brand, "苹果", "{name}: a merged cell counts for each of its rows");
        assert!(list.rows[..3].iter().all(|row| row.request.is_ok()), "{name}");
    }
}

#[test]
fn csv_of_other_programs_is_read_alike() {
    for (name, brand) in [("english.csv", "苹果"), ("chinese.csv", "苹果")] {
        let (list, unused) = list(&read(&file(name)).unwrap());
        assert_eq!((list.rows.len(), unused.len()), (1, 0));
        let request = list.rows[0].request.as_ref().unwrap();
        assert_eq!((request.brand(), request.model(), request.storage()), (brand, "iPhone 14", "128GB"));
    }
}

#[test]
fn text_is_read_whatever_separates_its_cells_and_however_it_is_encoded() {
    let csv = "品牌,型号,成色\r\n苹果,iPhone 13,九成新\r\n苹果,iPhone 14,八成新\r\n";
    let wide: Vec<u8> = csv.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [
        csv.as_bytes().to_vec(),
        wide,
        format!("sep=;\r\n{}", csv.replace(',', ";")).into_bytes(),
        csv.replace(',', "|").into_bytes(),
        csv.replace(',', "\t").into_bytes(),
        csv.replace("iPhone 13", "\"iPhone 13").into_bytes(),
    ] {
        let table = read(&bytes).unwrap();
        let rows: Vec<_> = table.rows.iter().map(|row| (row.number, row.cells[1].as_str())).collect();
        assert_eq!(rows, [(1, "型号"), (2, "iPhone 13"), (3, "iPhone 14")]);
    }
}

#[test]
fn of_several_sheets_the_one_with_the_list_is_read_and_the_others_are_named() {
    let mut workbook = Workbook::new();
    for (name, cells) in
        [("说明", ["请填写第二张表", ""]), ("设备", ["品牌", "型号"]), ("旧", ["品牌", "型号"])]
    {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        sheet.write_row(0, 0, cells).unwrap();
    }
    let table = read(&workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(
        (table.sheet.as_deref(), table.other_sheets),
        (Some("设备"), vec!["说明".to_owned(), "旧".to_owned()])
    );
}

#[test]
fn a_chart_on_a_sheet_of_its_own_keeps_no_list_from_being_read() {
    let mut workbook = Workbook::new();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values("设备!$C$2:$C$3");
    workbook.add_chartsheet().insert_chart(0, 0, &chart).unwrap();
    let sheet = workbook.add_worksheet().set_name("设备").unwrap();
    sheet.write_row(0, 0, ["品牌", "型号"]).unwrap();
    let table = read(&workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!((table.rows.len(), table.other_sheets), (1, Vec::new()));
}
