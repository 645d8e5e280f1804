use std::sync::Arc;

use domain::{Category, QuoteForm, QuoteRequest, Term, choice};
use sheet::{Answers, DeviceList, Mapping, Outcome, ReportRow, csv, read};

use super::*;
use crate::words::report::ReportWords;

fn is_chinese(text: &str) -> bool {
    text.chars().any(|it| ('\u{4e00}'..='\u{9fff}').contains(&it))
}

fn list(table: &Table) -> Vec<(QuoteForm, Arc<QuoteRequest>)> {
    let headings = table.headings().unwrap();
    let columns = Mapping::of(table, headings);
    let list = DeviceList::answered(table, &columns, headings, &Answers::default(), None).unwrap();
    list.rows.into_iter().map(|row| (QuoteForm::clone(&row.form), row.request.unwrap())).collect()
}

fn report(locale: Locale, list: &[(QuoteForm, Arc<QuoteRequest>)]) -> String {
    let rows = (2..).zip(list).map(|(number, (form, _))| ReportRow {
        number,
        form: form.clone(),
        written_model: None,
        outcome: Outcome::Open,
        buyers: Vec::new(),
    });
    let mut text = Vec::new();
    csv(rows, &ReportWords(locale), &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

#[test]
fn each_word_of_the_trade_is_english_in_an_english_report_and_is_read_back() {
    for category in Category::ALL.iter().copied() {
        for field in Field::OF_A_DEVICE {
            for word in choice(field, Some(category)).words {
                let shown = cell(Locale::en, field, &word);
                assert!(!is_chinese(&shown) && !shown.contains(';'), "{field:?} {word}: {shown}");
                assert_eq!(cell(Locale::zh_CN, field, &word), word);
                if field != Field::Brand {
                    assert_eq!(trade_words(Locale::en, field, &shown), word);
                }
            }
        }
    }
}

#[test]
fn several_faults_are_named_one_by_one_and_own_words_stay() {
    let cells = [
        ("外屏损坏、电池老化", "Outer glass cracked, picture fine; Battery health below 80 %, or swollen"),
        ("外屏损坏(外屏碎裂，显示正常)、进水", "Outer glass cracked, picture fine; Has been wet inside"),
        ("外屏损坏(左上角，很小)、不认卡", "外屏损坏(左上角，很小)、不认卡"),
        ("显示异常", "Dead pixels, stripes or no picture"),
        ("完好", "Everything works"),
        ("battery", "battery"),
        ("不认卡，进水", "不认卡; Has been wet inside"),
        ("cracked screen; no sound", "cracked screen; no sound"),
    ];
    for (text, shown) in cells {
        assert_eq!(cell(Locale::en, Field::FunctionStatus, text), shown);
    }
    assert_eq!(trade_words(Locale::en, Field::FunctionStatus, "不认卡; Has been wet inside"), "不认卡、进水");
    let repairs = "更换屏幕、更换电池";
    assert_eq!(cell(Locale::en, Field::RepairHistory, repairs), "Screen replaced; Battery replaced");
    assert_eq!(trade_words(Locale::en, Field::RepairHistory, "Screen replaced; Battery replaced"), repairs);
}

#[test]
fn a_report_in_either_language_is_the_same_list_again() {
    let text = "类型,品牌,型号,存储,内存,成色,功能,维修,渠道\n\
        手机,苹果,iPhone 13,128,,八成新,显示异常,,官网\n\
        手机,魅族,20 Pro,256,,九成新,账号锁、进水,更换电池,电商平台\n\
        笔记本,联想,小新 Pro 16,512,16,七成新,声音故障,更换屏幕、主板维修,\n\
        相机,佳能,EOS R6,机身,,九五新,正常,无维修,二手\n\
        手机,苹果,iPhone 12,64,,六成新,\"屏碎，电池不行\",换过电池,朋友\n\
        手机,苹果,iPhone 12,64,,六成新,完好,没修过,京东\n\
        手机,苹果,iPhone 12,64,,六成新,正常，换过屏,,\n";
    let rows = list(&read(text.as_bytes()).unwrap());
    let requests =
        |rows: &[(QuoteForm, Arc<QuoteRequest>)]| rows.iter().map(|it| it.1.clone()).collect::<Vec<_>>();
    assert_eq!(rows.len(), 7);
    for locale in language::all().iter().copied() {
        let report = report(locale, &rows);
        let again = list(&of_a_report(read(report.as_bytes()).unwrap()));
        assert_eq!(requests(&again), requests(&rows), "{report}");
    }
    let english = report(Locale::en, &rows[1..4]);
    assert!(
        english.contains("An account or lock is still active; Has been wet inside,Battery replaced,"),
        "{english}"
    );
    assert!(english.contains("Camera,Canon,EOS R6,,Body only,,Like new,Everything works,"), "{english}");
}

#[test]
fn another_list_with_such_headings_stays_as_it_is() {
    let text =
        "Type,Brand,Model,Storage,Condition,Function\nPhone,Apple,iPhone 13,128,Good,Has been wet inside\n";
    let table = read(text.as_bytes()).unwrap();
    assert_eq!(of_a_report(table.clone()), table);
}
