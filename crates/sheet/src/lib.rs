//! Device lists in, reports out: spreadsheets and CSV, without I/O of its own.

mod list;
mod report;

pub use list::{DeviceList, ListRow};
pub use report::{Outcome, ReportRow};
