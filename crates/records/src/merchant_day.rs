//! What a merchant asked for on a day.

use jiff::SignedDuration;
use jiff::civil::Date;

use domain::UTC8;

use crate::number::count;

/// What a merchant's pages and backends asked for on a day in UTC+8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MerchantDay {
    /// The day.
    pub day: Date,
    /// Prices that were first asked for by the merchant. Those that were given again from the cache are not
    /// counted.
    pub quotes: u32,
    /// Calls of the day's quota.
    pub calls: u32,
}

/// Columns of a day, in the order of [`MerchantDay`]'s fields.
pub(crate) type MerchantDayColumns = (String, i64, i64);

impl MerchantDay {
    /// Reads a day from its columns. `None` if the date is not readable, which no query returns.
    pub(crate) fn read((day, quotes, calls): MerchantDayColumns) -> Option<Self> {
        Some(Self { day: day.parse().ok()?, quotes: count(quotes), calls: count(calls) })
    }
}

/// The first second of the day `from`, and the first after the day `to`, in UTC+8, since 1970.
pub(crate) fn seconds(from: Date, to: Date) -> (i64, i64) {
    let midnight = |day: Date| UTC8.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or_default();
    let after = midnight(to).saturating_add(SignedDuration::from_hours(24)).unwrap_or_default();
    (midnight(from).as_second(), after.as_second())
}
