//! What several instances share and may lose.

use ::fleet::{FleetUrl, UrlError};

use super::error::{SettingsError, Wrong};
use super::setting::{Setting, Unset};
use super::source::Source;

/// What several instances share and may lose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FleetSettings {
    /// `TRADEIN_REDIS_URL`: `redis://…` or `rediss://…`; `None` for one instance.
    pub redis_url: Option<FleetUrl>,
}

const REDIS_URL: Setting = Setting {
    key: Some("fleet.redis_url"),
    variable: "TRADEIN_REDIS_URL",
    unset: Unset::Means { english: "unset: one instance", chinese: "未设：单个实例" },
    takes: "redis://USER:PASSWORD@HOST:PORT/DATABASE, or rediss:// for TLS",
    about: "what several instances share and may lose, in Redis 7 or Valkey 8: recent prices, one call for all who ask for the same, limits on visitors; `redis://USER:PASSWORD@HOST:PORT/DATABASE`, or `rediss://` for TLS",
};

pub(super) const TABLE: &[Setting] = &[REDIS_URL];

/// Reads them. An address that cannot be used is not shown: it may hold a password.
///
/// # Errors
/// The first that cannot be used.
pub(super) fn read(source: &Source<'_>) -> Result<FleetSettings, SettingsError> {
    let Some(given) = source.given(&REDIS_URL) else { return Ok(FleetSettings { redis_url: None }) };
    let parsed: Result<FleetUrl, UrlError> = given.text.trim().parse();
    match parsed {
        Ok(url) => Ok(FleetSettings { redis_url: Some(url) }),
        Err(error) => Err(SettingsError::new(given.place, Wrong::Hidden(error.to_string()))),
    }
}
