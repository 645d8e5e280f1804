//! The four stages of a price: base, depreciation, premium, market.
//!
//! The numbers are plausible but made up. A device has the same price within a window of ten minutes.

use aihuishou::Number;
use aihuishou::wire::PriceInfo;
use domain::{FunctionStatus, Grade, RepairHistory, UTC8};
use jiff::Timestamp;
use rust_decimal::Decimal;

use crate::Model;

/// Length of a window in which prices do not change, in seconds.
pub(crate) const WINDOW_SECONDS: i64 = 600;

/// The beginning of the window that contains `now`.
pub(crate) fn window(now: Timestamp) -> Timestamp {
    let start = now.as_second().div_euclid(WINDOW_SECONDS) * WINDOW_SECONDS;
    Timestamp::from_second(start).unwrap_or(now)
}

/// Everything that a price is computed from.
pub(crate) struct Described<'a> {
    pub(crate) model: &'a Model,
    pub(crate) storage: &'a str,
    pub(crate) grade: Grade,
    pub(crate) function_status: &'a FunctionStatus,
    pub(crate) repair_history: &'a str,
    pub(crate) purchase_channel: &'a str,
}

/// The price of a device in the window that begins at `window`, in yuan, from a partner that pays that share of the
/// usual base price.
pub(crate) fn price(device: &Described<'_>, window: Timestamp, share: Decimal) -> PriceInfo {
    let seed = seed(device.model, window);
    let launch = at_launch(device.model, device.storage);
    let worn = launch * kept_of(device.model, window);
    // Premium: Apple's devices sell faster. Market: up to 1 % up or down, another value in each window.
    let premium = percent(if device.model.item.brand == "苹果" { 104 } else { 100 });
    let market = Decimal::new(990 + i64::from(seed % 21), 3);
    let base = (worn * premium * market * share).round().max(Decimal::ONE_HUNDRED);

    let discount = percent(match device.grade {
        Grade::New => 100,
        Grade::LikeNew => 95,
        Grade::Excellent => 90,
        Grade::Good => 80,
        Grade::Fair => 70,
        Grade::Worn => 60,
        Grade::Poor => 50,
    });
    let faults = i64::from(device.function_status.penalty().tenths());
    let deduction =
        (base * percent(faults + repairs(device.repair_history) + channel(device.purchase_channel))).round();
    let coefficient = Decimal::new(95 + i64::from(seed % 11), 2);
    let last = (base * discount - deduction * coefficient).max(Decimal::ZERO).round_dp(2);
    PriceInfo {
        base_price: Some(Number(base)),
        condition_discount: Some(Number(discount)),
        function_deduction: Some(Number(deduction)),
        market_coefficient: Some(Number(coefficient)),
        final_price: Some(Number(last)),
    }
}

/// The price at launch: each step to a larger storage costs an eighth more.
fn at_launch(model: &Model, storage: &str) -> Decimal {
    let step = model.item.storages.iter().position(|size| size == storage).unwrap_or(0);
    (0..step).fold(Decimal::from(model.launch_yuan), |yuan, _| yuan * Decimal::new(1125, 3))
}

/// The share of the launch price that is left: Apple's devices lose 20 % a year, others 30 %.
fn kept_of(model: &Model, window: Timestamp) -> Decimal {
    let today = UTC8.to_datetime(window).date();
    let months = i32::from(today.year() - model.launched.year()) * 12
        + i32::from(today.month() - model.launched.month());
    let months = months.max(0);
    let kept = percent(if model.item.brand == "苹果" { 80 } else { 70 });
    let years = (0..months / 12).fold(Decimal::ONE, |left, _| left * kept);
    years * (Decimal::ONE - (Decimal::ONE - kept) * Decimal::from(months % 12) / Decimal::from(12))
}

/// The deduction for repairs, in hundredths of the base price: as much as they take off the condition score.
fn repairs(history: &str) -> i64 {
    let told = RepairHistory::parse(history).ok().flatten();
    told.map_or(0, |repairs| i64::from(repairs.penalty().tenths()))
}

fn channel(channel: &str) -> i64 {
    match channel {
        "海外购买" => 5,
        "二手" => 2,
        _ => 0,
    }
}

fn percent(percent: i64) -> Decimal {
    Decimal::new(percent, 2)
}

/// A pseudo-random number of the device and the window (FNV-1a), the same on every machine.
fn seed(model: &Model, window: Timestamp) -> u32 {
    let text = [model.item.brand.as_bytes(), model.item.model.as_bytes(), &window.as_second().to_be_bytes()]
        .concat();
    let hash = text.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalogue;
    use domain::Category;

    fn final_of(grade: Grade, status: &str, storage: &str, at: &str) -> Decimal {
        let catalogue = Catalogue::built_in().unwrap();
        let device = Described {
            model: catalogue.find(Category::Phone, "苹果", "iPhone 14 Pro").unwrap(),
            storage,
            grade,
            function_status: &FunctionStatus::parse(status, std::iter::empty()).unwrap(),
            repair_history: "",
            purchase_channel: "",
        };
        price(&device, window(at.parse().unwrap()), Decimal::ONE).final_price.unwrap().0
    }

    #[test]
    fn a_price_stands_for_ten_minutes() {
        let at = |time: &str| final_of(Grade::Excellent, "正常", "256GB", time);
        assert_eq!(at("2025-12-30T06:00:00Z"), at("2025-12-30T06:09:59Z"));
        let later: Vec<_> = (1..6).map(|ten| at(&format!("2025-12-30T06:{ten}0:00Z"))).collect();
        assert!(later.iter().any(|price| *price != at("2025-12-30T06:00:00Z")), "the market moves");
    }

    #[test]
    fn worse_is_worth_less_and_larger_more() {
        let now = "2025-12-30T06:00:00Z";
        let sound = final_of(Grade::Excellent, "正常", "256GB", now);
        assert!(final_of(Grade::Good, "正常", "256GB", now) < sound);
        assert!(final_of(Grade::Excellent, "电池老化", "256GB", now) < sound);
        assert!(final_of(Grade::Excellent, "正常", "1TB", now) > sound);
        assert!(final_of(Grade::Excellent, "正常", "256GB", "2024-12-30T06:00:00Z") > sound);
        let wreck = "屏幕损坏、进水、账号锁、无法开机";
        assert_eq!(final_of(Grade::Poor, wreck, "256GB", now), Decimal::ZERO);
    }
}
