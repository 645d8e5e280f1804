//! A model's variants and their prices.

use desk::PriceOfDay;
use domain::{Grade, Term};

/// A model with one storage and memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variant {
    pub(super) storage: String,
    pub(super) ram: Option<String>,
    /// How many answers its prices come from.
    pub(super) quotes: u32,
    /// Its prices, the latest day first.
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

    /// The latest known day of each grade, the best grade first.
    pub(super) fn grades(&self) -> impl Iterator<Item = (Grade, &PriceOfDay)> + Clone {
        let latest = |grade: &Grade| Some((*grade, self.of(*grade).next()?));
        Grade::ALL.iter().filter_map(latest)
    }

    /// The days of a grade, the latest first.
    pub(super) fn of(&self, grade: Grade) -> impl Iterator<Item = &PriceOfDay> {
        self.days.iter().filter(move |it| Grade::find(&it.condition) == Some(grade))
    }
}

/// The variants in a history, the smallest first.
pub(super) fn variants(history: &[PriceOfDay]) -> Vec<Variant> {
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
