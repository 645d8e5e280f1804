//! A price list that was read without a mistake, and prices by it.

use std::collections::HashMap;

use domain::{CatalogueItem, FaultKind, Grade, Money, QuoteRequest, Ratio, RepairKind};
use jiff::civil::Date;
use sheet::Table;

use crate::pricing::{Cut, Reason, Worked, work};
use crate::spelling::{Spelt, key, size};

/// How many grades there are.
pub(crate) const GRADES: usize = 7;

/// A dealer's prices: of sound devices by grade, and what faults and repairs take off.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceList {
    pub(crate) valid_from: Option<Date>,
    pub(crate) models: Vec<ListedModel>,
    pub(crate) entries: Vec<Entry>,
    /// The first entry of a device, by its key without memory.
    pub(crate) index: HashMap<Box<str>, u32>,
    pub(crate) prices: Prices,
    /// `None` where the sheet is missing.
    pub(crate) faults: Option<Vec<(FaultKind, Cut)>>,
    /// `None` where the sheet is missing.
    pub(crate) repairs: Option<Vec<(RepairKind, Cut)>>,
    pub(crate) unread_sheets: Vec<String>,
    pub(crate) hidden_rows: usize,
}

/// A model of the list, as a search finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListedModel {
    pub(crate) item: CatalogueItem,
    /// Its name without letter case and spaces.
    pub(crate) name: Box<str>,
    /// Its brand's names, likewise.
    pub(crate) brand: Box<str>,
}

/// A device of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its place among the models.
    pub(crate) model: u32,
    /// As the trade writes it.
    pub(crate) storage: Box<str>,
    /// Without letter case and spaces; empty for any memory.
    pub(crate) memory: Box<str>,
    /// The next entry that differs only in its memory.
    pub(crate) next: Option<u32>,
}

/// The prices of the entries, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Prices {
    /// Of each grade.
    ByGrade(Vec<[Option<Money>; GRADES]>),
    /// Of 九成新, and the share of it that each grade is worth.
    One(Vec<Option<Money>>, [Option<Ratio>; GRADES]),
}

/// Why there is no price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPrice {
    /// The device is not in the list.
    Unknown,
    /// The list has it with several memories, and the memory is not told.
    WhichMemory,
    /// The device has no price in this grade.
    Grade(Grade),
    /// The list does not say what this fault takes off; `None` for a fault in a person's own words.
    Fault(Option<FaultKind>),
    /// The list does not say what this repair takes off; `None` for a repair in a person's own words.
    Repair(Option<RepairKind>),
    /// Nothing is left of the price.
    Nothing,
}

/// A device of the list with its price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced<'a> {
    /// The model, as the list writes it.
    pub model: &'a str,
    /// The storage, as the trade writes it.
    pub storage: &'a str,
    /// The price.
    pub worked: Worked,
}

impl PriceList {
    /// The most devices of a list.
    pub const MOST_DEVICES: usize = Table::MOST_ROWS;

    /// From which day in UTC+8 on the list holds; `None` for at once.
    pub fn valid_from(&self) -> Option<Date> {
        self.valid_from
    }

    /// How many devices it has: model, storage and memory.
    pub fn devices(&self) -> usize {
        self.entries.len()
    }

    /// How many models it has.
    pub fn models(&self) -> usize {
        self.models.len()
    }

    /// How many prices of sound devices it has.
    pub fn prices(&self) -> usize {
        match &self.prices {
            Prices::ByGrade(prices) => prices.iter().flatten().flatten().count(),
            Prices::One(prices, shares) => prices.iter().flatten().count() * shares.iter().flatten().count(),
        }
    }

    /// Whether it says what faults take off. Without that, no device with a fault has a price.
    pub fn has_deductions(&self) -> bool {
        self.faults.is_some()
    }

    /// Whether it says what repairs take off. Without that, no device with a repair has a price.
    pub fn has_repairs(&self) -> bool {
        self.repairs.is_some()
    }

    /// The sheets that are not read, because their names are no part of a price list.
    pub fn unread_sheets(&self) -> &[String] {
        &self.unread_sheets
    }

