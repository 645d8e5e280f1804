//! Device lists in, reports out: spreadsheets and text with delimiters, as bytes; files and
//! networks are the caller's.

mod archive;
mod delimited;
mod headings;
mod list;
mod read;
mod read_error;
mod report;
mod table;
mod template;
mod workbook;

pub use headings::Mapping;
pub use list::{DeviceList, ListRow};
pub use read::{LARGEST, read};
pub use read_error::ReadError;
pub use report::{Outcome, ReportError, ReportLanguage, ReportRow, Word, csv, json_lines, xlsx};
pub use table::{Table, TableRow};
pub use template::template;
