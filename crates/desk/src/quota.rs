//! What may be taken of the calls of a day in UTC+8, by app id, and what this process knows to be taken.
//! The count itself is kept by the records.

use std::sync::Arc;

use jiff::civil::Date;
use records::{Begun, Most, Taken};

use crate::call_context::Priority;

/// What may be taken of a day's calls.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    /// Calls a day.
    pub(crate) daily: u32,
    /// Of these, calls that only shoppers may take.
    pub(crate) reserve: u32,
    /// Of the calls of a day, those that may be searches.
    pub(crate) searches: u32,
}

impl Allowance {
    /// The calls of the day that may be taken for that priority.
    pub(crate) fn most(self, priority: Priority) -> u32 {
        match priority {
            Priority::Shopper => self.daily,
            Priority::Batch | Priority::Background => self.daily.saturating_sub(self.reserve),
        }
    }

    /// The same, with the searches among them.
    pub(crate) fn of(self, priority: Priority) -> Most {
        Most { calls: self.most(priority), searches: self.searches }
    }
}

/// Counts that are kept in memory: of the last days and accounts.
const MOST_KNOWN: usize = 4;

/// What this process knows to be taken of the calls of each account and day. A count that it does
/// not know is not 0.
#[derive(Debug, Default)]
pub(crate) struct Known(Vec<(Arc<str>, Date, Taken)>);

impl Known {
    /// What is known for an account that nothing was spent of before.
    pub(crate) fn unspent(app_id: &Arc<str>) -> Self {
        Self(vec![(Arc::clone(app_id), Date::MIN, Taken::default())])
    }

    /// What is known to be taken of that account's calls on that day; `None` while that is unknown.
    /// A day that began while this process counted has nothing but its own calls.
    pub(crate) fn of(&self, app_id: &str, day: Date) -> Option<Taken> {
        let mut own = self.0.iter().filter(|(id, ..)| **id == *app_id);
        match own.clone().find(|(_, known, _)| *known == day) {
            Some((.., taken)) => Some(*taken),
            None => own.any(|(_, known, _)| *known < day).then(Taken::default),
        }
    }

    /// Learns that at least so much was taken.
    pub(crate) fn learn(&mut self, app_id: &Arc<str>, day: Date, taken: Taken) {
        let taken = taken.max(self.of(app_id, day).unwrap_or_default());
        self.0.retain(|(id, known, _)| **id != **app_id || *known != day);
        self.0.push((Arc::clone(app_id), day, taken));
        let surplus = self.0.len().saturating_sub(MOST_KNOWN);
        self.0.drain(..surplus);
    }

    /// Learns that an attempt never left: what it took is free again.
    pub(crate) fn give_back(&mut self, begun: &Begun) {
        let own = self.0.iter_mut().find(|(id, day, _)| *id == begun.app_id && *day == begun.day());
        if let Some((.., taken)) = own {
            *taken = taken.with_returned(begun.spends, begun.searches);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_count_that_nobody_read_is_unknown_and_not_nothing() {
        let (own, other): (Arc<str>, Arc<str>) = ("A".into(), "B".into());
        let today = date(2025, 12, 30);
        let of = |calls| Taken { calls, ..Taken::default() };
        let taken = |calls| Some(of(calls));
        let mut known = Known::default();
        assert_eq!(known.of("A", today), None);
        known.learn(&own, today, of(3));
        known.learn(&own, today, of(2));
        assert_eq!(known.of("A", today), taken(3));
        assert_eq!(known.of("B", today), None, "another account");
        assert_eq!(known.of("A", today.tomorrow().unwrap()), taken(0), "a day that began meanwhile");
        assert_eq!(known.of("A", today.yesterday().unwrap()), None);
        known.learn(&other, today, Taken::default());
        assert_eq!((known.of("A", today), known.of("B", today)), (taken(3), taken(0)));
        assert_eq!(Known::unspent(&own).of("A", today), taken(0));
    }

    #[test]
    fn what_an_attempt_took_that_never_left_is_free_again_on_its_day_and_for_its_account() {
        let (own, other): (Arc<str>, Arc<str>) = ("A".into(), "B".into());
        let today = date(2025, 12, 30);
        let before = Taken { calls: 5, searches: 2, ..Taken::default() };
        let mut known = Known::default();
        for (account, day) in [(&other, today), (&own, today.yesterday().unwrap()), (&own, today)] {
            known.learn(account, day, before);
        }
        known.give_back(&Begun {
            app_id: Arc::clone(&own),
            at: "2025-12-30T06:00:00Z".parse().unwrap(),
            call: "quote",
            attempt: 1,
            parameters: "{}".into(),
            spends: 3,
            searches: 1,
            merchant: None,
            provider: None,
        });
        assert_eq!(known.of("A", today), Some(before.with_returned(3, 1)));
        assert_eq!(known.of("A", today.yesterday().unwrap()), Some(before));
        assert_eq!(known.of("B", today), Some(before));
    }
}
