//! Malicious files are refused with a message and do no harm.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::house::{House, TOKEN};
use crate::lists::{list, send};

fn archive(files: &[(&str, String)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// An Excel workbook with these shared strings and this sheet.
fn workbook(strings: &str, rows: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let link = |id: u32, kind: &str, target: &str| {
        format!("<Relationship Id=\"r{id}\" Type=\"{KINDS}/{kind}\" Target=\"{target}\"/>")
    };
    let links =
        link(1, "worksheet", "worksheets/sheet1.xml") + &link(2, "sharedStrings", "sharedStrings.xml");
    let sheet = "<sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets>";
    let root = link(1, "officeDocument", "xl/workbook.xml");
    archive(&[
        ("_rels/.rels", format!("<Relationships xmlns=\"{LINKS}\">{root}</Relationships>")),
        ("xl/workbook.xml", format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{KINDS}\">{sheet}</workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships xmlns=\"{LINKS}\">{links}</Relationships>")),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{MAIN}\" {strings}</sst>")),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ])
}

/// A LibreOffice table with these rows.
fn table(rows: &str) -> Vec<u8> {
    let names = ["office", "table", "text"]
        .map(|name| format!("xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\""))
        .join(" ");
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".into()),
        ("META-INF/manifest.xml", "<manifest/>".into()),
        (
            "content.xml",
            format!(
                "<office:document-content {names}><office:body><office:spreadsheet>\
                 <table:table table:name=\"a\">{rows}</table:table>\
                 </office:spreadsheet></office:body></office:document-content>"
            ),
        ),
    ])
}

const TOO_LARGE: &str = "the file is larger than 32 MiB, or would unpack";

#[tokio::test]
async fn a_file_that_would_take_all_memory_takes_none_of_the_servers() {
    let house = House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await;
    let long = format!("uniqueCount=\"1\"><si><t>{}</t></si>", "x".repeat(32_000));
    let everywhere: String = (1..=3_000)
        .map(|row| {
            let cells: String = ["A", "B", "C"]
                .iter()
                .map(|column| format!("<c r=\"{column}{row}\" t=\"s\"><v>0</v></c>"))
                .collect();
            format!("<row r=\"{row}\">{cells}</row>")
        })
        .collect();
    let wide = "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\" \
                table:number-columns-repeated=\"16384\"/></table:table-row>";
    let deep = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell \
                office:value-type=\"string\" office:string-value=\"x\" table:number-columns-repeated=\"90\"/>\
                </table:table-row>";
    let bombs = [
        ("says-it-is-huge.xlsx", TOO_LARGE, workbook("uniqueCount=\"900000000000\"><si><t>x</t></si>", "")),
        // Cells are cut, so this one becomes small, and it is not a list.
        ("one-text-everywhere.xlsx", "no headings were recognised", workbook(&long, &everywhere)),
        ("wide.ods", TOO_LARGE, table(&wide.repeat(4_000))),
        ("deep.ods", TOO_LARGE, table(deep)),
    ];
    for (name, refusal, bomb) in bombs {
        assert!(bomb.len() < 200_000, "{name} is small");
        let answer = send(&house, name, &bomb).await;
        let (status, text) = (answer.status().as_u16(), answer.text().await.unwrap());
        assert!(matches!(status, 413 | 422), "{name}: {status}");
        let problem = text.split("id=\"problem\"").nth(1).unwrap_or_default();
        let problem: String = problem.chars().take(200).collect();
        assert!(problem.contains(refusal), "{name}: {problem}");
    }
    // The server goes on as before.
    assert_eq!(send(&house, "list.csv", list(1).as_bytes()).await.status().as_u16(), 303);
}
