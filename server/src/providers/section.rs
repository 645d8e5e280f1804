//! Providers as `tradein.toml` has them, not yet checked. A key that is not listed here is an error.

use std::collections::BTreeMap;

use serde::Deserialize;

/// One `[[providers]]`.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum ProviderSection {
    /// An account of 爱回收.
    Aihuishou(AccountSection),
    /// A dealer's own list of prices.
    Pricelist(PriceListSection),
    /// Any buyer with the HTTP contract.
    Http(HttpSection),
}

/// An account of 爱回收.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountSection {
    pub(super) name: String,
    pub(super) label: Option<LabelSection>,
    pub(super) app_id: String,
    pub(super) secret_env: Option<String>,
    pub(super) secret_file: Option<String>,
    pub(super) secret_next_env: Option<String>,
    pub(super) secret_next_file: Option<String>,
    pub(super) url: Option<String>,
    pub(super) daily_quota: Option<u32>,
    pub(super) shopper_reserve: Option<u32>,
    pub(super) search_share: Option<u32>,
    pub(super) native_batch: Option<bool>,
    /// Refused: the API has grades of its own.
    #[serde(default)]
    pub(super) grades: BTreeMap<String, String>,
}

/// A dealer's own list of prices.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PriceListSection {
    pub(super) name: String,
    pub(super) label: Option<LabelSection>,
    pub(super) path: String,
    pub(super) valid_hours: Option<u32>,
    #[serde(default)]
    pub(super) ways: Vec<String>,
    /// The list's words for grades, by the trade's.
    #[serde(default)]
    pub(super) grades: BTreeMap<String, String>,
}

/// A buyer with the HTTP contract.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HttpSection {
    pub(super) name: String,
    pub(super) label: Option<LabelSection>,
    pub(super) url: String,
    pub(super) secret_env: Option<String>,
    pub(super) secret_file: Option<String>,
    pub(super) secret_next_env: Option<String>,
    pub(super) secret_next_file: Option<String>,
    pub(super) daily_quota: Option<u32>,
    pub(super) shopper_reserve: Option<u32>,
    pub(super) search_share: Option<u32>,
    pub(super) places: Option<u32>,
    /// Its words for grades, by the trade's.
    #[serde(default)]
    pub(super) grades: BTreeMap<String, String>,
}

/// What shoppers read instead of the name: one text, or one in each language.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum LabelSection {
    One(String),
    Each {
        #[serde(rename = "zh-CN")]
        chinese: String,
        #[serde(rename = "en")]
        english: String,
    },
}
