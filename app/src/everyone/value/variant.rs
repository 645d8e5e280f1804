//! A model's variants and their prices.

use std::cmp::Reverse;

use desk::PriceOfDay;
use domain::{Grade, Money, Term};

use super::buyer::{Buyer, place};

/// For how many days the last price of a buyer says something beside a newer one of another buyer.
const RECENT: i32 = 7;

/// A model with one storage and memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variant {
    pub(super) storage: String,
    pub(super) ram: Option<String>,
    /// How many answers its prices come from.
    pub(super) quotes: u32,
    /// Its prices, the latest day first, and of one day in the order of the buyers.
    pub(super) days: Vec<PriceOfDay>,
}

impl Variant {
    /// Its name, such as `256GB` or `16GB + 512GB`.
    pub(super) fn name(&self) -> String {
        match &self.ram {
            Some(ram) => format!("{ram} + {}", self.storage),
            None => self.storage.clone(),
        }
    }

    pub(super) fn is(&self, storage: &str, ram: &str) -> bool {
        self.storage == storage && self.ram.as_deref().unwrap_or_default() == ram
    }

    /// The price of each grade, the best grade first: the highest of the buyers' last prices. The last price of a buyer
    /// that is a week older than another one's no longer says what the device is worth.
    pub(super) fn grades(&self) -> impl Iterator<Item = (Grade, &PriceOfDay)> + Clone {
        let best = |grade: &Grade| {
            let last = self.last(*grade);
            let since = last.first()?.day.saturating_sub(jiff::Span::new().days(RECENT - 1));
            // Of equal prices the newer one, then the first of the settings.
            let recent = last.into_iter().rev().filter(|it| it.day >= since);
            Some((*grade, recent.max_by_key(|it| it.latest)?))
        };
        Grade::ALL.iter().filter_map(best)
    }

    /// The last day of each buyer of a grade, the latest day first.
    pub(super) fn last(&self, grade: Grade) -> Vec<&PriceOfDay> {
        let mut last: Vec<&PriceOfDay> = Vec::new();
        for it in self.of(grade) {
            if last.iter().all(|known| known.provider != it.provider) {
                last.push(it);
            }
        }
        last
    }

    /// The last prices of all buyers of all grades.
    pub(super) fn last_prices(&self) -> Vec<Money> {
        Grade::ALL.iter().flat_map(|grade| self.last(*grade)).map(|it| it.latest).collect()
    }

    /// The days of a grade, the latest first.
    pub(super) fn of(&self, grade: Grade) -> impl Iterator<Item = &PriceOfDay> {
        self.days.iter().filter(move |it| Grade::find(&it.condition) == Some(grade))
    }
}

/// The variants in a history, the smallest first. `buyers` are those of the settings, in their order.
pub(super) fn variants(history: &[PriceOfDay], buyers: &[Buyer]) -> Vec<Variant> {
    let mut all: Vec<Variant> = Vec::new();
    for it in history {
        let known = all.iter_mut().find(|known| known.storage == it.storage && known.ram == it.ram);
        match known {
            Some(known) => {
                known.quotes += it.quotes;
                known.days.push(it.clone());
            }
            None => all.push(Variant {
                storage: it.storage.clone(),
                ram: it.ram.clone(),
                quotes: it.quotes,
                days: vec![it.clone()],
            }),
        }
    }
    for it in &mut all {
        it.days.sort_by_key(|it| (Reverse(it.day), place(buyers, &it.provider)));
    }
    all.sort_by_key(|it| (it.ram.as_deref().map(size), size(&it.storage)));
    all
}

/// A size in gigabytes. A text that is not a size comes last.
fn size(text: &str) -> u64 {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let number = digits.parse().unwrap_or(u64::MAX);
    if text.ends_with("TB") { number.saturating_mul(1024) } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_in_order_of_their_worth_and_not_of_their_letters() {
        let mut sizes = ["无", "1TB", "64GB", "512GB", "128GB"];
        sizes.sort_by_key(|it| size(it));
        assert_eq!(sizes, ["64GB", "128GB", "512GB", "1TB", "无"]);
    }
}
