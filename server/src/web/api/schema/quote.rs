//! A quote and a model in the document.

use utoipa::ToSchema;

use super::ProblemCode;

/// What a device is worth, how the price came about, and until when it holds. Money is in fen; what is not
/// known is `null`.
#[derive(ToSchema)]
pub(in crate::web) struct Quote {
    /// Its id, which cannot be guessed.
    #[schema(pattern = "^[0-9A-Za-z]{22}$")]
    id: String,
    /// Whether it comes from a sandbox, so that it will not be paid.
    sandbox: bool,
    source: Source,
    /// The provider whose price it is, by its name in the settings.
    #[schema(pattern = "^[a-z0-9-]{1,32}$")]
    provider: String,
    device: Device,
    price: Price,
    /// The ways to hand the device over, the best first.
    recycle: Vec<Recycle>,
    /// The points of the inspection.
    quality_check: Vec<String>,
    /// When the partner was asked.
    #[schema(format = DateTime)]
    quoted_at: String,
    /// Until when the price holds.
    #[schema(format = DateTime, required)]
    valid_until: Option<String>,
    /// The prices of the merchant's other providers, best first; empty if none were compared. Absent in the quote of an
    /// offer, and in these quotes themselves.
    #[schema(no_recursion, nullable = false)]
    alternatives: Option<Vec<Quote>>,
    /// The providers that were asked too and gave no price. Absent where `alternatives` is.
    #[schema(nullable = false)]
    refused: Option<Vec<RefusedBy>>,
}

/// A provider that gave no price.
#[derive(ToSchema)]
pub(in crate::web) struct RefusedBy {
    /// Its name in the settings.
    provider: String,
    code: ProblemCode,
}

/// Where a price came from. `stale`: an older one that still holds, given while the partner is down; it cannot
/// be accepted.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(in crate::web) enum Source {
    Partner,
    Cache,
    Stale,
}

/// A device as it was quoted. It can be sent to `POST /quotes` again.
#[derive(ToSchema)]
pub(in crate::web) struct Device {
    /// The partner's id of the model.
    #[schema(required)]
    device_id: Option<String>,
    /// 手机, 平板, 笔记本 or 相机.
    #[schema(examples("手机"))]
    device_type: String,
    #[schema(examples("苹果"))]
    brand: String,
    #[schema(examples("iPhone 14 Pro"))]
    model: String,
    #[schema(examples("256GB"))]
    storage: String,
    /// The memory, of devices whose price depends on it.
    #[schema(required)]
    ram: Option<String>,
    /// The partner's description.
    #[schema(required)]
    spec: Option<String>,
    /// The cosmetic grade.
    #[schema(examples("九成新"))]
    condition: String,
    /// Grade, faults and repairs as one number, as decimal text.
    condition_score: String,
    /// 正常, or the faults.
    #[schema(examples("正常"))]
    function_status: String,
    #[schema(required)]
    repair_history: Option<String>,
    #[schema(required)]
    purchase_channel: Option<String>,
}

/// A price and the parts that explain it, in fen.
#[derive(ToSchema)]
pub(in crate::web) struct Price {
    /// ISO 4217.
    #[schema(examples("CNY"))]
    currency: String,
    /// The price of such a device without any damage.
    #[schema(required)]
    base: Option<i64>,
    /// The factor of the grade, as decimal text.
    #[schema(required)]
    condition_discount: Option<String>,
    /// What the faults take off.
    #[schema(required)]
    function_deduction: Option<i64>,
    /// The factor of the market, as decimal text.
    #[schema(required)]
    market_coefficient: Option<String>,
    /// Whether the factor of the market is an estimate. Such a price cannot be accepted.
    market_coefficient_estimated: bool,
    /// What is paid for the device.
    #[schema(rename = "final")]
    final_price: i64,
    /// Whether the parts explain the price.
    #[schema(required)]
    consistent: Option<bool>,
    /// The buyer's own steps from the base to the final price. Absent if the parts explain the price.
    #[schema(nullable = false)]
    steps: Option<Vec<Step>>,
}

/// A step from the base to the final price, in the buyer's own words.
#[derive(ToSchema)]
pub(in crate::web) struct Step {
    label: Label,
    /// What it adds, in fen; negative when it takes off.
    amount: i64,
}

/// A text in both languages.
#[derive(ToSchema)]
pub(in crate::web) struct Label {
    #[schema(rename = "zh-CN")]
    chinese: String,
    #[schema(rename = "en")]
    english: String,
}

/// A way to hand a device over.
#[derive(ToSchema)]
pub(in crate::web) struct Recycle {
    #[schema(rename = "type")]
    kind: RecycleKind,
    /// The partner's word for it.
    label: String,
    /// How far the store is, in km, as decimal text.
    #[schema(required)]
    store_distance_km: Option<String>,
    /// When the device is picked up.
    #[schema(required)]
    door_time_window: Option<String>,
    /// Whether this is the best way.
    recommended: bool,
}

/// How a device is handed over.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(in crate::web) enum RecycleKind {
    Store,
    Pickup,
    Mail,
    Other,
}

/// A model, with the storage and memory that it comes in.
#[derive(ToSchema)]
pub(in crate::web) struct Model {
    /// 手机, 平板, 笔记本 or 相机.
    device_type: String,
    brand: String,
    model: String,
    /// Empty if it is not known.
    storages: Vec<String>,
    /// Empty if the price does not depend on it.
    rams: Vec<String>,
}
