//! Whether a price can be this device's.

use domain::Money;
use rust_decimal::Decimal;

/// The highest ratio of a final price to the price of an undamaged device.
const MOST_OF_BASE: Decimal = Decimal::from_parts(15, 0, 0, false, 1);

/// Whether a final price is over 1.5 times the price of an undamaged device: then yuan were taken for fen, or
/// the price is another device's (decision 23 of the partner's protocol). Without a base there is nothing to
/// compare.
pub fn above_base(final_price: Money, base: Option<Money>) -> bool {
    let most = base.filter(|base| *base > Money::ZERO).and_then(|base| base.scaled(MOST_OF_BASE));
    most.is_some_and(|most| final_price > most)
}
