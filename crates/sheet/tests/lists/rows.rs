//! The rows of a list: which are devices, how many there may be, and what is understood of their words.

use domain::{Failure, Field, NoDevice, Problem};
use rust_xlsxwriter::Workbook;
use sheet::{DeviceList, Mapping, ReadError, read};

use crate::list;

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
fn a_kind_by_itself_is_a_device_only_if_it_is_one_of_ours() {
    let csv = "姓名,品类,型号,容量,成色,功能\n王,手机,iPhone 13,128,95新,正常\n李,门禁卡和钥匙,,,,\n张,苹果手机,,,,\n";
    let (list, _) = list(&read(csv.as_bytes()).unwrap());
    assert_eq!(list.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(list.passed_over.iter().map(|line| line.number).collect::<Vec<_>>(), [3]);
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
