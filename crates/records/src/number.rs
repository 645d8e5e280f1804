//! Whole numbers as databases hold them: 64 bits with a sign.

/// Converts to a count: a negative number becomes 0, and a number that is too high becomes the highest count.
pub(crate) fn count(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    #[test]
    fn counts_stay_between_nothing_and_the_highest() {
        assert_eq!([-1, 0, 7, i64::MAX].map(super::count), [0, 0, 7, u32::MAX]);
    }
}
