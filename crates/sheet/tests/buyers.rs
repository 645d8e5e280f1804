//! Reports of lists that ask several buyers.

#[path = "report/plain.rs"]
mod plain;

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, Reader, Xlsx};
use domain::{
    Device, Failure, Moment, Money, Price, PriceParts, ProviderName, Quote, QuoteForm, QuoteId, Source,
};
use serde_json::{Value, json};
use sheet::{Outcome, Remarks, ReportRow, csv, json_lines, xlsx};

use crate::plain::Plain;

fn form() -> QuoteForm {
    QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    }
}

fn name(text: &str) -> ProviderName {
    ProviderName::parse(text).unwrap()
}

fn made_at() -> Moment {
    serde_json::from_str("\"2025-12-30T15:00:00+08:00\"").unwrap()
}

fn price(provider: &str, yuan: i64) -> Outcome {
    let parts = PriceParts {
        base: None,
        condition_discount: None,
        function_deduction: None,
        market_coefficient: None,
        final_price: Money::from_fen(yuan * 100),
    };
    Outcome::Priced(Arc::new(Quote {
        id: QuoteId::from_random(yuan.unsigned_abs().into()),
        sandbox: false,
        source: Source::Partner,
        provider: name(provider),
        device: Device::new(&form().parse().unwrap(), None, None),
        price: Price::new(parts),
        recycle: Vec::new(),
        quality_check: Vec::new(),
        quoted_at: made_at(),
        valid_until: Some(made_at()),
    }))
}

fn row(number: u32, best: Outcome, others: [Outcome; 3]) -> ReportRow {
    let buyers = ["main", "own", "third"].map(name).into_iter().zip(others).collect();
    ReportRow { number, form: form(), written_model: None, outcome: best, buyers }
}

/// Two rows with a price of two buyers, one with a price of one, and one without any.
fn rows() -> Vec<ReportRow> {
    let none = || Outcome::Failed(Failure::ModelUnknown);
    let down = || Outcome::Failed(Failure::PartnerUnavailable);
    vec![
        row(2, price("own", 500), [price("main", 400), price("own", 500), down()]),
        row(3, price("main", 410), [price("main", 410), price("own", 300), down()]),
        row(4, price("own", 50), [none(), price("own", 50), Outcome::Open]),
        row(5, none(), [none(), none(), down()]),
    ]
}

fn workbook(rows: Vec<ReportRow>) -> Xlsx<Cursor<Vec<u8>>> {
    let bytes = xlsx(rows.into_iter(), &Remarks::default(), &Plain, made_at()).unwrap();
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

#[test]
fn each_row_has_the_best_price_whose_it_is_and_the_price_of_each_buyer() {
    let sheet = workbook(rows()).worksheet_range("Rows").unwrap();
    let headings = sheet.headers().unwrap();
    let first = headings.iter().position(|it| it == "Price").unwrap();
    assert_eq!(headings[first..first + 6], ["Price", "Buyer", "main", "own", "third", "Base"]);
    let cells = |row: usize| -> Vec<String> {
        (first..first + 5).map(|at| sheet.get((row, at)).unwrap_or(&Data::Empty).to_string()).collect()
    };
    assert_eq!(cells(1), ["500", "own", "400", "500", "partner_unavailable"]);
    assert_eq!(cells(2), ["410", "main", "410", "300", "partner_unavailable"]);
    assert_eq!(cells(3), ["50", "own", "model_unknown", "50", ""]);
    assert_eq!(cells(4), ["", "", "model_unknown", "model_unknown", "partner_unavailable"]);
    assert_eq!(sheet.get((1, first + 2)), Some(&Data::Float(400.0)), "a number, to add up");
}

#[test]
fn a_sheet_says_what_all_to_one_and_each_to_the_best_come_to() {
    let mut workbook = workbook(rows());
    assert_eq!(workbook.sheet_names(), ["Summary", "Buyers", "Rows", "Problems"]);
    let sheet = workbook.worksheet_range("Buyers").unwrap();
    let lines: Vec<Vec<String>> =
        sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(lines[0], ["AllToOne", "Takes", "Total", ""]);
    assert_eq!(lines[1], ["main", "2", "810", ""]);
    assert_eq!(lines[2], ["own", "3", "850", ""]);
    assert_eq!(lines[3], ["third", "0", "0", ""]);
    assert_eq!(lines[5], ["EachToTheBest", "Takes", "Total", "Parcels"]);
    assert_eq!(lines[6], ["main, own", "3", "960", "2"]);
    assert_eq!(lines[8][0], "OneParcel");
    let summary = workbook.worksheet_range("Summary").unwrap();
    let all: Vec<String> = summary.cells().map(|(_, _, cell)| cell.to_string()).collect();
    for expected in ["960", "BuyersAsked", "main, own, third"] {
        assert!(all.iter().any(|cell| cell == expected), "{expected} in {all:?}");
    }
}

#[test]
fn with_one_buyer_the_columns_are_as_before_and_the_summary_names_it() {
    let one = || vec![ReportRow { buyers: Vec::new(), ..rows().remove(0) }];
    let mut workbook = workbook(one());
    assert_eq!(workbook.sheet_names(), ["Summary", "Rows"], "nothing is wrong");
    let headings = workbook.worksheet_range("Rows").unwrap().headers().unwrap();
    assert!(!headings.iter().any(|it| it == "Buyer" || it == "own"), "{headings:?}");
    let summary = workbook.worksheet_range("Summary").unwrap();
    assert_eq!(summary.get((3, 0)).map(ToString::to_string), Some("Buyer".into()));
    assert_eq!(summary.get((3, 1)).map(ToString::to_string), Some("own".into()));
    let mut line = Vec::new();
    json_lines(one().into_iter(), &mut line).unwrap();
    let line: Value = serde_json::from_slice(&line).unwrap();
    assert_eq!((line.get("alternatives"), line.get("refused")), (None, None));
}

#[test]
fn csv_and_lines_of_json_have_the_answers_of_all_buyers() {
    let mut text = Vec::new();
    csv(rows().into_iter(), &Plain, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let mut lines = text.lines();
    assert!(lines.next().unwrap().contains(",Price,Buyer,main,own,third,Base,"));
    assert!(lines.next().unwrap().contains(",500.00,own,400.00,500.00,partner_unavailable,"));
    let mut lines = Vec::new();
    json_lines(rows().into_iter(), &mut lines).unwrap();
    let lines: Vec<Value> =
        String::from_utf8(lines).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["quote"]["provider"], "own");
    let others: Vec<_> =
        lines[0]["alternatives"].as_array().unwrap().iter().map(|it| &it["provider"]).collect();
    assert_eq!(others, ["main"]);
    assert_eq!(lines[0]["refused"], json!([{"provider": "third", "code": "partner_unavailable"}]));
    assert_eq!(lines[3]["outcome"], "failed");
    assert_eq!(lines[3]["alternatives"], json!([]));
    assert_eq!(lines[3]["refused"].as_array().unwrap().len(), 3);
}
