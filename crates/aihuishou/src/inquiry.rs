use domain::{Distance, Moment, Money, Price, PriceParts, QuoteRequest, Ratio, RecycleOption};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use provider::{BadAnswer, Named, above_base, may_be_public, same_device};
use serde::de::DeserializeOwned;

use crate::Number;
use crate::wire::{DeviceInfo, PriceInfo, RecycleInfo};

/// A price from the partner, in the product's own types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inquiry {
    /// The partner's model id.
    pub device_id: Option<String>,
    /// The model, in the partner's spelling.
    pub model: Option<String>,
    /// The storage that was priced, if the answer names it.
    pub storage: Option<String>,
    /// The grade that was priced, if the answer names it.
    pub condition: Option<String>,
    /// Storage, memory, colour.
    pub spec: Option<String>,
    /// The price and its parts.
    pub price: Price,
    /// The ways to hand the device over, best first.
    pub recycle: Vec<RecycleOption>,
    /// The inspection's points.
    pub quality_check: Vec<String>,
    /// Until when the price is valid; `None` if that was not readable.
    pub valid_until: Option<Moment>,
    /// Whether an amount had more than two decimals and was rounded half-even.
    pub rounded: bool,
}

impl Inquiry {
    /// Reads the partner's `data`: from nested groups or, where a group is missing or not an object, from the
    /// same fields directly under `data`. Each group is read by itself, so an error in one does not affect
    /// the others.
    ///
    /// # Errors
    /// [`BadAnswer::NoPrice`] if there is no readable final price of at least 0, [`BadAnswer::AboveBase`] if
    /// the price cannot be this device's.
    pub(crate) fn read(data: serde_json::Value) -> Result<Self, BadAnswer> {
        let device: DeviceInfo = group(&data, "device_info");
        let price: PriceInfo = group(&data, "price_info");
        let recycle: RecycleInfo = group(&data, "recycle_info");

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
        if above_base(parts.final_price, parts.base) {
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

    /// The partner's name for the model, if public pages may show it for this request.
    pub fn public_model(&self, request: &QuoteRequest) -> Option<&str> {
        self.model.as_deref().filter(|_| may_be_public(request, self.storage.as_deref()))
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
        same_device(request, named)?;
        Ok(self)
    }
}

/// A group of `data` by its name, or the same fields directly under `data`. What cannot be read is unknown.
fn group<T: DeserializeOwned + Default>(data: &serde_json::Value, name: &str) -> T {
    let nested = data.get(name).filter(|group| group.is_object()).unwrap_or(data);
    T::deserialize(nested).unwrap_or_default()
}

/// Reads a time such as `2025-12-31 14:00:00`. Without a zone it is in UTC+8. Words and bare numbers cannot
/// be read (decision 24 of the partner's protocol).
fn valid_until(text: &str) -> Option<Moment> {
    let text = text.trim().replace('/', "-");
    if text.chars().all(|letter| letter.is_ascii_digit()) {
        return None;
    }
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(Moment::new(instant));
    }
    // The zone is the text after the time of day.
    let of_time = |letter: char| letter.is_ascii_digit() || ":.".contains(letter);
    let day = text.find([' ', 'T', 't']).map_or(text.len(), |gap| gap + 1);
    let time = text[day..].trim_start_matches(of_time);
    let (civil, zone) = text.split_at(text.len() - time.len());
    let civil = civil.trim_end().parse::<DateTime>().ok()?;
    match zone.trim() {
        "" => Moment::from_utc8(civil),
        zone => Some(Moment::new(offset(zone)?.to_timestamp(civil).ok()?)),
    }
}

/// The offset of a zone: `UTC`, `GMT`, `Z`, `+08:00`, `+0800`, `UTC+8`. Other names are unknown and must not
/// be taken for UTC+8.
fn offset(zone: &str) -> Option<Offset> {
    let zone = zone.trim_matches(['(', ')']).to_ascii_uppercase();
    let told = ["UTC", "GMT", "Z"].iter().find_map(|name| zone.strip_prefix(name)).unwrap_or(&zone).trim();
    if told.is_empty() {
        return Some(Offset::UTC);
    }
    let (sign, digits) = match told.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let number = |text: &str| text.parse::<i32>().ok().filter(|_| text.chars().all(|it| it.is_ascii_digit()));
    let (hours, minutes) = match (digits.split_once(':'), digits.len()) {
        (Some((hours, minutes)), _) => (number(hours)?, number(minutes)?),
        (None, 4) if digits.is_ascii() => (number(&digits[..2])?, number(&digits[2..])?),
        (None, 1 | 2) => (number(digits)?, 0),
        _ => return None,
    };
    let fits = (0..=14).contains(&hours) && (0..60).contains(&minutes);
    Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok().filter(|_| fits)
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
            ("2030-11-27 14:00:00 +08:00", "2030-11-27T14:00:00+08:00"),
            ("2030-11-27 14:00:00 UTC", "2030-11-27T22:00:00+08:00"),
            ("2030-11-27 14:00:00 GMT", "2030-11-27T22:00:00+08:00"),
            ("2030-11-27 14:00:00 Z", "2030-11-27T22:00:00+08:00"),
            ("2030/11/27 14:00:00 -0800", "2030-11-28T06:00:00+08:00"),
            ("2030-11-27 14:00 UTC+8", "2030-11-27T14:00:00+08:00"),
            ("2030-11-27 14:00:00 (GMT+08:00)", "2030-11-27T14:00:00+08:00"),
            ("2030-11-27 14:00 UTC+5:30", "2030-11-27T16:30:00+08:00"),
            ("2030-11-27T14:00:00+0530", "2030-11-27T16:30:00+08:00"),
        ] {
            assert_eq!(read(told).as_deref(), Some(until), "{told}");
        }
        for odd in [
            "24小时",
            "明天",
            "1732687200",
            "20301127",
            "20301127140000",
            "",
            "2030-11-27 14:00:00 PST",
            "2030-11-27 14:00:00 CST",
            "2030-11-27 14:00:00 +99",
            "2030-11-27 14:00 UTC+15:00",
            "2030-11-27 14:00 UTC+8:60",
            "2030-11-27 14:00:00 +a€",
        ] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
