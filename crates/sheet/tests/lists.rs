//! Lists as other programs write them, and files that are not lists.

use std::io::Write;
use std::path::Path;

use domain::{Failure, Field, NoDevice, Problem};
use rust_xlsxwriter::Workbook;
use sheet::{DeviceList, Foreign, Mapping, ReadError, Table, read};

fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)).unwrap()
}

fn list(table: &Table) -> (DeviceList, Vec<String>) {
    let headings = table.headings().unwrap();
    let mapping = Mapping::of(table, headings);
    assert_eq!(mapping.missing(), []);
    let unused = mapping.unknown(headings).into_iter().map(|(_, name)| name).collect();
    (DeviceList::from_table(table, &mapping, headings).unwrap(), unused)
}

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
fn a_file_that_is_known_and_not_read_is_refused_by_what_it_is() {
    for (bytes, format) in [
        (&b"<html><body><table><tr><td>x</td></tr></table></body></html>"[..], Foreign::WebPage),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nx", Foreign::WebPage),
        (b"%PDF-1.7\nx", Foreign::Pdf),
        (&archive(&["word/document.xml"], 0), Foreign::Document),
        (&archive(&["Index/Document.iwa"], 0), Foreign::Numbers),
    ] {
        assert_eq!(read(bytes), Err(ReadError::Foreign(format)));
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
fn lines_that_are_no_devices_are_listed_apart() {
    let csv = "品类,品牌型号,成色,功能\n手机,苹果 iPhone 13 128G,95新,正常\n打印机,惠普 M404,8成新,正常\n,,,\n品类,品牌型号,成色,功能\n\
               二、平板类,,,\n合计,2,,\n3,,,\n盘点人：,,日期：,\n";
    let (list, _) = list(&read(csv.as_bytes()).unwrap());
    assert_eq!(list.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2]);
    let others: Vec<_> = list.passed_over.iter().map(|line| (line.number, line.why)).collect();
    assert_eq!(
        others,
        [
            (3, NoDevice::OtherKind),
            (5, NoDevice::Headings),
            (6, NoDevice::Remark),
            (7, NoDevice::Total),
            (8, NoDevice::Remark),
            (9, NoDevice::Signature)
        ]
    );
}

#[test]
fn a_file_with_a_password_is_refused_as_encrypted() {
    assert_eq!(read(&file("password.xlsx")), Err(ReadError::Encrypted));
}

#[test]
fn a_damaged_file_neither_panics_nor_passes_for_a_list() {
    for name in [
        "libreoffice.xlsx",
        "libreoffice.xls",
        "libreoffice.ods",
        "openpyxl.xlsx",
        "password.xlsx",
        "chinese.csv",
    ] {
        let whole = file(name);
        for length in (0..whole.len()).step_by(whole.len() / 40 + 1) {
            let _ = read(&whole[..length]);
            let mut flipped = whole.clone();
            flipped[length] ^= 0x55;
            let _ = read(&flipped);
        }
        if !name.ends_with("csv") {
            assert!(read(&whole[..whole.len() / 2]).is_err(), "{name}");
        }
    }
    assert_eq!(read(b""), Err(ReadError::Empty));
    assert_eq!(read(b"\n\n , \n"), Err(ReadError::Empty));
    assert_eq!(read(b"%PDF-1.7\0\x01"), Err(ReadError::Foreign(Foreign::Pdf)));
    assert_eq!(read(&vec![b'x'; 33 * 1024 * 1024]), Err(ReadError::TooLarge));
}

#[test]
fn a_damaged_workbook_without_a_password_is_not_called_encrypted() {
    let whole = file("libreoffice.xls");
    assert!(matches!(read(&whole[..whole.len() / 2]), Err(ReadError::Damaged(_))));
}

#[test]
fn a_file_may_have_32_mebibytes_and_no_more() {
    let mut text = b"brand,model\n".to_vec();
    text.resize(32 * 1024 * 1024, b'x');
    assert_eq!(read(&text).unwrap().rows.len(), 2);
    text.push(b'x');
    assert_eq!(read(&text), Err(ReadError::TooLarge));
}

/// An archive with a file of that many megabytes of zeros.
fn archive(names: &[&str], megabytes: usize) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in names {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        for _ in 0..megabytes {
            archive.write_all(&vec![b' '; 1024 * 1024]).unwrap();
        }
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn archives_that_unpack_to_far_more_than_a_list_holds_are_refused_unread() {
    let bomb = archive(&["xl/workbook.xml", "xl/worksheets/sheet1.xml"], 150);
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(read(&bomb), Err(ReadError::TooLarge));
    assert_eq!(read(&archive(&["letter.txt"], 0)), Err(ReadError::Unknown));
}

#[test]
fn an_archive_may_have_2_000_files_and_no_more() {
    let names: Vec<String> = (0..=2_000).map(|number| format!("{number}.txt")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(read(&archive(&names[..2_000], 0)), Err(ReadError::Unknown));
    assert_eq!(read(&archive(&names, 0)), Err(ReadError::TooLarge));
}

#[test]
fn a_sheet_that_claims_to_be_huge_is_read_by_its_cells() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, heading) in ["品牌", "型号"].into_iter().enumerate() {
        sheet.write_string(0, column as u16, heading).unwrap();
    }
    sheet.write_string(1_048_575, 16_383, "far away").unwrap();
    sheet.write_string(1_048_575, 0, "苹果").unwrap();
    let table = read(&workbook.save_to_buffer().unwrap()).unwrap();
    let rows: Vec<_> = table.rows.iter().map(|row| (row.number, row.cells.len())).collect();
    assert_eq!(rows, [(1, 2), (1_048_576, 1)]);
}

const HEADINGS: [&str; 6] = ["类型", "品牌", "型号", "容量", "成色", "功能"];

fn cells(row: u32) -> [String; 6] {
    ["手机", "苹果", &format!("iPhone {row}"), "256", "九成新", "正常"].map(str::to_owned)
}

/// A list of that many devices, as CSV and as a workbook.
fn many(rows: u32) -> [Vec<u8>; 2] {
    let mut text = HEADINGS.join(",");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory().unwrap();
    sheet.write_row(0, 0, HEADINGS).unwrap();
    for row in 1..=rows {
        let cells = cells(row);
        text.push('\n');
        text.push_str(&cells.join(","));
        sheet.write_row(row, 0, &cells).unwrap();
    }
    [text.into_bytes(), workbook.save_to_buffer().unwrap()]
}

#[test]
fn fifty_thousand_rows_are_read_and_no_more() {
    let both = many(50_000);
    for bytes in &both {
        let (list, _) = list(&read(bytes).unwrap());
        assert_eq!(list.rows.len(), 50_000);
        let last = list.rows.last().unwrap();
        assert_eq!((last.number, last.request.as_ref().unwrap().model()), (50_001, "iPhone 50000"));
    }
    let [mut text, _] = both;
    text.extend(format!("\n{}", cells(0).join(",")).bytes());
    let table = read(&text).unwrap();
    let headings = table.headings().unwrap();
    let list = DeviceList::from_table(&table, &Mapping::recognise(headings), headings);
    assert_eq!(list.unwrap_err(), ReadError::TooManyRows);
}

#[test]
fn a_list_is_read_in_the_words_that_people_use() {
    /// The function status and the repairs that are sent, or why the function status is invalid.
    type Sent = Result<(&'static str, Option<&'static str>), Problem>;
    let rows: [(&str, &str, Sent); 9] = [
        ("完好", "", Ok(("正常", None))),
        ("Normal", "/", Ok(("正常", Some("无维修")))),
        ("无", "无拆修", Ok(("正常", Some("无维修")))),
        ("/", "", Ok(("正常", None))),
        ("Fully working", "none", Ok(("正常", Some("无维修")))),
        ("换过电池", "", Ok(("正常", Some("换过电池")))),
        ("屏碎，电池不行", "", Ok(("外屏损坏(屏碎)、电池老化(电池不行)", None))),
        ("未知", "", Err(Problem::Unclear)),
        ("闲置", "", Err(Problem::Unclear)),
    ];
    let mut file = "Type,Brand,Model,Capacity,Condition,Function,Repairs\n".to_owned();
    for (function, repairs, _) in rows {
        file += &format!("手机,苹果,iPhone 14 Pro,256GB,九成新,{function},{repairs}\n");
    }
    let (list, _) = list(&read(file.as_bytes()).unwrap());
    for (row, (function, _, expected)) in list.rows.iter().zip(rows) {
        match (&row.request, expected) {
            (Ok(request), Ok((status, repairs))) => {
                assert_eq!(request.function_status().to_string(), status, "{function}");
                assert_eq!(request.repair_history().map(|it| it.word()), repairs, "{function}");
            }
            (Err(Failure::InvalidInput { fields }), Err(problem)) => {
                assert_eq!(fields.iter().map(|it| it.problem).collect::<Vec<_>>(), [problem], "{function}");
            }
            other => panic!("{function}: {other:?}"),
        }
    }
}

#[test]
fn cells_are_bounded_and_their_personal_data_is_not_kept() {
    let file = format!(
        "Type,Brand,Model,Capacity,Condition,Function\n手机,苹果,iPhone 14 Pro,256GB,九成新,转轴松 13800138000\n\
         手机,苹果,{},256GB,九成新,正常\n",
        "x".repeat(100_000)
    );
    let (list, _) = list(&read(file.as_bytes()).unwrap());
    assert_eq!(list.rows[0].form.function_status, "转轴松 …");
    assert_eq!(list.rows[1].form.model.chars().count(), 101, "one more than the field takes");
    let Err(Failure::InvalidInput { fields }) = &list.rows[1].request else { panic!() };
    assert_eq!((fields[0].field, fields[0].problem), (Field::Model, Problem::TooLong));
}

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
    for bytes in [xlsx, ods] {
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
