//! Reports as other programs read them.

#[path = "report/plain.rs"]
mod plain;

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, Reader, Xlsx};
use domain::{Failure, Moment, ProviderName, Quote, QuoteForm};
use serde_json::{Value, json};
use sheet::{Outcome, Remarks, ReportRow, csv, json_lines, xlsx};

use crate::plain::Plain;

fn form(model: &str) -> QuoteForm {
    QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: model.into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    }
}

fn quote() -> Quote {
    serde_json::from_value(json!({
        "id": "0123456789012345678901", "sandbox": true, "source": "partner",
        "device": {
            "device_id": "=D1", "device_type": "手机", "brand": "苹果", "model": "iPhone 14 Pro", "storage": "256GB",
            "ram": null, "spec": null, "condition": "九成新", "condition_score": "9.0", "function_status": "正常",
            "repair_history": null, "purchase_channel": null
        },
        "price": {
            "currency": "CNY", "base": 500_000, "condition_discount": "0.90", "function_deduction": 0,
            "market_coefficient": null, "market_coefficient_estimated": false, "final": 450_055, "consistent": true
        },
        "recycle": [
            {"type": "store", "label": "到店", "store_distance_km": "1.2", "door_time_window": null, "recommended": true},
            {"type": "pickup", "label": "上门", "store_distance_km": null, "door_time_window": "10:00-12:00", "recommended": false}
        ],
        "quality_check": ["屏幕", "电池"],
        "quoted_at": "2025-12-30T14:00:30+08:00", "valid_until": "2025-12-31T14:00:00+08:00"
    }))
    .unwrap()
}

fn rows() -> Vec<ReportRow> {
    let bad =
        QuoteForm { condition: "+很新".into(), storage: String::new(), ..form("=HYPERLINK(\"http://x\")") };
    let failure = bad.parse().unwrap_err();
    let quote = Arc::new(quote());
    [
        (2, form("iPhone 14 Pro"), Outcome::Priced(Arc::clone(&quote))),
        (3, bad, Outcome::Failed(failure)),
        (5, form("@SUM(1)"), Outcome::Failed(Failure::ModelUnknown)),
        (6, form("iPhone 14 Pro"), Outcome::Priced(quote)),
        (7, form("-1"), Outcome::Open),
        // Longer than a cell may be, in characters of two UTF-16 units.
        (8, form(&"📱".repeat(20_000)), Outcome::Open),
    ]
    .map(|(number, form, outcome)| {
        let written_model = (number == 2).then(|| "=iphone14pro".to_owned());
        ReportRow { number, form, written_model, outcome, buyers: Vec::new() }
    })
    .into()
}

fn made_at() -> Moment {
    serde_json::from_str("\"2025-12-30T15:00:00+08:00\"").unwrap()
}

