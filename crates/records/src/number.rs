//! Whole numbers as databases hold them: 64 bits with a sign.

use std::time::Duration;

use jiff::Timestamp;

/// Converts to a count: a negative number becomes 0, and a number that is too high becomes the highest count.
pub(crate) fn count(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

/// Converts to a number with a sign. A number that is too high becomes the highest one.
pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Whole milliseconds.
pub(crate) fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

/// The instant `seconds` after 1970, or 1970 if the calendar has no such instant.
pub(crate) fn instant(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or_default()
}

/// The instant `milliseconds` after 1970, or 1970 if the calendar has no such instant.
pub(crate) fn instant_ms(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or_default()
}

/// A duration in milliseconds. One that is too long becomes the longest.
pub(crate) fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_within_what_they_count() {
        assert_eq!([-1, 0, 7, i64::MAX].map(count), [0, 0, 7, u32::MAX]);
        assert_eq!([0, 7, u64::MAX].map(signed), [0, 7, i64::MAX]);
        assert_eq!((instant(7), instant_ms(7_000)), (instant_ms(7_000), instant(7)));
        assert_eq!(instant(i64::MAX), Timestamp::UNIX_EPOCH);
    }
}
