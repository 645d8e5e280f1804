//! Rows that a spreadsheet does not show, on the operator's page and at the command line.

use std::io::{Cursor, Write};

use sandbox::Faults;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::batch::Desk;
use crate::house::{House, TOKEN};
use crate::lists::{page, press, send};

/// A workbook of LibreOffice with three phones, of which a filter hides one.
fn workbook() -> Vec<u8> {
    let row = |attributes: &str, cells: [&str; 5]| {
        let cells = cells.map(|text| {
            format!(
                r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
            )
        });
        format!("<table:table-row{attributes}>{}</table:table-row>", cells.concat())
    };
    let phone = |model| ["苹果", model, "128GB", "九成新", "正常"];
    let rows = [
        row("", ["品牌", "型号", "存储容量", "成色", "功能状态"]),
        row("", phone("iPhone 13")),
        row(r#" table:visibility="filter""#, phone("iPhone 14")),
        row("", phone("iPhone 14 Pro")),
    ];
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="A">{}</table:table></office:spreadsheet></office:body></office:document-content>"#,
        rows.concat()
    );
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = r#"<manifest:manifest xmlns:manifest="m"/>"#;
    for (name, text) in [("mimetype", kind), ("content.xml", &content), ("META-INF/manifest.xml", manifest)] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[tokio::test]
async fn the_page_counts_hidden_rows_and_leaves_them_out_when_told() {
    let house = House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await;
    let answer = send(&house, "list.ods", &workbook()).await;
    let draft = answer.headers()["location"].to_str().unwrap().to_owned();
    let all = page(&house, &draft).await;
    assert!(
        all.contains("1 row hidden or filtered out in the file: quoted too") && all.contains("iPhone 14<"),
        "{all}"
    );
    let without = press(&house, &draft, "leave_hidden_out").await;
    let seen = page(&house, &without).await;
    assert!(seen.contains("1 row hidden or filtered out in the file: left out"), "{seen}");
    assert!(seen.contains("iPhone 14 Pro<") && !seen.contains("iPhone 14<"), "{seen}");
    // As a list it is another one than with all rows.
    press(&house, &without, "keep").await;
    let answer = send(&house, "list.ods", &workbook()).await;
    let again = answer.headers()["location"].to_str().unwrap().to_owned();
    assert!(!page(&house, &again).await.contains("This file is a list already"));
    let without = press(&house, &again, "leave_hidden_out").await;
    assert!(page(&house, &without).await.contains("This file is a list already"));
    let all = press(&house, &without, "quote_hidden").await;
    assert!(page(&house, &all).await.contains("quoted too"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_counts_hidden_rows_and_leaves_them_out_when_told() {
    let desk = Desk::open(Faults::default()).await;
    std::fs::write(desk.file("list.ods"), workbook()).unwrap();
    let rows = || std::fs::read_to_string(desk.file("report.jsonl")).unwrap().lines().count();
    let (code, said) = desk.run(&["list.ods", "-o", "report.jsonl"]).await;
    assert_eq!((code, rows()), (Some(0), 3), "{said}");
    assert!(
        said.contains("1 row hidden or filtered out in the file: quoted too")
            && said.contains("--without-hidden"),
        "{said}"
    );
    let (code, said) = desk.run(&["list.ods", "-o", "report.jsonl", "--without-hidden"]).await;
    assert_eq!((code, rows()), (Some(0), 2), "{said}");
    assert!(said.contains("1 row hidden or filtered out in the file: left out"), "{said}");
}
