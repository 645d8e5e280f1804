//! Writes amounts and ranges for the page of a model's value.

use domain::Money;

use crate::words::{Locale, td_string};

/// The lowest and the highest of some prices; `None` for no prices.
pub(super) fn range(prices: impl Iterator<Item = Money> + Clone) -> Option<(Money, Money)> {
    Some((prices.clone().min()?, prices.max()?))
}

/// A range in whole yuan; a single amount if both ends are the same.
pub(super) fn told(locale: Locale, (lowest, highest): (Money, Money)) -> String {
    let (from, to) = (whole(lowest), whole(highest));
    if from == to { to } else { td_string!(locale, value.range, from = from, to = to) }
}

/// An amount in whole yuan. A price of another device is no more exact for this one.
pub(super) fn whole(amount: Money) -> String {
    Money::from_fen((amount.fen() + 50).div_euclid(100) * 100).to_string()
}

/// The whole yuan in an amount: the price that it is at least.
pub(super) fn whole_part(amount: Money) -> String {
    Money::from_fen(amount.fen().div_euclid(100) * 100).to_string()
}
