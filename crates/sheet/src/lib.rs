//! Reads device lists from spreadsheets and CSV, and writes reports. It works on bytes: files and networks
//! belong to the caller.
//!
//! ```
//! use sheet::{DeviceList, Mapping, read};
//!
//! let csv = "品类,品牌,型号,存储,成色,功能\n手机,苹果,iPhone 14 Pro,256,九成新,正常\n";
//! let table = read(csv.as_bytes())?;
//! let headings = table.headings().expect("the first row has known headings");
//! let list = DeviceList::from_table(&table, &Mapping::of(&table, headings), headings)?;
//!
//! let request = list.rows[0].request.as_ref().expect("the row is valid");
//! assert_eq!((request.model(), request.storage()), ("iPhone 14 Pro", "256GB"));
//! # Ok::<(), sheet::ReadError>(())
//! ```

// A new member of a closed list must be a compile error wherever it matters.
#![warn(clippy::wildcard_enum_match_arm)]

mod answers;
mod archive;
mod asking;
mod blank;
mod cell_name;
mod delimited;
mod delimiter;
mod encoding;
mod given;
mod handed_back;
mod headings;
mod known_rows;
mod list;
mod question_id;
mod questions;
mod read;
mod read_error;
mod report;
mod table;
mod template;
mod workbook;

pub use answers::Answers;
pub use blank::{BlankCell, BlankColumn, BlankSheet, blank_workbook};
pub use cell_name::cell_name;
pub use given::{Given, Source, leaves_out};
pub use handed_back::{HandedBack, handed_back};
pub use headings::Mapping;
pub use list::{DeviceList, ListRow, PassedOver};
pub use question_id::QuestionId;
pub use questions::{ListQuestion, Questions};
pub use read::{LARGEST, read, read_sheets};
pub use read_error::{Foreign, ReadError};
pub use report::{
    Outcome, Remarks, ReportError, ReportLanguage, ReportRow, Word, csv, harmless, json_lines, questions_csv,
    xlsx,
};
pub use table::{Table, TableRow};
pub use template::template;
