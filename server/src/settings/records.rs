//! Where to keep records, and for how long.

use super::error::SettingsError;
use super::setting::{Setting, Unset};
use super::source::Source;

/// Where to keep records, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordsSettings {
    /// `TRADEIN_DATABASE_URL`: `sqlite://PATH`.
    pub database_url: String,
    /// `TRADEIN_KEEP_DAYS`: days that records are kept, 7 at least.
    pub keep_days: u32,
}

const DATABASE_URL: Setting = Setting {
    key: Some("records.database_url"),
    variable: "TRADEIN_DATABASE_URL",
    unset: Unset::Value("sqlite://data/tradein.db"),
    takes: "sqlite:// and a path, such as sqlite://data/tradein.db",
    about: "quotes, attempts, the day's count",
};
const KEEP_DAYS: Setting = Setting {
    key: Some("records.keep_days"),
    variable: "TRADEIN_KEEP_DAYS",
    unset: Unset::Value("7"),
    takes: "whole days, 7 at least",
    about: "days that records are kept, 7 at least",
};

pub(super) const TABLE: &[Setting] = &[DATABASE_URL, KEEP_DAYS];

/// Reads them.
///
/// # Errors
/// The first that cannot be used.
pub(super) fn read(source: &Source<'_>) -> Result<RecordsSettings, SettingsError> {
    Ok(RecordsSettings {
        database_url: source
            .value(&DATABASE_URL, |text| text.starts_with("sqlite:").then(|| text.to_owned()))?,
        keep_days: source.value(&KEEP_DAYS, |text| text.parse().ok().filter(|days| *days >= 7))?,
    })
}