#[test]
fn a_workbook_has_the_result_of_each_row_in_typed_cells() {
    let bytes = xlsx(rows().into_iter(), &Remarks::default(), &Plain, made_at()).unwrap();
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(workbook.sheet_names(), ["Summary", "Rows", "Problems"]);
    let sheet = workbook.worksheet_range("Rows").unwrap();
    let headings: Vec<_> = sheet.headers().unwrap();
    let cell = |row: usize, name: &str| {
        let column = headings.iter().position(|it| it == name).unwrap_or_else(|| panic!("{name}"));
        sheet.get((row, column)).cloned().unwrap_or_default()
    };
    let text = |text: &str| Data::String(text.to_owned());
    let numbers: Vec<_> = (1..=6).map(|row| cell(row, "Row")).collect();
    assert_eq!(numbers, [2.0, 3.0, 5.0, 6.0, 7.0, 8.0].map(Data::Float), "in their order");
    for (name, expected) in [
        ("model", text("iPhone 14 Pro")),
        ("WrittenModel", text("=iphone14pro")),
        ("ram", Data::Empty),
        ("Outcome", text("Priced")),
        ("Price", Data::Float(4500.55)),
        ("Base", Data::Float(5000.0)),
        ("Deduction", Data::Float(0.0)),
        ("Discount", Data::Float(0.9)),
        ("Coefficient", Data::Empty),
        ("Estimated", Data::Bool(false)),
        ("Consistent", Data::Bool(true)),
        ("Score", Data::Float(9.0)),
        ("Spec", Data::Empty),
        ("HandOver", text("到店、上门")),
        ("Distance", Data::Float(1.2)),
        ("Window", text("10:00-12:00")),
        ("Inspection", text("屏幕、电池")),
        ("Source", text("partner")),
        ("SandboxPrice", Data::Bool(true)),
        ("DeviceId", text("=D1")),
    ] {
        assert_eq!(cell(1, name), expected, "{name}");
    }
    let Data::DateTime(quoted_at) = cell(1, "QuotedAt") else { panic!("a date is a date") };
    assert_eq!(quoted_at.to_ymd_hms_milli(), (2025, 12, 30, 14, 0, 30, 0));
    assert_eq!((cell(2, "Outcome"), cell(2, "Reason")), (text("NotPriced"), text("invalid_input")));
    assert_eq!(
        (cell(2, "Price"), cell(5, "Price"), cell(5, "Outcome")),
        (Data::Empty, Data::Empty, text("NotAsked"))
    );
    assert_eq!(cell(2, "WrittenModel"), Data::Empty, "it is the same");
    assert_eq!(cell(6, "model"), text(&"📱".repeat(16_383)));
    assert_eq!(cell(2, "model"), text("=HYPERLINK(\"http://x\")"));
    for name in ["Summary", "Rows", "Problems"] {
        assert!(workbook.worksheet_formula(name).unwrap().is_empty(), "no text became a formula");
    }

    let problems = workbook.worksheet_range("Problems").unwrap();
    let told: Vec<Vec<String>> =
        problems.rows().skip(1).map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(told.len(), 4);
    assert_eq!(told[0][..3], ["3", "model", "=HYPERLINK(\"http://x\")"]);
    assert_eq!(told[1][..3], ["3", "storage", ""]);
    assert_eq!(told[2][..3], ["3", "condition", "+很新"]);
    assert_eq!(told[3][..], ["5", "", "@SUM(1)", "model_unknown", "mend it"]);

    let summary = workbook.worksheet_range("Summary").unwrap();
    let all: Vec<String> = summary.cells().map(|(_, _, cell)| cell.to_string()).collect();
    for expected in ["9001.1", "Sandbox", "Priced", "NotPriced", "NotAsked", "苹果", "Excellent", "Phone"] {
        assert!(all.iter().any(|cell| cell == expected), "{expected} in {all:?}");
    }
}

/// A row with a price, one that waits for an answer, and one with a mistake.
fn waiting_rows() -> Vec<ReportRow> {
    let own_grade = QuoteForm { condition: "A级".into(), ..form("iPhone 13") };
    let failure = own_grade.parse().unwrap_err();
    let row = |number, form, outcome| {
        let buyers = vec![(ProviderName::parse("main").unwrap(), Outcome::Open)];
        ReportRow { number, form, written_model: None, outcome, buyers }
    };
    vec![
        row(2, form("iPhone 14 Pro"), Outcome::Priced(Arc::new(quote()))),
        row(3, own_grade, Outcome::Waiting(failure)),
        row(4, form("?"), Outcome::Failed(Failure::ModelUnknown)),
    ]
}

