//! Files that are not lists, are damaged or are too large.

use std::io::Write;

use sheet::{Foreign, ReadError, read};

use crate::file;

#[test]
fn a_file_that_is_known_and_not_read_is_refused_by_what_it_is() {
    for (bytes, format) in [
        (&b"<html><body><table><tr><td>x</td></tr></table></body></html>"[..], Foreign::WebPage),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nx", Foreign::WebPage),
        (b"%PDF-1.7\nx", Foreign::Pdf),
        (&archive(&["word/document.xml"], 0), Foreign::Document),
        (&archive(&["Index/Document.iwa"], 0), Foreign::Numbers),
    ] {
        assert_eq!(read(bytes), Err(ReadError::Foreign(format)));
    }
}

#[test]
fn a_file_with_a_password_is_refused_as_encrypted() {
    assert_eq!(read(&file("password.xlsx")), Err(ReadError::Encrypted));
}

#[test]
fn a_damaged_file_neither_panics_nor_passes_for_a_list() {
    for name in [
        "libreoffice.xlsx",
        "libreoffice.xls",
        "libreoffice.ods",
        "openpyxl.xlsx",
        "password.xlsx",
        "chinese.csv",
    ] {
        let whole = file(name);
        for length in (0..whole.len()).step_by(whole.len() / 40 + 1) {
            let _ = read(&whole[..length]);
            let mut flipped = whole.clone();
            flipped[length] ^= 0x55;
            let _ = read(&flipped);
        }
        if !name.ends_with("csv") {
            assert!(read(&whole[..whole.len() / 2]).is_err(), "{name}");
        }
    }
    assert_eq!(read(b""), Err(ReadError::Empty));
    assert_eq!(read(b"\n\n , \n"), Err(ReadError::Empty));
    assert_eq!(read(b"%PDF-1.7\0\x01"), Err(ReadError::Foreign(Foreign::Pdf)));
    assert_eq!(read(&vec![b'x'; 33 * 1024 * 1024]), Err(ReadError::TooLarge));
}

#[test]
fn a_damaged_workbook_without_a_password_is_not_called_encrypted() {
    let whole = file("libreoffice.xls");
    assert!(matches!(read(&whole[..whole.len() / 2]), Err(ReadError::Damaged(_))));
}

#[test]
fn a_file_may_have_32_mebibytes_and_no_more() {
    let mut text = b"brand,model\n".to_vec();
    text.resize(32 * 1024 * 1024, b'x');
    assert_eq!(read(&text).unwrap().rows.len(), 2);
    text.push(b'x');
    assert_eq!(read(&text), Err(ReadError::TooLarge));
}

/// An archive with a file of that many megabytes of zeros.
fn archive(names: &[&str], megabytes: usize) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in names {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        for _ in 0..megabytes {
            archive.write_all(&vec![b' '; 1024 * 1024]).unwrap();
        }
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn archives_that_unpack_to_far_more_than_a_list_holds_are_refused_unread() {
    let bomb = archive(&["xl/workbook.xml", "xl/worksheets/sheet1.xml"], 150);
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(read(&bomb), Err(ReadError::TooLarge));
    assert_eq!(read(&archive(&["letter.txt"], 0)), Err(ReadError::Unknown));
}

#[test]
fn an_archive_may_have_2_000_files_and_no_more() {
    let names: Vec<String> = (0..=2_000).map(|number| format!("{number}.txt")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(read(&archive(&names[..2_000], 0)), Err(ReadError::Unknown));
    assert_eq!(read(&archive(&names, 0)), Err(ReadError::TooLarge));
}
