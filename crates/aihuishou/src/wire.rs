//! The partner's answers in JSON.
//!
//! Reading is lenient: what is missing or not readable is `None`. [`crate::Inquiry`] decides what that means.

use serde::{Deserialize, Serialize};

use crate::number::{Number, each, factor, kilometres, lenient, names, text, ways};

/// Every answer: a code, a message, and the data of the call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Envelope<T> {
    /// 0 (or `"0"`) is success, anything else a refusal.
    #[serde(default, deserialize_with = "lenient")]
    pub code: Option<Number>,
    /// The message of a refusal.
    #[serde(default, deserialize_with = "text")]
    pub msg: Option<String>,
    /// The data of the call; missing in refusals.
    #[serde(default = "none")]
    pub data: Option<T>,
}

fn none<T>() -> Option<T> {
    None
}

/// The data of `item_get_inquir`: nested, or the same fields flat.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct InquiryData {
    /// The device, as described by the partner.
    #[serde(default)]
    pub device_info: Option<DeviceInfo>,
    /// The price and its parts.
    #[serde(default)]
    pub price_info: Option<PriceInfo>,
    /// How to hand the device over.
    #[serde(default)]
    pub recycle_info: Option<RecycleInfo>,
}

/// The device, as described by the partner.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DeviceInfo {
    /// The partner's model id.
    #[serde(deserialize_with = "text")]
    pub device_id: Option<String>,
    /// The model.
    #[serde(deserialize_with = "text")]
    pub model: Option<String>,
    /// The storage.
    #[serde(deserialize_with = "text")]
    pub storage: Option<String>,
    /// The grade.
    #[serde(deserialize_with = "text")]
    pub condition: Option<String>,
    /// Storage, memory, colour.
    #[serde(deserialize_with = "text")]
    pub spec: Option<String>,
    /// The inspection's points.
    #[serde(deserialize_with = "names")]
    pub quality_check: Vec<String>,
}

/// The price and its parts, in yuan.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PriceInfo {
    /// The price of an undamaged device.
    #[serde(deserialize_with = "lenient")]
    pub base_price: Option<Number>,
    /// The grade's factor.
    #[serde(deserialize_with = "factor")]
    pub condition_discount: Option<Number>,
    /// The deduction for faults.
    #[serde(deserialize_with = "lenient")]
    pub function_deduction: Option<Number>,
    /// The market's factor, 0.9 to 1.1.
    #[serde(deserialize_with = "factor", skip_serializing_if = "Option::is_none")]
    pub market_coefficient: Option<Number>,
    /// The price that the partner pays.
    #[serde(deserialize_with = "lenient")]
    pub final_price: Option<Number>,
}

/// How to hand the device over.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RecycleInfo {
    /// The ways, such as `上门/到店/邮寄`. A list is joined in this form.
    #[serde(deserialize_with = "ways")]
    pub recycle_type: Option<String>,
    /// Until when the price is valid; in UTC+8 if it names no zone.
    #[serde(deserialize_with = "text")]
    pub valid_time: Option<String>,
    /// How far the store is, in km.
    #[serde(deserialize_with = "kilometres")]
    pub store_distance: Option<Number>,
    /// When the device is picked up, such as `10:00-12:00`.
    #[serde(deserialize_with = "text")]
    pub door_time_window: Option<String>,
}

/// The data of `item_search`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchData {
    /// The models found, best first. Items that are not objects are left out.
    #[serde(deserialize_with = "each")]
    pub items: Vec<SearchItem>,
}

/// A model, and the storage and memory that it comes in.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchItem {
    /// The category's word.
    #[serde(deserialize_with = "text")]
    pub device_type: Option<String>,
    /// The brand.
    #[serde(deserialize_with = "text")]
    pub brand: Option<String>,
    /// The exact model.
    #[serde(deserialize_with = "text")]
    pub model: Option<String>,
    /// Storage options.
    #[serde(deserialize_with = "names")]
    pub storages: Vec<String>,
    /// Memory options.
    #[serde(deserialize_with = "names")]
    pub rams: Vec<String>,
}
