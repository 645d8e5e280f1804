use domain::{Distance, Moment, Money, Price, PriceParts, QuoteRequest, Ratio, RecycleOption};
use jiff::Timestamp;
use jiff::civil::DateTime;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;

use crate::brand::is_known_brand;
use crate::same_device::{self, Named};
use crate::storage::is_size;
use crate::wire::{DeviceInfo, InquiryData, PriceInfo, RecycleInfo};
use crate::{BadAnswer, Number};

/// A price, as the partner answered it, in the words of the trade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inquiry {
    /// The partner's model id.
    pub device_id: Option<String>,
    /// The model, as the partner writes it.
    pub model: Option<String>,
    /// The storage that was priced, where the answer names it.
    pub storage: Option<String>,
    /// The grade that was priced, where the answer names it.
    pub condition: Option<String>,
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
    /// No device is worth more than so many times an undamaged one: yuan were taken for fen, or
    /// the price is another device's (decision 23 of the partner's protocol).
    pub const MOST_OF_BASE: Decimal = Decimal::from_parts(15, 0, 0, false, 1);

    /// Reads the partner's `data`: the nested fields first, and where a group is missing
    /// the same fields flat.
    ///
    /// # Errors
    /// [`BadAnswer::NoPrice`] when there is no legible final price that is at least 0,
    /// [`BadAnswer::AboveBase`] when it cannot be this device's.
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
        let most =
            parts.base.filter(|base| *base > Money::ZERO).and_then(|base| base.scaled(Self::MOST_OF_BASE));
        if most.is_some_and(|most| parts.final_price > most) {
            return Err(BadAnswer::AboveBase);
        }
        let distance = recycle.store_distance.and_then(|km| Distance::from_km(km.0));
        let types = recycle.recycle_type.as_deref().unwrap_or_default();
        Ok(Self {
            device_id: device.device_id,
            model: device.model,
            storage: device.storage,
            condition: device.condition,
            spec: device.spec,
            price: Price::new(parts),
            recycle: RecycleOption::list(types, distance, recycle.door_time_window.as_deref()),
            quality_check: device.quality_check,
            valid_until: recycle.valid_time.as_deref().and_then(valid_until),
            rounded,
        })
    }

    /// The model's name where anybody may see it beside what was asked: the partner gave it, and
    /// brand and sizes are no words that only a person typed.
    pub fn public_model(&self, request: &QuoteRequest) -> Option<&str> {
        let sizes = self.storage.is_some() || is_size(request.storage());
        let public = is_known_brand(request.brand()) && sizes && request.ram().is_none_or(is_size);
        self.model.as_deref().filter(|_| public)
    }

    /// The answer, if it is for the device of `request` (decision 22 of the partner's protocol).
    ///
    /// # Errors
    /// [`BadAnswer::AnotherModel`], [`BadAnswer::AnotherStorage`] or [`BadAnswer::AnotherGrade`].
    pub(crate) fn of(self, request: &QuoteRequest) -> Result<Self, BadAnswer> {
        let named = Named {
            model: self.model.as_deref(),
            storage: self.storage.as_deref(),
            condition: self.condition.as_deref(),
        };
        same_device::check(request, named)?;
        Ok(self)
    }
}

/// A group whose fields stand directly under `data`.
fn flat<T: DeserializeOwned + Default>(data: &serde_json::Value) -> T {
    T::deserialize(data).unwrap_or_default()
}

/// `2025-12-31 14:00:00`, which is UTC+8 where it names no zone; words and bare numbers are
/// unreadable (decision 24 of the partner's protocol).
fn valid_until(text: &str) -> Option<Moment> {
    let text = text.trim().replace('/', "-");
    if text.chars().all(|letter| letter.is_ascii_digit()) {
        return None;
    }
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(Moment::new(instant));
    }
    // A zone that cannot be read must not be taken for ours.
    let civil = text.chars().all(|letter| letter.is_ascii_digit() || "-: .T".contains(letter));
    Moment::from_utc8(text.parse::<DateTime>().ok().filter(|_| civil)?)
}

#[cfg(test)]
mod tests {
    use super::valid_until;

    #[test]
    fn a_time_without_a_zone_is_utc8_and_one_with_a_zone_an_instant() {
        let read = |text| valid_until(text).map(|moment| moment.to_string());
        for (told, until) in [
            ("2030-11-27 14:00:00", "2030-11-27T14:00:00+08:00"),
            ("2030-11-27T14:00:00", "2030-11-27T14:00:00+08:00"),
            ("2030/11/27 14:00:00", "2030-11-27T14:00:00+08:00"),
            ("2030-11-27T14:00:00Z", "2030-11-27T22:00:00+08:00"),
            ("2030-11-27T14:00:00+00:00", "2030-11-27T22:00:00+08:00"),
            ("2030-11-27 14:00:00+08:00", "2030-11-27T14:00:00+08:00"),
            ("2030-11-27T14:00:00.5Z", "2030-11-27T22:00:00+08:00"),
            ("2030-11-27T06:00:00-08:00", "2030-11-27T22:00:00+08:00"),
        ] {
            assert_eq!(read(told).as_deref(), Some(until), "{told}");
        }
        for odd in
            ["24小时", "明天", "1732687200", "20301127", "20301127140000", "", "2030-11-27 14:00:00 PST"]
        {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