#[test]
fn a_row_that_waits_for_an_answer_leads_to_the_questions_and_is_no_problem() {
    let bytes = xlsx(waiting_rows().into_iter(), &Remarks::default(), &Plain, made_at()).unwrap();
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let texts = |sheet: &calamine::Range<Data>| -> Vec<Vec<String>> {
        sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    let rows = texts(&workbook.worksheet_range("Rows").unwrap());
    let at = |name: &str| rows[0].iter().position(|it| it == name).unwrap();
    assert_eq!(
        (rows[2][at("Outcome")].as_str(), rows[2][at("Reason")].as_str()),
        ("Waiting", "SeeQuestions")
    );
    assert_eq!((rows[2][at("Price")].as_str(), rows[2][at("main")].as_str()), ("", ""));
    let problems = texts(&workbook.worksheet_range("Problems").unwrap());
    assert_eq!(problems[1..].iter().map(|line| line[0].as_str()).collect::<Vec<_>>(), ["4"]);
    let summary = texts(&workbook.worksheet_range("Summary").unwrap());
    assert!(summary.iter().flatten().any(|cell| cell == "1 rows wait"), "{summary:?}");
    let count = |name: &str| summary.iter().find(|line| line[0] == name).map(|line| line[1].clone());
    assert_eq!((count("Waiting"), count("NotPriced")), (Some("1".into()), Some("1".into())));

    let mut text = Vec::new();
    csv(waiting_rows().into_iter(), &Plain, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    assert!(text.lines().nth(2).unwrap().contains(",Waiting,NotAnswered,"), "it has no sheets: {text}");
}

#[test]
fn programs_find_a_row_that_waits_as_a_failed_one_with_a_mark() {
    let mut out = Vec::new();
    json_lines(waiting_rows().into_iter(), &mut out).unwrap();
    let lines: Vec<Value> =
        String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        (&lines[1]["outcome"], &lines[1]["failure"]["code"]),
        (&json!("failed"), &json!("invalid_input"))
    );
    let marks: Vec<_> = lines.iter().map(|line| line.get("waits_for_answer")).collect();
    assert_eq!(marks, [None, Some(&json!(true)), None]);
}

/// The charts in a workbook.
fn charts(workbook: &[u8]) -> usize {
    let archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    archive.file_names().map(Result::unwrap).filter(|name| name.starts_with("xl/charts/chart")).count()
}

#[test]
fn an_empty_report_has_no_empty_charts() {
    assert_eq!(charts(&xlsx(std::iter::empty(), &Remarks::default(), &Plain, made_at()).unwrap()), 0);
    assert_eq!(charts(&xlsx(rows().into_iter(), &Remarks::default(), &Plain, made_at()).unwrap()), 4);
}

#[test]
fn csv_has_the_same_columns_and_no_formula() {
    let mut out = Vec::new();
    csv(rows().into_iter(), &Plain, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv_reader(text);
    let headings = reader.headers().unwrap().clone();
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    let cell = |row: usize, name: &str| {
        records[row].get(headings.iter().position(|it| it == name).unwrap()).unwrap().to_owned()
    };
    assert_eq!(
        (cell(0, "Price"), cell(0, "Coefficient"), cell(0, "DeviceId")),
        ("4500.55".into(), "".into(), "'=D1".into())
    );
    assert_eq!(cell(0, "QuotedAt"), "2025-12-30T14:00:30+08:00");
    assert_eq!(
        (cell(1, "model"), cell(1, "condition")),
        ("'=HYPERLINK(\"http://x\")".into(), "'+很新".into())
    );
    assert_eq!((cell(2, "model"), cell(4, "model")), ("'@SUM(1)".into(), "'-1".into()));
    assert_eq!(records.len(), 6);
}

fn csv_reader(text: &str) -> ::csv::Reader<&[u8]> {
    ::csv::Reader::from_reader(text.as_bytes())
}

#[test]
fn lines_of_json_have_the_quote_of_the_contract() {
    let mut out = Vec::new();
    json_lines(rows().into_iter(), &mut out).unwrap();
    let lines: Vec<Value> =
        String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|it| it["row"].as_u64().unwrap()).collect::<Vec<_>>(), [2, 3, 5, 6, 7, 8]);
    assert_eq!(lines[0]["quote"], serde_json::to_value(quote()).unwrap());
    assert_eq!(
        (&lines[1]["failure"]["code"], &lines[1]["input"]["condition"]),
        (&json!("invalid_input"), &json!("+很新"))
    );
    assert_eq!((&lines[4]["outcome"], &lines[4]["quote"]), (&json!("open"), &Value::Null));
}
