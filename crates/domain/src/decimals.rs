//! Numbers that are not money: written as decimal strings, never as floats.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A factor such as a condition discount or a market coefficient, written with at least
/// two decimals (`0.90`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ratio(Decimal);

impl Ratio {
    /// The factor 1.
    pub const ONE: Self = Self(Decimal::ONE);

    /// A ratio, rounded half-even to four decimals.
    pub fn new(value: Decimal) -> Self {
        Self(value.round_dp(4).normalize())
    }

    /// The value.
    pub fn value(self) -> Decimal {
        self.0
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut value = self.0;
        value.rescale(value.scale().max(2));
        write!(f, "{value}")
    }
}

/// A condition score between 0.0 and 10.0, in tenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Score(u16);

impl Score {
    /// The lowest score.
    pub const ZERO: Self = Self(0);
    const HIGHEST: u16 = 100;

    /// A score in tenths; above 10.0 it is 10.0.
    pub const fn from_tenths(tenths: u16) -> Self {
        Self(if tenths > Self::HIGHEST { Self::HIGHEST } else { tenths })
    }

    /// The score in tenths, 0 to 100.
    pub const fn tenths(self) -> u16 {
        self.0
    }

    /// The sum, at most 10.0.
    pub const fn plus(self, other: Self) -> Self {
        Self::from_tenths(self.0 + other.0)
    }

    /// The difference, at least 0.0.
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

/// A distance, kept in metres and written in kilometres (`1.2`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Distance(Decimal);

impl Distance {
    /// A distance of `km`, rounded half-even to the metre; `None` when it is negative.
    pub fn from_km(km: Decimal) -> Option<Self> {
        (!km.is_sign_negative()).then(|| Self(km.round_dp(3).normalize()))
    }

    /// The distance in kilometres.
    pub fn km(self) -> Decimal {
        self.0
    }
}

impl fmt::Display for Distance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut km = self.0;
        km.rescale(km.scale().max(1));
        write!(f, "{km}")
    }
}

/// Serialises through `Display`, and back through a decimal.
macro_rules! serde_by_decimal {
    ($name:ident, $from:expr) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                let value = text.parse::<Decimal>().map_err(D::Error::custom)?;
                let make: fn(Decimal) -> Option<$name> = $from;
                make(value).ok_or_else(|| D::Error::custom("out of range"))
            }
        }
    };
}

serde_by_decimal!(Ratio, |value| Some(Ratio::new(value)));
serde_by_decimal!(Distance, Distance::from_km);
serde_by_decimal!(Score, |value| {
    let tenths = u16::try_from(value.checked_mul(Decimal::TEN)?).ok()?;
    (tenths <= Score::HIGHEST).then_some(Score(tenths))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_written_with_the_decimals_of_its_kind() {
        let ratio = |text: &str| Ratio::new(text.parse().unwrap()).to_string();
        assert_eq!(ratio("0.9"), "0.90");
        assert_eq!(ratio("1"), "1.00");
        assert_eq!(ratio("1.025"), "1.025");
        assert_eq!(Score::from_tenths(90).to_string(), "9.0");
        assert_eq!(Distance::from_km("1.2".parse().unwrap()).unwrap().to_string(), "1.2");
        assert_eq!(Distance::from_km(Decimal::TWO).unwrap().to_string(), "2.0");
        assert_eq!(Distance::from_km(Decimal::NEGATIVE_ONE), None);
    }

    #[test]
    fn a_score_stays_between_0_and_10() {
        let score = Score::from_tenths;
        assert_eq!(score(101), score(100));
        assert_eq!((score(99).tenths(), score(100).tenths()), (99, 100));
        assert_eq!(score(60).plus(score(30)), score(90));
        assert_eq!(score(60).plus(score(50)), score(100));
        assert_eq!(score(60).minus(score(25)), score(35));
        assert_eq!(score(60).minus(score(70)), Score::ZERO);
    }

    #[test]
    fn ratios_have_four_decimals_and_distances_three() {
        let ratio = Ratio::new("0.12345".parse().unwrap());
        assert_eq!((ratio.to_string(), ratio.value()), ("0.1234".to_owned(), "0.1234".parse().unwrap()));
        let distance = Distance::from_km("1.2345".parse().unwrap()).unwrap();
        assert_eq!((distance.to_string(), distance.km()), ("1.234".to_owned(), "1.234".parse().unwrap()));
        assert_eq!(Distance::from_km(Decimal::ZERO).map(|it| it.to_string()), Some("0.0".to_owned()));
    }

    #[test]
    fn each_comes_back_from_json_as_it_was() {
        let score: Score = serde_json::from_str("\"8.5\"").unwrap();
        assert_eq!(score, Score::from_tenths(85));
        assert_eq!(serde_json::from_str::<Score>("\"10.0\"").unwrap(), Score::from_tenths(100));
        assert!(serde_json::from_str::<Score>("\"10.1\"").is_err());
        assert!(serde_json::from_str::<Score>("\"-1\"").is_err());
        let distance: Distance = serde_json::from_str("\"1.2\"").unwrap();
        assert_eq!(serde_json::to_string(&distance).unwrap(), "\"1.2\"");
        assert!(serde_json::from_str::<Distance>("\"-1\"").is_err());
        let ratio: Ratio = serde_json::from_str("\"0.90\"").unwrap();
        assert_eq!(serde_json::to_string(&ratio).unwrap(), "\"0.90\"");
    }
}
