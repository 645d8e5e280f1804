//! The calls of a day in UTC+8, as they are counted.

/// Calls of a day that were taken. Each figure only grows, so that of two counts the higher one is
/// right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// All of them.
    pub calls: u32,
    /// Of these, searches.
    pub searches: u32,
    /// Calls that were taken and cost nothing, since they never left this machine.
    pub returned: u32,
    /// Of these, searches.
    pub returned_searches: u32,
}

/// What counts of the calls of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// All of them.
    pub calls: u32,
    /// Of these, searches.
    pub searches: u32,
}

impl Taken {
    /// The higher one of each figure.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self {
            calls: self.calls.max(other.calls),
            searches: self.searches.max(other.searches),
            returned: self.returned.max(other.returned),
            returned_searches: self.returned_searches.max(other.returned_searches),
        }
    }

    /// Calls and searches that count against what is allowed.
    pub fn spent(self) -> Spent {
        Spent {
            calls: self.calls.saturating_sub(self.returned),
            searches: self.searches.saturating_sub(self.returned_searches),
        }
    }

    /// With what one attempt takes: so many calls, and so many of them searches.
    #[must_use]
    pub fn with(self, spends: u32, searches: u32) -> Self {
        Self {
            calls: self.calls.saturating_add(spends),
            searches: self.searches.saturating_add(searches),
            ..self
        }
    }

    /// With what one attempt gives back that never left: so many calls, and so many of them searches.
    #[must_use]
    pub fn with_returned(self, spends: u32, searches: u32) -> Self {
        Self {
            returned: self.returned.saturating_add(spends),
            returned_searches: self.returned_searches.saturating_add(searches),
            ..self
        }
    }

    /// What must stay as it is although the database says less: calls that were given back a moment
    /// ago may not be written yet.
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
