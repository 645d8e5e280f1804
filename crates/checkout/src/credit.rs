use domain::Money;
use serde::{Deserialize, Serialize};

use crate::Amount;

/// What an offer is worth: the price of the device and the shop's top-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CreditParts")]
pub struct Credit {
    price: Money,
    top_up: Money,
}

/// A price and a top-up that do not make a credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a credit is a price above 0 and a top-up of 0 or more, together below 9 × 10¹⁵ fen")]
pub struct NoCredit;

#[derive(Deserialize)]
struct CreditParts {
    price: Money,
    top_up: Money,
}

impl Credit {
    /// The largest amount, in fen: JavaScript's largest exact integer, so that every shop reads the amount
    /// exactly.
    pub const MAX: Money = Money::from_fen((1 << 53) - 1);

    /// The credit of a price and a top-up, in fen.
    ///
    /// # Errors
    /// [`NoCredit`] if the price is not above 0, the top-up is negative, or the sum is above [`Credit::MAX`].
    pub fn new(price: Money, top_up: Money) -> Result<Self, NoCredit> {
        let fits = price > Money::ZERO && top_up >= Money::ZERO && price + top_up <= Self::MAX;
        fits.then_some(Self { price, top_up }).ok_or(NoCredit)
    }

    /// The price of the device.
    pub fn price(self) -> Money {
        self.price
    }

    /// What the shop adds.
    pub fn top_up(self) -> Money {
        self.top_up
    }

    /// Price and top-up together: the amount that a shop redeems.
    pub fn amount(self) -> Amount {
        Amount::cny(self.price + self.top_up)
    }
}

impl TryFrom<CreditParts> for Credit {
    type Error = NoCredit;
    fn try_from(parts: CreditParts) -> Result<Self, NoCredit> {
        Self::new(parts.price, parts.top_up)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_is_the_price_and_the_top_up_together() {
        let credit = Credit::new(Money::from_fen(450_000), Money::from_fen(20_000)).unwrap();
        assert_eq!(credit.amount().to_string(), "470000 CNY");
    }

    #[test]
    fn a_zero_price_a_negative_top_up_and_a_sum_that_no_browser_can_count_are_no_credit() {
        let credit = |price, top_up| Credit::new(Money::from_fen(price), Money::from_fen(top_up));
        assert_eq!(credit(0, 100), Err(NoCredit));
        assert_eq!(credit(100, -1), Err(NoCredit));
        assert_eq!(credit(i64::MAX, i64::MAX), Err(NoCredit));
        assert_eq!(credit(Credit::MAX.fen(), 1), Err(NoCredit));
        assert!(credit(Credit::MAX.fen(), 0).is_ok());
        assert!(serde_json::from_str::<Credit>(r#"{"price":0,"top_up":5}"#).is_err());
    }
}
