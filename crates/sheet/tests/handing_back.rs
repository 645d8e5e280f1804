//! The sheet of questions: written into a report, filled in by another program, and read back.

#[path = "report/plain.rs"]
mod plain;

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use domain::{Field, Moment};
use rust_xlsxwriter::Workbook;
use sheet::{
    Answers, DeviceList, Mapping, QuestionId, Remarks, Source, Table, handed_back, questions_csv, read, xlsx,
};

use crate::plain::Plain;

const LIST: &str = "品类,品牌型号,成色,功能\n手机,苹果 iPhone 13 128G,A级,正常\n手机,苹果 iPhone 12 64G,85新,市场部\n合计,2,,\n";

fn table() -> Table {
    read(LIST.as_bytes()).unwrap()
}

fn list(answers: &Answers) -> DeviceList {
    let table = table();
    let headings = table.headings().unwrap();
    DeviceList::answered(&table, &Mapping::of(&table, headings), headings, answers, None).unwrap()
}

fn made_at() -> Moment {
    serde_json::from_str("\"2025-12-30T15:00:00+08:00\"").unwrap()
}

fn report(answers: &Answers) -> Vec<u8> {
    xlsx(std::iter::empty(), &Remarks::of(&list(answers)), &Plain, made_at()).unwrap()
}

/// The report as a spreadsheet program saves it after a person has answered the question about each text.
fn filled(report: &[u8], answers: &[(&str, &str)]) -> Vec<u8> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(report)).unwrap();
    let mut saved = Workbook::new();
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).unwrap();
        let sheet = saved.add_worksheet();
        sheet.set_name(&name).unwrap();
        for (row, cells) in (0..).zip(range.rows()) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Data::Float(number) => sheet.write_number(row, column, *number).map(|_| ()).unwrap(),
                    cell => sheet.write_string(row, column, cell.to_string()).map(|_| ()).unwrap(),
                }
            }
            let asked = cells.first().map(ToString::to_string).unwrap_or_default();
            if let Some((_, answer)) = answers.iter().find(|(text, _)| asked.ends_with(&format!("{text}?"))) {
                sheet.write_string(row, 1, *answer).unwrap();
            }
        }
    }
    saved.save_to_buffer().unwrap()
}

fn answered(file: &[u8]) -> Answers {
    let mut answers = Answers::default();
    for it in handed_back(file, &["Answer".to_owned()]).unwrap() {
        answers.set(it.id, Source::Person, &it.text);
    }
    answers
}

#[test]
fn a_report_asks_its_questions_in_a_sheet_and_names_what_is_not_quoted() {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(report(&Answers::default()))).unwrap();
    assert_eq!(workbook.sheet_names(), ["Summary", "Questions", "Rows", "NotQuoted", "choices"]);
    let sheet = workbook.worksheet_range("Questions").unwrap();
    let line: Vec<String> = sheet.rows().nth(1).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(line[0], "condition A级?");
    assert_eq!(line[3..6], ["1", "2", "手机 · 苹果 iPhone 13 128G · A级 · 正常"]);
    assert_eq!(line[6], QuestionId::of(Field::Condition, "a 级", "").as_str());
    let below: Vec<String> = sheet.rows().rev().take(2).map(|row| row[0].to_string()).collect();
    assert_eq!(below, ["HandInCommand", "HandInPage"], "how to hand it in");
    let others = workbook.worksheet_range("NotQuoted").unwrap();
    let other: Vec<String> = others.rows().nth(1).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(other, ["4", "合计 · 2", "Total"]);
    // The words of the drop-downs are those of the questions.
    let choices = workbook.worksheet_range("choices").unwrap();
    assert_eq!(choices.get((0, 0)).unwrap().to_string(), "全新");
}

#[test]
fn a_sheet_that_was_filled_in_answers_the_list() {
    let said = [("A级", "九成新"), ("85新", "八成新"), ("市场部", "不报价")];
    let file = filled(&report(&Answers::default()), &said);
    let told = list(&answered(&file));
    assert_eq!(told.rows.len(), 1);
    assert_eq!(told.rows[0].request.as_ref().unwrap().grade().score().to_string(), "9.0");
    assert_eq!(told.questions.open().count(), 0);
    // The next report has the answers, to be changed.
    let again = filled(&report(&answered(&file)), &[("A级", "全新")]);
    assert_eq!(list(&answered(&again)).rows[0].form.condition, "全新");
}

#[test]
fn an_answer_is_named_by_its_sheet_and_cell() {
    let file = filled(&report(&Answers::default()), &[("85新", "very nice")]);
    let all = handed_back(&file, &["Answer".to_owned()]).unwrap();
    let wrong = all.iter().find(|it| it.text == "very nice").unwrap();
    assert_eq!((wrong.sheet.as_deref(), wrong.cell.as_str()), (Some("Questions"), "B3"));
    let mut answers = Answers::default();
    answers.set(wrong.id.clone(), Source::Person, &wrong.text);
    assert!(!list(&answers).questions.get(&wrong.id).unwrap().given.as_ref().unwrap().is_allowed);
}

#[test]
fn questions_as_csv_are_answered_too() {
    let mut text = Vec::new();
    questions_csv(&Remarks::of(&list(&Answers::default())), &Plain, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let filled = text.replace("condition A级?,", "condition A级?,九成新");
    assert_ne!(text, filled);
    assert_eq!(list(&answered(filled.as_bytes())).questions.open().count(), 2);
    assert_eq!(handed_back(LIST.as_bytes(), &["Answer".to_owned()]).unwrap(), [], "a list has no answers");
}
