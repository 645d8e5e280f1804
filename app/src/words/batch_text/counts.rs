//! Numbers of rows and devices, in words.

use crate::words::strings::{Locale, td_string};

/// A number of rows in words.
pub(crate) fn row_count(locale: Locale, rows: u32) -> String {
    match rows {
        1 => td_string!(locale, batch.row).to_owned(),
        rows => td_string!(locale, batch.rows, rows = rows.to_string()),
    }
}

/// A number of different devices in words.
pub(super) fn device_count(locale: Locale, devices: u32) -> String {
    match devices {
        1 => td_string!(locale, batch.device).to_owned(),
        devices => td_string!(locale, batch.devices, devices = devices.to_string()),
    }
}
