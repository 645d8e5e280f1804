//! The buyers whose prices the page shows.

use desk::PriceOfDay;
use domain::ProviderName;

use crate::words::{Locale, td_string};

/// A buyer, as readers know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buyer {
    /// Its name in the settings.
    pub name: ProviderName,
    /// What readers read instead.
    pub label: String,
}

/// The place of a buyer in the order of the settings. One that is not there comes last.
pub(super) fn place(buyers: &[Buyer], name: &ProviderName) -> usize {
    buyers.iter().position(|it| it.name == *name).unwrap_or(buyers.len())
}

/// The buyers that have a price in a history, in the order of the settings; none if there is only one, because then
/// the page does not say whose prices it shows.
pub(super) fn several<'a>(buyers: &'a [Buyer], history: &[PriceOfDay]) -> Vec<&'a Buyer> {
    let has_a_price = |buyer: &&Buyer| history.iter().any(|it| it.provider == buyer.name);
    let with_prices: Vec<_> = buyers.iter().filter(has_a_price).collect();
    if with_prices.len() > 1 { with_prices } else { Vec::new() }
}

/// What readers read as the name of the buyer.
pub(super) fn label<'a>(buyers: &[&'a Buyer], name: &ProviderName) -> Option<&'a str> {
    buyers.iter().find(|it| it.name == *name).map(|it| it.label.as_str())
}

/// The names of buyers as a list.
pub(super) fn names(locale: Locale, buyers: &[&Buyer]) -> String {
    let names: Vec<_> = buyers.iter().map(|it| it.label.as_str()).collect();
    names.join(td_string!(locale, language.comma))
}
