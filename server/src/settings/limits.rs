//! How often a visitor may ask.

use super::error::SettingsError;
use super::setting::{Setting, Unset};
use super::source::Source;

/// How often a visitor may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitSettings {
    /// `TRADEIN_VISITOR_LIMIT`: quotes and searches a minute for each visitor and merchant; 0 for no limit.
    pub per_minute: u32,
    /// `TRADEIN_API_LIMIT`: calls of the API a minute for each API key; 0 for no limit.
    pub api_per_minute: u32,
    /// `TRADEIN_TRUSTED_HOPS`: how many of our own proxies stand before the server.
    pub trusted_hops: usize,
}

const PER_MINUTE: Setting = Setting {
    key: Some("limits.per_minute"),
    variable: "TRADEIN_VISITOR_LIMIT",
    unset: Unset::Value("60"),
    takes: "a whole number of requests a minute, 0 for no limit",
    about: "quotes and searches a minute for each visitor and merchant; `0`: no limit",
};
const API_PER_MINUTE: Setting = Setting {
    key: Some("limits.api_per_minute"),
    variable: "TRADEIN_API_LIMIT",
    unset: Unset::Value("600"),
    takes: "a whole number of calls a minute, 0 for no limit",
    about: "calls of the [API](docs/api.md) a minute for each API key; `0`: no limit",
};
const TRUSTED_HOPS: Setting = Setting {
    key: Some("limits.trusted_hops"),
    variable: "TRADEIN_TRUSTED_HOPS",
    unset: Unset::Value("0"),
    takes: "how many of your own proxies stand before the server, 0 to 9",
    about: "own proxies before the server, whose `X-Forwarded-For`, `-Host` and `-Proto` are believed; needed [behind one](docs/operating/network.md#behind-a-proxy), for the limit to see visitors",
};

pub(super) const TABLE: &[Setting] = &[PER_MINUTE, API_PER_MINUTE, TRUSTED_HOPS];

/// Reads them.
///
/// # Errors
/// The first that cannot be used.
pub(super) fn read(source: &Source<'_>) -> Result<LimitSettings, SettingsError> {
    Ok(LimitSettings {
        per_minute: source.parsed(&PER_MINUTE)?,
        api_per_minute: source.parsed(&API_PER_MINUTE)?,
        trusted_hops: source.value(&TRUSTED_HOPS, |text| text.parse().ok().filter(|hops| *hops <= 9))?,
    })
}
