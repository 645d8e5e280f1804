//! Numbers of rows and devices, in words.

use crate::words::strings::{Locale, td_string};

/// A number of rows in words.
pub(crate) fn row_count(locale: Locale, rows: u32) -> String {
    match rows {
        1 => td_string!(locale, batch.row).to_owned(),
        rows => td_string!(locale, batch.rows, rows = rows.to_string()),
    }
}

/// How many rows wait for an answer, as a sentence without its end.
pub(crate) fn rows_wait(locale: Locale, rows: u32) -> String {
    match rows {
        1 => td_string!(locale, batch.row_waits).to_owned(),
        rows => td_string!(locale, batch.rows_wait, rows = rows.to_string()),
    }
}

/// A number of different devices in words.
pub(super) fn device_count(locale: Locale, devices: u32) -> String {
    match devices {
        1 => td_string!(locale, batch.device).to_owned(),
        devices => td_string!(locale, batch.devices, devices = devices.to_string()),
    }
}

/// A number of calls in words.
pub(crate) fn call_count(locale: Locale, calls: u32) -> String {
    match calls {
        1 => td_string!(locale, batch.call).to_owned(),
        calls => td_string!(locale, batch.calls, calls = calls.to_string()),
    }
}

/// Which page of a list's rows it is, and how many rows there are; only the latter if one page has them all.
pub(crate) fn page_of(locale: Locale, (page, last): (u32, u32), rows: u32) -> String {
    let rows = row_count(locale, rows);
    match last {
        0 | 1 => rows,
        last => {
            td_string!(locale, lists.page_of, page = page.to_string(), last = last.to_string(), rows = rows)
        }
    }
}
