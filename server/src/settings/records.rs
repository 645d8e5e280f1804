//! Where to keep records, and for how long.

use records::DatabaseUrl;

use super::error::{Place, SettingsError, Wrong};
use super::setting::{Setting, Unset};
use super::source::Source;

/// Where to keep records, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordsSettings {
    /// `TRADEIN_DATABASE_URL`: `sqlite://PATH` or `postgres://…`.
    pub database_url: DatabaseUrl,
    /// `TRADEIN_KEEP_DAYS`: days that records are kept, 7 at least.
    pub keep_days: u32,
}

const DATABASE_URL: Setting = Setting {
    key: Some("records.database_url"),
    variable: "TRADEIN_DATABASE_URL",
    unset: Unset::Value("sqlite://data/tradein.db"),
    takes: "sqlite:// and a path, such as sqlite://data/tradein.db, or postgres://USER@HOST/DATABASE",
    about: "quotes, attempts, the day's count; also `postgres://USER@HOST/DATABASE?sslmode=…`, [PostgreSQL 15 or later](docs/operating/records.md#postgresql)",
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
        database_url: database_url(source)?,
        keep_days: source.value(&KEEP_DAYS, |text| text.parse().ok().filter(|days| *days >= 7))?,
    })
}

/// Reads the address of the database. One that cannot be used is not shown: it may hold a password.
fn database_url(source: &Source<'_>) -> Result<DatabaseUrl, SettingsError> {
    let (text, place) = match source.given(&DATABASE_URL) {
        Some(given) => (given.text, given.place),
        None => (DATABASE_URL.unset.text().to_owned(), Place::Variable(DATABASE_URL.variable)),
    };
    let parsed: Result<DatabaseUrl, records::RecordsError> = text.trim().parse();
    parsed.map_err(|error| SettingsError::new(place, Wrong::Hidden(error.to_string())))
}
