//! The answers in JSON.
//!
//! A field that is missing or unreadable is `None`; [`crate::judge`] decides what that means. The same key twice
//! makes an answer unreadable, since it is unknown which of the two was meant.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The answer about a device: a price or, in `/quotes`, a refusal with `code`.
#[derive(Clone, Debug, Deserialize)]
pub struct QuoteAnswer {
    /// Why there is no price.
    #[serde(default, deserialize_with = "lenient")]
    pub code: Option<String>,
    /// The buyer's words for that.
    #[serde(default, deserialize_with = "lenient")]
    pub detail: Option<String>,
    /// The device that was priced.
    #[serde(default)]
    pub device: Option<Named>,
    /// The price.
    #[serde(default)]
    pub price: Option<PriceInfo>,
    /// The ways to hand the device over.
    #[serde(default, deserialize_with = "each")]
    pub recycle: Vec<Recycle>,
    /// The points of the inspection.
    #[serde(default, deserialize_with = "each")]
    pub quality_check: Vec<String>,
    /// Until when the price is valid, in RFC 3339.
    #[serde(default, deserialize_with = "lenient")]
    pub valid_until: Option<String>,
}

/// The device that was priced.
#[derive(Clone, Debug, Deserialize)]
pub struct Named {
    /// The model.
    #[serde(default, deserialize_with = "lenient")]
    pub model: Option<String>,
    /// The storage.
    #[serde(default, deserialize_with = "lenient")]
    pub storage: Option<String>,
    /// The cosmetic grade.
    #[serde(default, deserialize_with = "lenient")]
    pub condition: Option<String>,
}

/// The price and what explains it, in fen.
#[derive(Clone, Debug, Deserialize)]
pub struct PriceInfo {
    /// Always `CNY`.
    #[serde(default, deserialize_with = "lenient")]
    pub currency: Option<String>,
    /// What the buyer pays.
    #[serde(default, rename = "final", deserialize_with = "lenient")]
    pub final_price: Option<i64>,
    /// The price of an undamaged device.
    #[serde(default, deserialize_with = "lenient")]
    pub base: Option<i64>,
    /// What leads from the base to the final price. Empty if one step is unreadable.
    #[serde(default, deserialize_with = "all")]
    pub steps: Vec<StepInfo>,
}

/// One step to the price.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StepInfo {
    /// What it is for, in both languages.
    pub label: Label,
    /// What it adds, in fen; negative when it takes off.
    pub amount: i64,
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Label {
    /// In Chinese.
    #[serde(rename = "zh-CN")]
    pub chinese: String,
    /// In English.
    #[serde(rename = "en")]
    pub english: String,
}

/// A way to hand the device over.
#[derive(Clone, Debug, Deserialize)]
pub struct Recycle {
    /// `store`, `pickup` or `mail`.
    #[serde(rename = "type")]
    pub kind: String,
    /// How far the store is.
    #[serde(default, deserialize_with = "lenient")]
    pub store_distance_km: Option<serde_json::Number>,
    /// When the device is picked up, such as `10:00-12:00`.
    #[serde(default, deserialize_with = "lenient")]
    pub door_time_window: Option<String>,
}

/// The answers to `/quotes`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct QuotesAnswer {
    pub(crate) items: Vec<QuoteAnswer>,
}

/// The answer to `/search`.
#[derive(Clone, Debug, Deserialize)]
pub struct SearchAnswer {
    /// Models. One that cannot be read is left out.
    #[serde(deserialize_with = "each")]
    pub items: Vec<domain::CatalogueItem>,
}

/// The answer to `GET {url}`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct DescriptionAnswer {
    pub(crate) contract: u32,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) many: Option<std::num::NonZeroUsize>,
}

/// A refusal.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Problem {
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) code: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) detail: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) title: Option<String>,
}

/// A value, or `None` for what cannot be read as one.
fn lenient<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Value::deserialize(deserializer).map(|value| serde_json::from_value(value).ok())
}

/// The members of an array that can be read.
fn each<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Array(items) => {
            items.into_iter().filter_map(|item| serde_json::from_value(item).ok()).collect()
        }
        _ => Vec::new(),
    })
}

/// The members of an array; none if one of them cannot be read.
fn all<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Value::deserialize(deserializer).map(|value| serde_json::from_value(value).unwrap_or_default())
}
