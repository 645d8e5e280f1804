//! Instants, written in the time zone of the trade.

use std::fmt;

use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// The time zone of all dates and times in the product. China has no daylight saving time.
pub const UTC8: Offset = Offset::constant(8);

/// An instant, to the second, written as RFC 3339 with `+08:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Moment(Timestamp);

impl Moment {
    /// The instant `at` without fractions of a second.
    pub fn new(at: Timestamp) -> Self {
        Self(Timestamp::from_second(at.as_second()).unwrap_or(at))
    }

    /// The instant of the date and time `civil` in UTC+8; `None` outside the years that a timestamp
    /// covers.
    pub fn from_utc8(civil: DateTime) -> Option<Self> {
        UTC8.to_timestamp(civil).ok().map(Self::new)
    }

    /// The date and time in UTC+8.
    pub fn in_utc8(self) -> DateTime {
        UTC8.to_datetime(self.0)
    }

    /// The instant.
    pub fn timestamp(self) -> Timestamp {
        self.0
    }

    /// The time from `earlier` to this; negative when `earlier` is later.
    pub fn since(self, earlier: Self) -> SignedDuration {
        self.0.duration_since(earlier.0)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+08:00", self.in_utc8())
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map(Self::new).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_whole_seconds_and_a_distance_to_another() {
        let at = |text: &str| Moment::new(text.parse().unwrap());
        let (earlier, later) = (at("2025-12-30T06:00:00.9Z"), at("2025-12-30T06:01:00Z"));
        assert_eq!(earlier.timestamp(), "2025-12-30T06:00:00Z".parse().unwrap());
        assert_eq!(later.since(earlier), SignedDuration::from_secs(60));
        assert_eq!(earlier.since(later), SignedDuration::from_secs(-60));
        assert!(serde_json::from_str::<Moment>("\"yesterday\"").is_err());
    }

    #[test]
    fn a_moment_is_written_in_utc8_and_read_from_any_offset() {
        let moment: Moment = serde_json::from_str("\"2025-12-30T06:00:00Z\"").unwrap();
        assert_eq!(moment.to_string(), "2025-12-30T14:00:00+08:00");
        assert_eq!(serde_json::to_string(&moment).unwrap(), "\"2025-12-30T14:00:00+08:00\"");
        assert_eq!(Moment::from_utc8(jiff::civil::datetime(2025, 12, 30, 14, 0, 0, 0)), Some(moment));
    }
}
