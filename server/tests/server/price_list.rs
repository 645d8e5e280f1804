//! `tradein pricelist`: the template, what a check says of lists, and programs that read it.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn pricelist(folder: &Path, arguments: &[&str], language: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tradein"))
        .arg("pricelist")
        .args(arguments)
        .env_clear()
        .env("LANG", language)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_template_is_a_list_that_the_check_accepts_with_worked_prices() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, file) in [
        (&["template"] as &[_], "price-list.xlsx"),
        (&["template", "grades.xlsx", "--by-grade"], "grades.xlsx"),
    ] {
        let written = pricelist(folder.path(), arguments, "en_GB.UTF-8");
        assert!(
            written.status.success() && text(&written.stderr).contains(file),
            "{}",
            text(&written.stderr)
        );
        let checked = pricelist(folder.path(), &["check", file], "en_GB.UTF-8");
        let said = text(&checked.stdout);
        assert!(checked.status.success(), "{said}{}", text(&checked.stderr));
        assert!(
            said.starts_with("✓ 5 models, 5 devices, 35 prices\n\n苹果 iPhone 14 Pro 256GB 全新: ¥"),
            "{said}"
        );
        assert_eq!(said.lines().count(), 7, "{said}");
    }
    let again = pricelist(folder.path(), &["template"], "zh_CN.UTF-8");
    assert_eq!(again.status.code(), Some(1), "a list that was filled in is not written over");
    assert!(text(&again.stderr).contains("price-list.xlsx is there already"), "{}", text(&again.stderr));
}

#[test]
fn a_list_in_the_dealers_own_words_for_grades_is_checked_with_these() {
    let folder = tempfile::tempdir().unwrap();
    let csv = "类型,品牌,型号,容量,A,B\n手机,苹果,iPhone 13,128GB,3000,2700\n";
    std::fs::write(folder.path().join("own.csv"), csv).unwrap();
    let english = "en_GB.UTF-8";
    let without = pricelist(folder.path(), &["check", "own.csv"], english);
    assert!(text(&without.stdout).contains("✗ E1: the column \"A\" is not known"), "by cell");
    let words = ["check", "own.csv", "--grade", "九成新=A", "--grade", "八成新=B"];
    let with = pricelist(folder.path(), &words, english);
    let said = text(&with.stdout);
    assert!(with.status.success() && said.starts_with("✓ 1 model, 1 device, 2 prices"), "{said}");
    let wrong = pricelist(folder.path(), &["check", "own.csv", "--grade", "nice=A"], english);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("--grade nice: one of 全新, "), "{}", text(&wrong.stderr));
}

#[test]
fn what_is_wrong_is_told_by_cell_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let csv = "类型,品牌,型号,容量,九成新,八成新\n手机,苹果,iPhone 13,128GB,三千,2700\n手机,苹果,iphone13,128G,3000,\n";
    std::fs::write(folder.path().join("list.csv"), csv).unwrap();
    for (language, first, last, end) in [
        (
            "en_GB.UTF-8",
            "✗ E2: \"三千\" is no amount",
            "✗ C3: C2 says the same before",
            "list.csv: 2 mistakes in 3 rows",
        ),
        ("zh_CN.UTF-8", "✗ E2：“三千”不是金额", "✗ C3：与 C2 重复", "list.csv：3 行中有 2 处错误"),
    ] {
        let checked = pricelist(folder.path(), &["check", "list.csv"], language);
        let (said, told) = (text(&checked.stdout), text(&checked.stderr));
        assert_eq!(checked.status.code(), Some(1), "{said}");
        let lines: Vec<_> = said.lines().collect();
        assert!(lines.len() == 2 && lines[0].starts_with(first) && lines[1] == last, "{said}");
        assert!(told.contains(end), "{told}");
    }
}

#[test]
fn programs_get_json() {
    let folder = tempfile::tempdir().unwrap();
    let read = |csv: &str| {
        std::fs::write(folder.path().join("list.csv"), csv).unwrap();
        let checked = pricelist(folder.path(), &["check", "list.csv", "--json"], "en_GB.UTF-8");
        let json: Value = serde_json::from_slice(&checked.stdout).unwrap();
        (checked.status.code(), json)
    };
    let headings = "生效日期,2026-01-31\n类型,品牌,型号,容量,九成新\n";
    let (code, wrong) = read(&format!("{headings}手机,苹果,iPhone 13,128GB,0\n"));
    assert_eq!((code, &wrong["ok"], &wrong["count"]), (Some(1), &Value::Bool(false), &1.into()));
    let mistake = &wrong["mistakes"][0];
    assert_eq!(
        (&mistake["sheet"], &mistake["cell"], &mistake["code"]),
        (&Value::Null, &"E3".into(), &"no_amount".into())
    );
    let (code, right) = read(&format!("{headings}手机,苹果,iPhone 13,128GB,\"¥3,000\"\n"));
    assert_eq!(
        (code, &right["ok"], &right["valid_from"]),
        (Some(0), &Value::Bool(true), &"2026-01-31".into())
    );
    let example = &right["examples"][0];
    assert_eq!((&example["final"], &example["device"]["model"]), (&300_000.into(), &"iPhone 13".into()));
    assert_eq!(right["remarks"].as_array().unwrap().len(), 3, "{right}");
}

#[test]
fn a_file_that_is_no_list_and_one_that_is_not_there_fail_in_a_line() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("page.xlsx"), "<html><table><tr><td>x</td></tr></table></html>")
        .unwrap();
    for (file, end) in [("page.xlsx", "page.xlsx: "), ("none.xlsx", "none.xlsx cannot be read")] {
        let checked = pricelist(folder.path(), &["check", file], "en_GB.UTF-8");
        let told = text(&checked.stderr);
        assert_eq!((checked.status.code(), told.lines().count()), (Some(1), 1), "{told}");
        assert!(told.contains(end), "{told}");
    }
}
