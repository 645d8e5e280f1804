//! Amounts of money.

use std::fmt;
use std::ops::{Add, Neg, Sub};

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// An amount in fen (1/100 yuan), as an integer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

impl Money {
    /// 0 fen.
    pub const ZERO: Self = Self(0);
    /// One yuan.
    pub const YUAN: Self = Self(100);

    /// An amount of `fen`.
    pub const fn from_fen(fen: i64) -> Self {
        Self(fen)
    }

    /// The amount in fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// An amount of `yuan`, rounded half-even to the fen, and whether rounding changed it.
    /// `None` when it does not fit into 64 bits.
    pub fn from_yuan(yuan: Decimal) -> Option<(Self, bool)> {
        let fen = yuan.checked_mul(Decimal::ONE_HUNDRED)?;
        let rounded = fen.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
        Some((Self(rounded.to_i64()?), rounded != fen))
    }

    /// The amount in yuan, with no more decimals than it needs.
    pub fn to_yuan(self) -> Decimal {
        Decimal::new(self.0, 2).normalize()
    }

    /// This amount times `factor`, rounded half-even to the fen; `None` when it does not fit into 64
    /// bits.
    pub fn scaled(self, factor: Decimal) -> Option<Self> {
        let product = Decimal::from(self.0).checked_mul(factor)?;
        product.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven).to_i64().map(Self)
    }

    /// The absolute amount.
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

/// `¥4,500` or `¥4,500.50`; a negative amount begins with a minus sign (U+2212).
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (yuan, fen) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        f.write_str(if self.0 < 0 { "−¥" } else { "¥" })?;
        let digits = yuan.to_string();
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position) % 3 == 0 {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        if fen > 0 { write!(f, ".{fen:02}") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_written_with_thousands_and_with_fen_only_where_it_has_some() {
        assert_eq!(Money::from_fen(450_000).to_string(), "¥4,500");
        assert_eq!(Money::from_fen(123_456_789).to_string(), "¥1,234,567.89");
        assert_eq!(Money::from_fen(-50_005).to_string(), "−¥500.05");
        assert_eq!(Money::ZERO.to_string(), "¥0");
    }

    #[test]
    fn sums_and_differences_stop_at_the_limits() {
        let fen = Money::from_fen;
        assert_eq!(fen(300) + fen(-100), fen(200));
        assert_eq!(fen(300) - fen(500), fen(-200));
        assert_eq!((-fen(300), fen(-300).abs(), fen(300).abs()), (fen(-300), fen(300), fen(300)));
        assert_eq!(fen(i64::MAX) + fen(1), fen(i64::MAX));
        assert_eq!(fen(i64::MIN) - fen(1), fen(i64::MIN));
        assert_eq!((-fen(i64::MIN), fen(i64::MIN).abs()), (fen(i64::MAX), fen(i64::MAX)));
    }

    #[test]
    fn an_amount_is_scaled_half_even_and_given_in_yuan() {
        let factor = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(Money::from_fen(500_000).scaled(factor("0.9")), Some(Money::from_fen(450_000)));
        assert_eq!(Money::from_fen(1).scaled(factor("0.5")), Some(Money::ZERO));
        assert_eq!(Money::from_fen(3).scaled(factor("0.5")), Some(Money::from_fen(2)));
        assert_eq!(Money::from_fen(i64::MAX).scaled(Decimal::TWO), None);
        assert_eq!(Money::from_fen(450_050).to_yuan().to_string(), "4500.5");
        assert_eq!(Money::from_fen(450_050).fen(), 450_050);
    }

    #[test]
    fn yuan_are_rounded_half_even_and_rounding_is_reported() {
        let read = |text: &str| Money::from_yuan(text.parse().unwrap()).unwrap();
        assert_eq!(read("4500"), (Money::from_fen(450_000), false));
        assert_eq!(read("10.005"), (Money::from_fen(1000), true));
        assert_eq!(read("10.015"), (Money::from_fen(1002), true));
        assert_eq!(Money::from_yuan(Decimal::MAX), None);
    }
}
