use std::fmt;

use domain::Money;
use serde::{Deserialize, Serialize};

/// A currency's code of three letters (ISO 4217), such as `CNY`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// A text that is not a currency's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a currency is three capital letters, such as CNY")]
pub struct NotACurrency;

impl Currency {
    /// The currency of all offers: Renminbi, counted in fen.
    pub const CNY: Self = Self(*b"CNY");

    /// Reads a code.
    ///
    /// # Errors
    /// [`NotACurrency`] unless it is three capital letters from A to Z.
    pub fn parse(text: &str) -> Result<Self, NotACurrency> {
        let letters: [u8; 3] = text.as_bytes().try_into().map_err(|_| NotACurrency)?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters)).ok_or(NotACurrency)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

impl TryFrom<String> for Currency {
    type Error = NotACurrency;
    fn try_from(text: String) -> Result<Self, NotACurrency> {
        Self::parse(&text)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.to_string()
    }
}

/// An amount and its currency, as a shop states it when it redeems an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Amount {
    /// The amount in the currency's hundredth; fen for `CNY`.
    pub amount: Money,
    /// The currency.
    pub currency: Currency,
}

impl Amount {
    /// An amount in fen of Renminbi.
    pub const fn cny(amount: Money) -> Self {
        Self { amount, currency: Currency::CNY }
    }
}

/// Writes, for example, `450000 CNY`, in fen as the API does, so that the two sides of a difference can be
/// compared digit by digit.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount.fen(), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_three_capital_letters() {
        assert_eq!(Currency::parse("CNY"), Ok(Currency::CNY));
        for text in ["", "cny", "CN", "CNYY", "C Y", "元元"] {
            assert_eq!(Currency::parse(text), Err(NotACurrency), "{text}");
        }
    }
}
