//! Workbooks for tests, written as text: cells by commas, rows by lines.

use std::collections::BTreeMap;

use domain::{QuoteForm, QuoteRequest};
use parking_lot::Mutex;
use pricelist::{Mistakes, PriceList, is_part};
use sheet::{BlankCell, BlankColumn, BlankSheet, Table, blank_workbook, read_sheets};

/// A workbook of these sheets: the name, then its rows. The first row of all is in the first line.
pub(crate) fn book(sheets: &[(&str, &str)]) -> Vec<u8> {
    let cells = |line: &str| -> Vec<BlankCell> {
        line.split(',').map(|cell| BlankCell::Text(cell.trim().to_owned())).collect()
    };
    let sheets: Vec<BlankSheet> = sheets
        .iter()
        .map(|(name, text)| BlankSheet {
            name: (*name).to_owned(),
            above: text.lines().map(cells).collect(),
            columns: vec![BlankColumn::default()],
            rows: Vec::new(),
        })
        .collect();
    blank_workbook(&sheets).unwrap()
}

/// The same, but made once in this process for the same sheets: a workbook also holds the time at which it was made.
pub(crate) fn same_book(sheets: &[(&str, &str)]) -> Vec<u8> {
    static MADE: Mutex<BTreeMap<String, Vec<u8>>> = Mutex::new(BTreeMap::new());
    MADE.lock().entry(format!("{sheets:?}")).or_insert_with(|| book(sheets)).clone()
}

pub(crate) fn sheets(of: &[(&str, &str)]) -> Vec<Table> {
    read_sheets(&book(of), is_part).unwrap()
}

pub(crate) fn parsed(of: &[(&str, &str)]) -> Result<PriceList, Mistakes> {
    PriceList::parse(&sheets(of))
}

/// A list with a price for 九成新, discounts, deductions and repairs.
pub(crate) const DEVICES: &str = "类型 Type,品牌 Brand,型号 Model,容量 Storage,内存 Memory,价格 Price
手机,苹果,iPhone 13,128GB,,3000
手机,苹果,iPhone 13,256GB,,3300
手机,小米,小米 14,256GB,8GB,2600
手机,小米,小米 14,256GB,12GB,2800
笔记本,联想,ThinkPad X1 Carbon Gen 11,512GB,16GB,5800
相机,索尼,Alpha 7 IV,机身,,9600";
pub(crate) const DISCOUNTS: &str = "成色 Grade,比例 Ratio\n全新,110%\n九成新,1\n八成新,0.85\n五成新,30%";
pub(crate) const DEDUCTIONS: &str =
    "故障 Fault,金额 Amount,比例 Percent\n外屏损坏,,15%\n电池老化,300,\n无法开机,,100%";
pub(crate) const REPAIRS: &str = "维修 Repair,金额 Amount,比例 Percent\n更换屏幕,,10%\n更换电池,150,";

pub(crate) fn whole() -> PriceList {
    parsed(&[("价格", DEVICES), ("折扣", DISCOUNTS), ("扣减", DEDUCTIONS), ("维修", REPAIRS)]).unwrap()
}

/// A device that is asked for; `faults` and `repairs` as people write them.
pub(crate) fn device(
    brand: &str,
    model: &str,
    sizes: (&str, &str),
    grade: &str,
    state: (&str, &str),
) -> QuoteRequest {
    let device_type = match brand {
        "联想" => "笔记本",
        "索尼" => "相机",
        _ => "手机",
    };
    let form = QuoteForm {
        device_type: device_type.into(),
        brand: brand.into(),
        model: model.into(),
        storage: sizes.0.into(),
        ram: sizes.1.into(),
        condition: grade.into(),
        function_status: state.0.into(),
        repair_history: state.1.into(),
        ..QuoteForm::default()
    };
    form.parse().unwrap()
}
