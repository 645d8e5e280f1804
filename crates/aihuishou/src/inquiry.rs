use domain::{Distance, Moment, Money, Price, PriceParts, Ratio, RecycleOption};
use jiff::civil::DateTime;
use serde::de::DeserializeOwned;

use crate::wire::{DeviceInfo, InquiryData, PriceInfo, RecycleInfo};
use crate::{BadAnswer, Number};

/// A price, as the partner answered it, in the words of the trade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inquiry {
    /// The partner's model id.
    pub device_id: Option<String>,
    /// The model, as the partner spells it.
    pub model: Option<String>,
    /// Storage, memory, colour.
    pub spec: Option<String>,
    /// The price and its parts.
    pub price: Price,
    /// The ways to hand the device over, best first.
    pub recycle: Vec<RecycleOption>,
    /// The inspection's points.
    pub quality_check: Vec<String>,
    /// Until when the price holds; `None` when that was illegible.
    pub valid_until: Option<Moment>,
    /// Whether an amount had more than two decimals and was rounded half-even.
    pub rounded: bool,
}

impl Inquiry {
    /// Reads the partner's `data`: the nested fields first, and where a group is missing
    /// the same fields flat.
    ///
    /// # Errors
    /// [`BadAnswer::NoPrice`] when there is no legible final price that is at least 0.
    pub(crate) fn read(data: serde_json::Value) -> Result<Self, BadAnswer> {
        let nested: InquiryData = serde_json::from_value(data.clone()).unwrap_or_default();
        let device: DeviceInfo = nested.device_info.unwrap_or_else(|| flat(&data));
        let price: PriceInfo = nested.price_info.unwrap_or_else(|| flat(&data));
        let recycle: RecycleInfo = nested.recycle_info.unwrap_or_else(|| flat(&data));

        let mut rounded = false;
        let mut money = |yuan: Option<Number>| {
            let (amount, inexact) = Money::from_yuan(yuan?.0)?;
            rounded |= inexact;
            Some(amount)
        };
        let parts = PriceParts {
            final_price: money(price.final_price)
                .filter(|price| *price >= Money::ZERO)
                .ok_or(BadAnswer::NoPrice)?,
            base: money(price.base_price),
            function_deduction: money(price.function_deduction),
            condition_discount: price.condition_discount.map(|factor| Ratio::new(factor.0)),
            market_coefficient: price.market_coefficient.map(|factor| Ratio::new(factor.0)),
        };
        let distance = recycle.store_distance.and_then(|km| Distance::from_km(km.0));
        let types = recycle.recycle_type.as_deref().unwrap_or_default();
        Ok(Self {
            device_id: device.device_id,
            model: device.model,
            spec: device.spec,
            price: Price::new(parts),
            recycle: RecycleOption::list(types, distance, recycle.door_time_window.as_deref()),
            quality_check: device.quality_check,
            valid_until: recycle.valid_time.as_deref().and_then(valid_until),
            rounded,
        })
    }
}

/// A group whose fields stand directly under `data`.
fn flat<T: DeserializeOwned + Default>(data: &serde_json::Value) -> T {
    T::deserialize(data).unwrap_or_default()
}

/// `2025-12-31 14:00:00`, which is UTC+8 though it does not say so.
fn valid_until(text: &str) -> Option<Moment> {
    Moment::from_utc8(text.parse::<DateTime>().ok()?)
}
