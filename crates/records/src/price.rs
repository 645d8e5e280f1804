//! The price history: days of prices, as they are read, and which quotes are added.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use domain::{Category, FunctionStatus, Money, ProviderName, Quote, RepairKind, Term};
use jiff::civil::Date;

use crate::number::count;

/// The history in SQL, to select from: the days of each provider and, with the provider `''`, those that are recorded
/// without one. Servers from before there were several providers in the history write these, of the first one's prices.
macro_rules! history {
    () => {
        "(SELECT provider, device_type, brand, model, sandbox, day, storage, ram, condition, lowest, highest, latest,
                quotes FROM prices_by_provider
            UNION ALL SELECT '', device_type, brand, model, sandbox, day, storage, ram, condition, lowest, highest, latest,
                quotes FROM prices) AS history"
    };
}
pub(crate) use history;

/// The prices of a model at one provider on one day, in one variant and grade, without faults and repairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceOfDay {
    /// The provider.
    pub provider: ProviderName,
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
pub(crate) type PriceColumns = (String, String, String, String, String, i64, i64, i64, i64);

impl PriceOfDay {
    /// Reads days of prices; the latest day first, and of one device the providers in the order of their names. `first`
    /// is the provider of those without a name: during an upgrade, a day of it may be partly there and partly under its
    /// name, and is one day here.
    pub(crate) fn read(rows: Vec<PriceColumns>, first: &ProviderName) -> Vec<Self> {
        let mut days = BTreeMap::new();
        for columns in rows {
            let has_name = !columns.0.is_empty();
            // This crate never writes a day that is not a date.
            let Some(it) = Self::of(columns, first) else { continue };
            let key = (
                Reverse(it.day),
                it.storage.clone(),
                it.ram.clone(),
                it.condition.clone(),
                it.provider.clone(),
            );
            match days.entry(key) {
                Entry::Vacant(place) => {
                    place.insert(it);
                }
                Entry::Occupied(mut known) => known.get_mut().add(&it, has_name),
            }
        }
        days.into_values().collect()
    }

    fn of(columns: PriceColumns, first: &ProviderName) -> Option<Self> {
        let (provider, day, storage, ram, condition, lowest, highest, latest, quotes) = columns;
        Some(Self {
            provider: if provider.is_empty() {
                first.clone()
            } else {
                ProviderName::parse(&provider).ok()?
            },
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

    /// Adds the other part of the day. Which part has the last price is not recorded: it is the newer servers'.
    fn add(&mut self, other: &Self, is_newer: bool) {
        self.lowest = self.lowest.min(other.lowest);
        self.highest = self.highest.max(other.highest);
        self.quotes = self.quotes.saturating_add(other.quotes);
        if is_newer {
            self.latest = other.latest;
        }
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
