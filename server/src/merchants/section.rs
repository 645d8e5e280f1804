//! Merchants as `tradein.toml` has them, not yet checked. A key that is not listed here is an error.

use serde::Deserialize;

/// One `[[merchants]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MerchantSection {
    pub(super) id: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) origins: Vec<String>,
    pub(super) locale: Option<String>,
    pub(super) theme: Option<String>,
    pub(super) accent: Option<String>,
    pub(super) logo: Option<String>,
    pub(super) categories: Option<Vec<String>>,
    pub(super) coep: Option<bool>,
    #[serde(default)]
    pub(super) providers: Vec<String>,
    pub(super) compare: Option<bool>,
    #[serde(default)]
    pub(super) top_ups: Vec<TopUpSection>,
    #[serde(default)]
    pub(super) webhooks: Vec<WebhookSection>,
}

/// One `[[merchants.webhooks]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WebhookSection {
    pub(super) url: String,
    pub(super) events: Option<Vec<String>>,
    pub(super) secret_file: Option<String>,
    pub(super) secret_env: Option<String>,
    pub(super) secret_next_file: Option<String>,
    pub(super) secret_next_env: Option<String>,
}

/// One `[[merchants.top_ups]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopUpSection {
    pub(super) fixed: Option<i64>,
    /// A text or a number.
    pub(super) percent: Option<toml::Value>,
    pub(super) at_most: Option<i64>,
    pub(super) product: Option<String>,
    pub(super) category: Option<String>,
    /// A text, or TOML's own date. The same holds for `until`.
    pub(super) from: Option<toml::Value>,
    pub(super) until: Option<toml::Value>,
}
