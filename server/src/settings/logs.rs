//! What to log, and in which form.

use tracing_subscriber::EnvFilter;

use super::error::SettingsError;
use super::setting::{Setting, Unset};
use super::source::Source;

/// What to log, and in which form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSettings {
    /// `RUST_LOG`: which levels are logged, such as `info` or `desk=debug`.
    pub filter: String,
    /// `TRADEIN_LOG_FORMAT`: for people or for collectors.
    pub format: LogFormat,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for collectors.
    Json,
}

const FILTER: Setting = Setting {
    key: Some("logs.filter"),
    variable: "RUST_LOG",
    unset: Unset::Value("info"),
    takes: "levels such as info or desk=debug,warn",
    about: "which levels are logged",
};
const FORMAT: Setting = Setting {
    key: Some("logs.format"),
    variable: "TRADEIN_LOG_FORMAT",
    unset: Unset::Value("text"),
    takes: "text or json",
    about: "`json` for collectors",
};

pub(super) const TABLE: &[Setting] = &[FILTER, FORMAT];

/// Reads them.
///
/// # Errors
/// The first that cannot be used.
pub(super) fn read(source: &Source<'_>) -> Result<LogSettings, SettingsError> {
    Ok(LogSettings {
        filter: source.value(&FILTER, |text| EnvFilter::try_new(text).ok().map(|_| text.to_owned()))?,
        format: source.value(&FORMAT, |text| match text {
            "text" => Some(LogFormat::Text),
            "json" => Some(LogFormat::Json),
            _ => None,
        })?,
    })
}
