//! Lists as companies, dealers, schools and management systems hand them in, and the right reading of each row
//! (`README.md` beside this file). A row that is read otherwise is named by its list and number.

mod expected;
mod judging;
mod reading;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::expected::Reading;
use crate::judging::{Figures, judge, judged};
use crate::reading::read_table;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readings").join(name)
}

/// The figures of all lists of a folder, and what is wrong with them.
fn figures(name: &str) -> (Figures, Vec<String>) {
    of_folder(&folder(name))
}

fn of_folder(folder: &Path) -> (Figures, Vec<String>) {
    let readings = std::fs::read(folder.join("readings.json")).unwrap();
    let readings: BTreeMap<String, Reading> = serde_json::from_slice(&readings).unwrap();
    let (mut all, mut complaints) = (Figures::default(), Vec::new());
    for (list, reading) in readings {
        let bytes = std::fs::read(folder.join(&list)).unwrap();
        let (figures, wrong) = judge(&list, &bytes, &reading);
        println!("{list}: {figures}");
        all.add(figures);
        complaints.extend(wrong);
    }
    println!("{}: {all}", folder.display());
    (all, complaints)
}

#[test]
fn each_row_of_the_given_lists_is_read_as_a_person_of_the_trade_reads_it() {
    let (figures, complaints) = figures("lists");
    assert!(complaints.is_empty(), "{figures}\n{}", complaints.join("\n"));
}

#[test]
fn more_lists_of_these_kinds_are_read_and_none_silently_wrong() {
    let (figures, complaints) = figures("more");
    assert_eq!(figures.silently_wrong, 0, "{}", complaints.join("\n"));
    assert!(complaints.is_empty(), "{figures}\n{}", complaints.join("\n"));
}

#[test]
fn lists_that_were_written_before_they_were_read_are_read_and_none_silently_wrong() {
    let (figures, complaints) = figures("other");
    assert_eq!(figures.silently_wrong, 0, "{}", complaints.join("\n"));
    assert!(complaints.is_empty(), "{figures}\n{}", complaints.join("\n"));
}

#[test]
#[ignore = "reads the folder READINGS, to try lists before they are added here"]
fn lists_of_a_folder_elsewhere() {
    let folder = std::env::var("READINGS").expect("READINGS names a folder with lists and readings.json");
    let (figures, complaints) = of_folder(Path::new(&folder));
    assert!(complaints.is_empty(), "{figures}\n{}", complaints.join("\n"));
}

/// Gives each heading in turn a name that says nothing, and prints what is read otherwise then: what the cells of a
/// column tell without its heading.
#[test]
#[ignore = "prints figures: how much the cells tell where a heading is not known"]
fn columns_without_their_headings() {
    let (mut all, mut headings) = (Figures::default(), 0);
    for folder in ["lists", "more", "other"].map(folder) {
        let readings = std::fs::read(folder.join("readings.json")).unwrap();
        let readings: BTreeMap<String, Reading> = serde_json::from_slice(&readings).unwrap();
        for (list, reading) in readings {
            let Ok(table) = sheet::read(&std::fs::read(folder.join(&list)).unwrap()) else { continue };
            let Some(row) = table.headings().map(|row| row.number) else { continue };
            let at = table.rows.iter().position(|it| it.number == row).unwrap();
            let named = |column: &usize| !table.rows[at].cells[*column].is_empty();
            for column in (0..table.rows[at].cells.len()).filter(named) {
                let mut hidden = table.clone();
                hidden.rows[at].cells[column] = "Feld".into();
                let (figures, wrong) = judged(&list, read_table(&hidden), &reading);
                if !wrong.is_empty() {
                    println!("{list}, {}: {figures}\n    {}", table.rows[at].cells[column], wrong[0]);
                }
                all.add(figures);
                headings += 1;
            }
        }
    }
    println!("{headings} headings: {all}");
}
