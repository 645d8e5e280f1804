//! What devices were worth, day by day, as it is read back and added to.

use domain::{Category, FunctionStatus, Money, Quote, RepairKind, Term};
use jiff::civil::Date;

use crate::number::count;

/// What a model in one variant and grade, with no fault and no repair, was worth on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceOfDay {
    /// The day, in UTC+8.
    pub day: Date,
    /// The storage.
    pub storage: String,
    /// The memory, where it was asked for.
    pub ram: Option<String>,
    /// The grade's word.
    pub condition: String,
    /// The lowest price of the day.
    pub lowest: Money,
    /// The highest price of the day.
    pub highest: Money,
    /// The last price of the day.
    pub latest: Money,
    /// How many answers that is from.
    pub quotes: u32,
}

/// Which model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Model<'a> {
    /// What kind of device.
    pub device_type: Category,
    /// The brand.
    pub brand: &'a str,
    /// The model's name, as the provider knows it.
    pub name: &'a str,
}

/// Columns of a day of prices, in the order of [`PriceOfDay`]'s fields.
pub(crate) type PriceColumns = (String, String, String, String, i64, i64, i64, i64);

impl PriceOfDay {
    /// A day of prices; `None` where the day is none, which this crate never writes.
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

/// What a sound device is worth by that quote; `None` where it has a fault or a repair, or is worth
/// nothing.
pub(crate) fn of_a_sound_device(quote: &Quote) -> Option<Money> {
    let device = &quote.device;
    let repaired = device.repair_history.as_deref().is_some_and(|text| text != RepairKind::None.word());
    let price = quote.price.final_price();
    let sound = device.function_status == FunctionStatus::NORMAL && !repaired;
    Some(price).filter(|price| sound && *price > Money::ZERO)
}