    /// How many rows the spreadsheet does not show. They count like the others.
    pub fn hidden_rows(&self) -> usize {
        self.hidden_rows
    }

    /// The price of a device.
    ///
    /// # Errors
    /// [`NoPrice`].
    pub fn price(&self, device: &QuoteRequest) -> Result<Priced<'_>, NoPrice> {
        let place = self.find(device)?;
        let entry = &self.entries[place];
        let grade = device.grade();
        let (base, share) = self.of_grade(place, grade).ok_or(NoPrice::Grade(grade))?;
        let cuts = self.cuts(device)?;
        let worked = work((base, grade, share), cuts.iter().copied()).ok_or(NoPrice::Nothing)?;
        let model = &self.models[entry.model as usize].item.model;
        Ok(Priced { model, storage: &entry.storage, worked })
    }

    /// The price in the list that a grade's price follows from, and its share of it.
    pub(crate) fn of_grade(&self, entry: usize, grade: Grade) -> Option<(Money, Ratio)> {
        match &self.prices {
            Prices::ByGrade(prices) => prices[entry][grade as usize].map(|price| (price, Ratio::ONE)),
            Prices::One(prices, shares) => prices[entry].zip(shares[grade as usize]),
        }
    }

    /// The place of a device: as it is written, else as it is understood, which the list's rows are too.
    fn find(&self, device: &QuoteRequest) -> Result<usize, NoPrice> {
        let (category, memory) = (device.category(), device.ram().unwrap_or_default());
        let written = key(category, device.brand(), device.model(), device.storage());
        if let Some(first) = self.index.get(written.as_str()) {
            return self.with_memory(*first, memory);
        }
        let spelt = Spelt::asked(device);
        if !spelt.has_clear_sizes {
            return Err(NoPrice::Unknown);
        }
        let understood = key(category, &spelt.brand, &spelt.model, &spelt.storage);
        let first = self.index.get(understood.as_str()).ok_or(NoPrice::Unknown)?;
        self.with_memory(*first, &spelt.memory)
    }

    /// Of the entries from `first` on, the one with this memory. An entry without memory is of any other. Where the
    /// memory is not told, there has to be only one.
    fn with_memory(&self, first: u32, memory: &str) -> Result<usize, NoPrice> {
        let memory = size(memory);
        let entries =
            || std::iter::successors(Some(first as usize), |place| Some(self.entries[*place].next? as usize));
        let of = |memory: &str| entries().find(|place| &*self.entries[*place].memory == memory);
        match (of(&memory).or_else(|| of("")), memory.is_empty()) {
            (Some(place), _) => Ok(place),
            (None, true) if self.entries[first as usize].next.is_none() => Ok(first as usize),
            (None, true) => Err(NoPrice::WhichMemory),
            (None, false) => Err(NoPrice::Unknown),
        }
    }

    /// What the faults and repairs of a device take off, each kind once.
    fn cuts(&self, device: &QuoteRequest) -> Result<Vec<(Reason, Cut)>, NoPrice> {
        let mut cuts: Vec<(Reason, Cut)> = Vec::new();
        let mut add = |reason: Reason, cut: Cut| {
            if cuts.iter().all(|(known, _)| *known != reason) {
                cuts.push((reason, cut));
            }
        };
        for fault in device.function_status().faults() {
            let kind = fault.kind();
            let cut = kind.and_then(|kind| cut_of(&self.faults, kind)).ok_or(NoPrice::Fault(kind))?;
            add(Reason::Fault(cut.0), cut.1);
        }
        for kind in device.repair_history().map(|repairs| repairs.kinds()).unwrap_or_default() {
            let cut = kind.and_then(|kind| cut_of(&self.repairs, kind)).ok_or(NoPrice::Repair(kind))?;
            add(Reason::Repair(cut.0), cut.1);
        }
        Ok(cuts)
    }
}

fn cut_of<T: Copy + PartialEq>(cuts: &Option<Vec<(T, Cut)>>, kind: T) -> Option<(T, Cut)> {
    cuts.iter().flatten().find(|(known, _)| *known == kind).copied()
}
