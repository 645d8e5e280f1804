//! Reads a list's sheets, and notes everything that is wrong with them.

mod devices;
mod headings;
mod parts;
mod place;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::{Grade, Ratio};
use provider::GradeWords;
use sheet::Table;

use crate::list::{GRADES, PriceList, Prices};
use crate::mistake::{MistakeKind, Mistakes};
use crate::names::Part;
use devices::Devices;
use headings::Headings;
use place::Place;

impl PriceList {
    /// Reads the sheets of a list: the first with its devices, and those that [`crate::is_part`] names.
    ///
    /// # Errors
    /// Everything that is wrong with it, by cell. Then nothing of it is used.
    pub fn parse(sheets: &[Table]) -> Result<Self, Mistakes> {
        Self::parse_with(sheets, None)
    }

    /// The same, for a list in the dealer's own words for grades. Then the trade's words are none.
    ///
    /// # Errors
    /// Likewise.
    pub fn parse_with(sheets: &[Table], grades: Option<&GradeWords>) -> Result<Self, Mistakes> {
        let mut mistakes = Mistakes::default();
        let parsed = parse(sheets, grades, &mut mistakes);
        match parsed {
            Some(list) if mistakes.count() == 0 => Ok(list),
            _ => Err(mistakes),
        }
    }
}

/// The list; `None` where it has no headings. It is of no use if there are mistakes.
fn parse(sheets: &[Table], grades: Option<&GradeWords>, mistakes: &mut Mistakes) -> Option<PriceList> {
    let nothing = Table::default();
    let (first, others) = sheets.split_first().unwrap_or((&nothing, &[]));
    let parts = parts_of(others, mistakes);
    let mut place = Place { sheet: first.sheet.as_deref(), mistakes };
    let headings = Headings::find(first, grades, &mut place)?;
    let by_grade = !headings.grades.is_empty();
    if let Some(column) = headings.price.filter(|_| !by_grade && !parts.contains_key(&Part::Discounts)) {
        place.wrong(column, headings.row, MistakeKind::NoDiscounts);
    }
    let devices = Devices::read(first, &headings, &mut place);
    if let Some(table) = parts.get(&Part::Discounts).filter(|_| by_grade) {
        let mut place = Place { sheet: table.sheet.as_deref(), mistakes };
        place.wrong(0, 1, MistakeKind::DiscountsBesideGrades);
    }
    let prices = match (by_grade, parts.get(&Part::Discounts)) {
        (true, _) => Prices::ByGrade(devices.by_grade),
        (false, None) => Prices::One(devices.one, [None; GRADES]),
        (false, Some(table)) => {
            let shares = discounts(table, grades, &mut Place { sheet: table.sheet.as_deref(), mistakes });
            Prices::One(devices.one, shares)
        }
    };
    let faults = parts.get(&Part::Deductions).map(|table| {
        let mut place = Place { sheet: table.sheet.as_deref(), mistakes };
        parts::cuts(table, Part::Deductions, &mut place, MistakeKind::UnknownFault)
    });
    let repairs = parts.get(&Part::Repairs).map(|table| {
        let mut place = Place { sheet: table.sheet.as_deref(), mistakes };
        parts::cuts(table, Part::Repairs, &mut place, MistakeKind::UnknownRepair)
    });
    Some(PriceList {
        valid_from: headings.valid_from,
        models: devices.models,
        entries: devices.entries,
        index: devices.index,
        prices,
        faults,
        repairs,
        unread_sheets: first.other_sheets.clone(),
        hidden_rows: sheets.iter().map(|table| table.rows.iter().filter(|row| row.hidden).count()).sum(),
    })
}

/// The sheets after the first, by what they hold.
fn parts_of<'a>(others: &'a [Table], mistakes: &mut Mistakes) -> HashMap<Part, &'a Table> {
    let mut parts = HashMap::new();
    for table in others {
        let Some(part) = table.sheet.as_deref().and_then(Part::of) else { continue };
        match parts.entry(part) {
            Entry::Vacant(free) => {
                free.insert(table);
            }
            Entry::Occupied(_) => {
                Place { sheet: table.sheet.as_deref(), mistakes }.wrong(0, 1, MistakeKind::SheetTwice);
            }
        }
    }
    parts
}

/// The share of the price that each grade is worth. 九成新 is worth the price.
fn discounts(table: &Table, grades: Option<&GradeWords>, place: &mut Place<'_>) -> [Option<Ratio>; GRADES] {
    let mut shares = [None; GRADES];
    let is_asked = grades.is_none_or(|words| words.word(Grade::Excellent).is_some());
    shares[Grade::Excellent as usize] = is_asked.then_some(Ratio::ONE);
    for (grade, share) in parts::shares(table, grades, place) {
        shares[grade as usize] = Some(share);
    }
    shares
}
