//! The counts of an account's calls on a day in UTC+8.

/// Counts of the calls of a day. Each figure only grows, so of two counts the higher one is right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// All calls.
    pub calls: u32,
    /// Of these, searches.
    pub searches: u32,
    /// Calls that were counted but cost nothing, since they never left this machine.
    pub returned: u32,
    /// Of these, searches.
    pub returned_searches: u32,
}

/// Calls of a day: those that count against the quota, or a part of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// All calls.
    pub calls: u32,
    /// Of these, searches.
    pub searches: u32,
}

impl Spent {
    /// Each figure with the other's added.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            calls: self.calls.saturating_add(other.calls),
            searches: self.searches.saturating_add(other.searches),
        }
    }

    /// Each figure without the other's; never below 0.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self {
            calls: self.calls.saturating_sub(other.calls),
            searches: self.searches.saturating_sub(other.searches),
        }
    }

    /// The lower value of each figure.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self { calls: self.calls.min(other.calls), searches: self.searches.min(other.searches) }
    }
}

impl Taken {
    /// The higher value of each figure.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self {
            calls: self.calls.max(other.calls),
            searches: self.searches.max(other.searches),
            returned: self.returned.max(other.returned),
            returned_searches: self.returned_searches.max(other.returned_searches),
        }
    }

    /// The calls and searches that count against the quota.
    pub fn spent(self) -> Spent {
        Spent {
            calls: self.calls.saturating_sub(self.returned),
            searches: self.searches.saturating_sub(self.returned_searches),
        }
    }

    /// Adds an attempt that uses that many calls, and that many searches among them.
    #[must_use]
    pub fn with(self, spends: u32, searches: u32) -> Self {
        Self {
            calls: self.calls.saturating_add(spends),
            searches: self.searches.saturating_add(searches),
            ..self
        }
    }

    /// Gives back what an attempt used that never left this machine: that many calls, and that many searches
    /// among them.
    #[must_use]
    pub fn with_returned(self, spends: u32, searches: u32) -> Self {
        Self {
            returned: self.returned.saturating_add(spends),
            returned_searches: self.returned_searches.saturating_add(searches),
            ..self
        }
    }

    /// Only what was given back. The database may not know it yet, since it is written a moment later.
    #[must_use]
    pub(crate) fn given_back(self) -> Self {
        Self { calls: 0, searches: 0, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_back_is_not_spent_and_never_below_nothing() {
        let taken = Taken { calls: 5, searches: 2, returned: 2, returned_searches: 1 };
        assert_eq!(taken.spent(), Spent { calls: 3, searches: 1 });
        let other = Taken { calls: 4, returned: 9, ..Taken::default() };
        assert_eq!(taken.max(other).spent(), Spent { calls: 0, searches: 1 });
        assert_eq!(taken.with(3, 1), Taken { calls: 8, searches: 3, ..taken });
        assert_eq!(taken.with_returned(2, 0), Taken { returned: 4, ..taken });
        assert_eq!(taken.given_back(), Taken { returned: 2, returned_searches: 1, ..Taken::default() });
    }
}
