//! What the sections of providers are read with, and why one cannot be used.

use crate::invalid_key::InvalidKey;
use crate::settings::{SettingsError, Way};

/// What providers are read with, besides their sections.
pub(crate) struct Surroundings<'a> {
    /// The variables, which may hold secrets.
    pub(crate) environment: &'a dyn Fn(&str) -> Option<String>,
    /// The way to a host, which may be on this machine: directly or through the proxy of the settings.
    pub(crate) way: &'a dyn Fn(&str, bool) -> Result<Way, SettingsError>,
}

/// Why a provider cannot be used.
#[derive(Debug)]
pub(crate) enum InvalidProvider {
    /// A key of it.
    Key(InvalidKey),
    /// Another setting that it needs.
    Setting(SettingsError),
}

impl From<InvalidKey> for InvalidProvider {
    fn from(error: InvalidKey) -> Self {
        Self::Key(error)
    }
}

impl From<SettingsError> for InvalidProvider {
    fn from(error: SettingsError) -> Self {
        Self::Setting(error)
    }
}
