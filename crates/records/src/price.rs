//! The price history: days of prices, as they are read, and which quotes are added.

use domain::{Category, FunctionStatus, Money, Quote, RepairKind, Term};
use jiff::civil::Date;

use crate::number::count;

/// The prices of a model on one day, in one variant and grade, without faults and repairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceOfDay {
    /// The day, in UTC+8.
    pub day: Date,
    /// The storage.
    pub storage: String,
    /// The memory, if it was asked for.
    pub ram: Option<String>,
    /// The grade's word.
    pub condition: String,
    /// The lowest price of the day.
    pub lowest: Money,
    /// The highest price of the day.
    pub highest: Money,
    /// The last price of the day.
    pub latest: Money,
    /// The number of answers on that day.
    pub quotes: u32,
}

/// Identifies a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Model<'a> {
    /// The kind of device.
    pub device_type: Category,
    /// The brand.
    pub brand: &'a str,
    /// The model's name, in the provider's spelling.
    pub name: &'a str,
}

/// Columns of a day of prices, in the order of [`PriceOfDay`]'s fields.
pub(crate) type PriceColumns = (String, String, String, String, i64, i64, i64, i64);

impl PriceOfDay {
    /// Reads a day of prices; `None` if the day is not a date, which this crate never writes.
    pub(crate) fn read(columns: PriceColumns) -> Option<Self> {
        let (day, storage, ram, condition, lowest, highest, latest, quotes) = columns;
        Some(Self {
            day: day.parse().ok()?,
            storage,
            ram: Some(ram).filter(|ram| !ram.is_empty()),
            condition,
            lowest: Money::from_fen(lowest),
            highest: Money::from_fen(highest),
            latest: Money::from_fen(latest),
            quotes: count(quotes),
        })
    }
}

/// The price in a quote for a device without faults and repairs; `None` for other devices and for a price of
/// 0.
pub(crate) fn of_a_sound_device(quote: &Quote) -> Option<Money> {
    let device = &quote.device;
    let repaired = device.repair_history.as_deref().is_some_and(|text| text != RepairKind::None.word());
    let price = quote.price.final_price();
    let sound = device.function_status == FunctionStatus::NORMAL && !repaired;
    Some(price).filter(|price| sound && *price > Money::ZERO)
}
