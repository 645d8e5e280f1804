//! The rows of the first sheet: devices and their prices.

use std::collections::HashMap;

use domain::{CatalogueItem, Category, Grade, Money, PlainText, QuoteForm};
use sheet::{Table, TableRow, cell_name};

use super::headings::Headings;
use super::place::{Place, text};
use crate::cells::{is_empty, price};
use crate::list::{Entry, GRADES, ListedModel, PriceList};
use crate::mistake::MistakeKind;
use crate::names::{Column, term};
use crate::search;
use crate::spelling::{Spelt, key, of_model, size};

/// The devices of a list.
#[derive(Debug, Default)]
pub(super) struct Devices {
    pub(super) models: Vec<ListedModel>,
    pub(super) entries: Vec<Entry>,
    pub(super) index: HashMap<Box<str>, u32>,
    pub(super) by_grade: Vec<[Option<Money>; GRADES]>,
    pub(super) one: Vec<Option<Money>>,
    /// The place of each model, by its key.
    places: HashMap<String, u32>,
    /// The row of each entry.
    rows: Vec<u32>,
}

impl Devices {
    /// Reads the rows below the headings.
    pub(super) fn read(table: &Table, headings: &Headings, place: &mut Place<'_>) -> Self {
        let mut devices = Self::default();
        // Without these columns, every row would be wrong.
        if !headings.has_devices() {
            return devices;
        }
        let rows = &table.rows[headings.at + 1..];
        if rows.is_empty() {
            place.wrong(0, headings.row, MistakeKind::NoDevices);
        }
        if let Some(row) = rows.get(PriceList::MOST_DEVICES) {
            place.wrong(0, row.number, MistakeKind::TooManyDevices);
        }
        for row in rows.iter().take(PriceList::MOST_DEVICES) {
            devices.read_row(row, headings, place);
        }
        devices
    }

    fn read_row(&mut self, row: &TableRow, headings: &Headings, place: &mut Place<'_>) {
        let device = device(row, headings, place);
        let prices = prices(row, headings, place);
        let Some((category, spelt)) = device else { return };
        let (Ok(entry), Ok(model)) = (u32::try_from(self.entries.len()), self.model(category, &spelt)) else {
            return;
        };
        let key = key(category, &spelt.brand, &spelt.model, &spelt.storage).into_boxed_str();
        let memory = size(&spelt.memory).into_boxed_str();
        match self.index.get(&key).copied() {
            None => {
                self.index.insert(key, entry);
            }
            Some(first) => {
                let mut last = first as usize;
                loop {
                    if self.entries[last].memory == memory {
                        let column = headings.model.unwrap_or_default();
                        let before = cell_name(column, self.rows[last]);
                        return place.wrong(column, row.number, MistakeKind::Twice(before));
                    }
                    match self.entries[last].next {
                        Some(next) => last = next as usize,
                        None => break,
                    }
                }
                self.entries[last].next = Some(entry);
            }
        }
        let item = &mut self.models[model as usize].item;
        for (sizes, size) in [(&mut item.storages, &spelt.storage), (&mut item.rams, &spelt.memory)] {
            if !size.is_empty() && !sizes.contains(size) {
                sizes.push(size.clone());
            }
        }
        self.entries.push(Entry { model, storage: spelt.storage.into_boxed_str(), memory, next: None });
        self.rows.push(row.number);
        match prices {
            Found::ByGrade(prices) => self.by_grade.push(prices),
            Found::One(price) => self.one.push(price),
        }
    }

    /// The place of a model. The first name of it in the list counts.
    fn model(&mut self, category: Category, spelt: &Spelt) -> Result<u32, std::num::TryFromIntError> {
        let key = of_model(category, &spelt.brand, &spelt.model);
        if let Some(place) = self.places.get(&key) {
            return Ok(*place);
        }
        let place = u32::try_from(self.models.len())?;
        let item = CatalogueItem {
            device_type: category,
            brand: spelt.brand.clone(),
            model: spelt.model.clone(),
            storages: Vec::new(),
            rams: Vec::new(),
        };
        self.models.push(search::listed(item));
        self.places.insert(key, place);
        Ok(place)
    }
}

/// The prices of a row.
enum Found {
    ByGrade([Option<Money>; GRADES]),
    One(Option<Money>),
}

fn prices(row: &TableRow, headings: &Headings, place: &mut Place<'_>) -> Found {
    let mut read = |column: usize| {
        let written = text(row, Some(column));
        if is_empty(written) {
            return None;
        }
        let read = price(written);
        if let Err(why) = read {
            place.wrong(column, row.number, MistakeKind::NoAmount(written.to_owned(), why));
        }
        read.ok()
    };
    if headings.grades.is_empty() {
        return Found::One(headings.price.and_then(&mut read));
    }
    let mut prices = [None; GRADES];
    for (grade, column) in &headings.grades {
        prices[place_of(*grade)] = read(*column);
    }
    Found::ByGrade(prices)
}

fn place_of(grade: Grade) -> usize {
    grade as usize
}

/// The device of a row, in one spelling; `None` where a cell is wrong.
fn device(row: &TableRow, headings: &Headings, place: &mut Place<'_>) -> Option<(Category, Spelt)> {
    let before = place.mistakes.count();
    let cell = |column: Option<usize>| text(row, column);
    for (name, column) in [
        (Column::Type, headings.device_type),
        (Column::Brand, headings.brand),
        (Column::Model, headings.model),
    ] {
        if let Some(column) = column.filter(|_| cell(column).is_empty()) {
            place.wrong(column, row.number, MistakeKind::Missing(name));
        }
    }
    for column in [headings.brand, headings.model, headings.storage].into_iter().flatten() {
        let written = cell(Some(column));
        if let Err(problem) = PlainText::parse(written)
            && !written.is_empty()
        {
            place.wrong(column, row.number, MistakeKind::Unfit(problem));
        }
    }
    if place.mistakes.count() > before {
        return None;
    }
    let spelt = Spelt::of(QuoteForm {
        device_type: cell(headings.device_type).to_owned(),
        brand: cell(headings.brand).to_owned(),
        model: cell(headings.model).to_owned(),
        storage: cell(headings.storage).to_owned(),
        ram: cell(headings.memory).to_owned(),
        ..QuoteForm::default()
    });
    let mut wrong = |column: Option<usize>, kind: fn(String) -> MistakeKind| {
        place.wrong(column.unwrap_or_default(), row.number, kind(cell(column).to_owned()));
    };
    match spelt.category {
        category if category.is_none() && term::<Category>(cell(headings.device_type)).is_none() => {
            wrong(headings.device_type, MistakeKind::UnknownType);
        }
        _ if spelt.is_no_device => wrong(headings.model, MistakeKind::NoDevice),
        Some(_) if spelt.model.is_empty() => wrong(headings.model, MistakeKind::NoDevice),
        Some(_) if !spelt.has_clear_sizes && !cell(headings.storage).is_empty() => {
            wrong(headings.storage, MistakeKind::UnclearSize);
        }
        Some(_) if !spelt.has_clear_sizes => {
            wrong(headings.memory.or(headings.model), MistakeKind::UnclearSize)
        }
        Some(_) if spelt.storage.is_empty() => {
            let column = headings.storage.unwrap_or_default();
            place.wrong(column, row.number, MistakeKind::Missing(Column::Storage));
        }
        Some(category) => return Some((category, spelt)),
        None => {}
    }
    None
}
