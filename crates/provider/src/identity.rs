use std::sync::Arc;

use domain::ProviderName;

/// A provider's name, account and protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its name in the settings.
    pub name: ProviderName,
    /// The account whose quota is counted. A provider without accounts uses its name here.
    pub account: Arc<str>,
    /// The protocol and its version, such as `v2`. It is part of every cache key, so that a cached answer is
    /// not used for another version.
    pub protocol: &'static str,
}
