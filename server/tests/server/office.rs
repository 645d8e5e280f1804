//! The report, read by another program.

use std::fs;
use std::path::Path;

use sheet::Table;
use tokio::process::Command;

use crate::batch::{Desk, HEADINGS, list};

/// Makes LibreOffice write each sheet of a workbook as text, with raw values instead of formatted ones.
async fn sheets(workbook: &Path, folder: &Path) -> Vec<Table> {
    let format = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", format, "--outdir"])
        .args([folder, workbook])
        .output()
        .await
        .expect("LibreOffice is there: scripts/bootstrap installs it");
    assert!(run.status.success(), "{run:?}");
    ["Summary", "Questions", "Rows", "Problems"]
        .iter()
        .map(|name| sheet::read(&fs::read(folder.join(format!("report-{name}.csv"))).unwrap()).unwrap())
        .collect()
}

/// Whether two texts mean the same: numbers are compared by value, times by the time of day in UTC+8.
fn same(theirs: &str, ours: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    if let (Some(theirs), Some(ours)) = (number(theirs), number(ours)) {
        return (theirs - ours).abs() < 1e-9;
    }
    match ours.strip_suffix("+08:00") {
        Some(time) => theirs == time.replace('T', " "),
        None => theirs.eq_ignore_ascii_case(ours),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn libreoffice_reads_each_cell_as_it_was_meant() {
    let desk = Desk::open(sandbox::Faults::default()).await;
    // A second report is compared, so that both contain the same quotes.
    let odd = ["=1+1", "+49 30", "-5", "@SUM(A1)", "SANDBOX-UNKNOWN", "SANDBOX-NO-COEFFICIENT"];
    let odd = odd.map(|model| format!("9,手机,苹果,{model},256,九成新,正常\n")).concat();
    let laptop = "9,笔记本,苹果,\"MacBook, \"\"Air\"\"\",512,很新,正常\n";
    fs::write(desk.file("list.csv"), list(20) + &odd + laptop).unwrap();
    assert!(list(1).starts_with(HEADINGS));
    for report in ["report.xlsx", "report.csv"] {
        let (code, said) = desk.run(&["list.csv", "-o", report]).await;
        assert_eq!(code, Some(1), "{said}");
    }
    let read = sheets(&desk.file("report.xlsx"), desk.folder()).await;
    let ours = sheet::read(&fs::read(desk.file("report.csv")).unwrap()).unwrap();
    let [summary, questions, rows, problems] = &read[..] else { panic!("four sheets") };
    assert_eq!(rows.rows.len(), 1 + 40 + 6 + 1);
    assert_eq!(rows.rows.len(), ours.rows.len());
    for (theirs, ours) in rows.rows.iter().zip(&ours.rows) {
        assert_eq!(theirs.cells.len(), ours.cells.len(), "{theirs:?} {ours:?}");
        for (heading, (theirs, ours)) in rows.rows[0].cells.iter().zip(theirs.cells.iter().zip(&ours.cells)) {
            // Only a workbook has the sheet that it leads to.
            if heading == "Reason" && theirs == "see the sheet “Questions”" {
                assert_eq!(ours, "Its question is not answered yet");
                continue;
            }
            // CSV marks text by an apostrophe.
            let ours = ours.strip_prefix('\'').unwrap_or(ours);
            assert!(same(theirs, ours), "{theirs:?} is not {ours:?}");
        }
    }
    let price = rows.rows[0].cells.iter().position(|heading| heading == "Price (CNY)").unwrap();
    let prices = rows.rows[1..].iter().filter_map(|row| row.cells.get(price)?.parse::<f64>().ok());
    let total = summary.rows.iter().find(|row| row.cells[0] == "Worth together (CNY)").unwrap();
    assert!(same(&total.cells[1], &format!("{:.2}", prices.sum::<f64>())), "{total:?}");
    let told: Vec<_> = problems.rows[1..].iter().map(|row| row.cells[2].as_str()).collect();
    assert_eq!(told, ["@SUM(A1)", "SANDBOX-UNKNOWN"]);
    let asked: Vec<_> = questions.rows[1..].iter().map(|row| row.cells[0].as_str()).collect();
    for value in ["“=1+1”", "“+49 30”", "“-5”", "“很新”"] {
        assert!(asked.iter().any(|text| text.contains(value)), "{value:?} is not in {asked:?}");
    }
}
