//! Columns of the grade, of what works, and of repairs.

use super::{columns, table};
use crate::headings::*;

#[test]
fn a_column_that_counts_issues_names_no_faults() {
    let table = table(&[&["Title", "Issues"], &["iPad 9th gen 64GB", "141"], &["iPad mini 6", "38"]]);
    let headings = table.headings().unwrap();
    assert_eq!(Mapping::of(&table, headings).written(&table.rows[1]).form.function_status, "");
}

#[test]
fn a_one_among_shares_of_one_is_all_of_it() {
    let table = table(&[&["型号", "成新率"], &["iPhone 13", "0.9"], &["iPhone 15", "1"]]);
    let headings = table.headings().unwrap();
    let mapping = Mapping::of(&table, headings);
    assert_eq!(mapping.written(&table.rows[2]).form.condition, "100%");
}

#[test]
fn a_column_that_tells_faults_by_its_cells_alone_is_read_as_remarks() {
    let table = table(&[
        &["型号", "成色", "处置原因"],
        &["iPhone 13", "9成新", "电池鼓包"],
        &["iPhone 12", "8成新", "项目停用，设备正常"],
        &["iPhone 11", "8成新", "屏碎"],
    ]);
    let headings = table.headings().unwrap();
    let mapping = Mapping::of(&table, headings);
    assert!(mapping.columns().all(|(field, _)| field != Field::FunctionStatus));
    assert_eq!(mapping.written(&table.rows[3]).notes, "屏碎");
}

#[test]
fn the_charge_of_a_battery_says_nothing_of_its_health() {
    let table = table(&[&["Model", "Batt level now"], &["iPhone 13", "52%"], &["iPhone 12", "60%"]]);
    let mapping = Mapping::of(&table, table.headings().unwrap());
    assert_eq!(mapping.written(&table.rows[1]).battery, "");
}

#[test]
fn a_fault_counts_in_a_column_that_is_not_known() {
    let table = table(&[
        &["型号", "成色", "功能", "领用"],
        &["iPhone 13", "9成新", "正常", "市场部"],
        &["iPhone 12", "9成新", "正常", "维修部"],
        &["iPhone 12", "9成新", "正常", "财务部"],
        &["iPhone 11", "8成新", "正常", "屏碎"],
        &["iPhone 11", "8成新", "正常", "研发部"],
    ]);
    let mapping = Mapping::of(&table, table.headings().unwrap());
    let notes: Vec<String> = table.rows[1..].iter().map(|row| mapping.written(row).notes).collect();
    assert_eq!(notes, ["", "", "", "屏碎", ""]);
}

#[test]
fn a_yes_below_what_works_says_that_it_works() {
    for heading in ["Working Status", "Test Result", "功能状况"] {
        let table = table(&[&["Model", heading], &["iPhone 13", "Y"], &["iPhone 12", "N - cracked screen"]]);
        let mapping = Mapping::of(&table, table.headings().unwrap());
        let says = |row: usize| mapping.written(&table.rows[row]).form.function_status;
        assert_eq!([says(1), says(2)], ["works", "cracked screen"], "{heading}");
    }
}

#[test]
fn a_yes_below_faults_and_tests_of_them_does_not_say_that_it_works() {
    for heading in ["Damage / Repair", "故障检测", "Fault test result"] {
        let table = table(&[&["Model", heading], &["iPhone 13", "Yes"], &["iPhone 12", "No"]]);
        let mapping = Mapping::of(&table, table.headings().unwrap());
        assert_ne!(mapping.written(&table.rows[1]).form.function_status, "works", "{heading}");
    }
}

#[test]
fn parts_that_are_the_first_ones_are_not_tested_by_that() {
    let table = table(&[
        &["型号", "成色", "屏幕", "摄像头", "后盖"],
        &["iPhone 13", "9成新", "原装", "原装", "原装"],
        &["iPhone 12", "9成新", "正常", "正常", "原装"],
    ]);
    let mapping = Mapping::of(&table, table.headings().unwrap());
    let notes: Vec<String> = table.rows[1..].iter().map(|row| mapping.written(row).notes).collect();
    assert_eq!(notes, ["", "功能正常"]);
}

#[test]
fn a_question_for_faults_is_the_function_of_a_list_that_has_no_other_column_for_it() {
    for (heading, is_it) in [("有没有坏的地方", true), ("Issue date", false), ("损坏日期", false)]
    {
        let found = columns(&[&["Model", heading], &["iPhone 13", ""], &["iPhone 12", ""]]);
        assert_eq!(found.contains(&(Field::FunctionStatus, 1)), is_it, "{heading}");
    }
}

#[test]
fn numbers_are_grades_below_the_words_for_a_grade() {
    for (heading, cells) in [
        ("Body", ["0.9", "0.85"]),
        ("自评几成新", ["80%", "90%"]),
        ("Condition score", ["9", "7"]),
        ("Overall state", ["8", "7"]),
    ] {
        let found = columns(&[&["Model", heading], &["iPhone 13", cells[0]], &["iPhone 12", cells[1]]]);
        assert!(found.contains(&(Field::Condition, 1)), "{heading}");
    }
}

#[test]
fn a_part_below_a_heading_of_repairs_is_a_repair() {
    for (heading, is_it) in [("Serviced / replaced", true), ("拆修过没有", true), ("To be replaced", false)]
    {
        let found = columns(&[&["Model", heading], &["iPhone 13", "Battery (2024)"], &["iPhone 12", ""]]);
        assert_eq!(found.contains(&(Field::RepairHistory, 1)), is_it, "{heading}");
    }
}

#[test]
fn a_tick_below_a_grade_says_that_grade() {
    let table = table(&[
        &["型号", "95新", "9成新", "8成新"],
        &["iPhone 13", "", "√", ""],
        &["iPhone 12", "√", "", ""],
        &["iPhone 11", "√", "√", ""],
        &["iPhone XR", "", "", ""],
    ]);
    let mapping = Mapping::of(&table, table.headings().unwrap());
    let grades: Vec<String> = table.rows[1..].iter().map(|row| mapping.written(row).form.condition).collect();
    assert_eq!(grades, ["9成新", "95新", "95新、9成新", ""]);
}
