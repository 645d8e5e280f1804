//! How many calls an account may make on a day in UTC+8, and how many this process knows to be used. The
//! records keep the actual count.

use std::sync::Arc;

use jiff::civil::Date;
use records::{Begun, Most, Taken};

use crate::call_context::Priority;

/// How many calls may be made on a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    /// Calls a day.
    pub(crate) daily: u32,
    /// Of these, how many only shoppers may make.
    pub(crate) reserve: u32,
    /// Of the day's calls, how many may be searches.
    pub(crate) searches: u32,
}

impl Allowance {
    /// The calls of the day that may be made with that priority.
    pub(crate) fn most(self, priority: Priority) -> u32 {
        match priority {
            Priority::Shopper => self.daily,
            Priority::List | Priority::Background => self.daily.saturating_sub(self.reserve),
        }
    }

    /// The same, with the limit of searches and what is kept for others.
    pub(crate) fn of(self, priority: Priority) -> Most {
        let calls = self.most(priority);
        Most { calls, searches: self.searches, reserve: self.daily - calls }
    }
}

/// How many counts are kept in memory, of the most recent accounts and days.
const MOST_KNOWN: usize = 4;

/// The used calls of each account and day, as far as this process knows them. An unknown count is `None`,
/// never 0.
#[derive(Debug, Default)]
pub(crate) struct Known(Vec<(Arc<str>, Date, Taken)>);

impl Known {
    /// What is known about an account that has made no call before.
    pub(crate) fn unspent(app_id: &Arc<str>) -> Self {
        Self(vec![(Arc::clone(app_id), Date::MIN, Taken::default())])
    }

    /// The used calls of that account on that day; `None` while the count is unknown. If an earlier day of
    /// the account is known, this process was already counting when the new day began, so the count begins at
    /// 0.
    pub(crate) fn of(&self, app_id: &str, day: Date) -> Option<Taken> {
        let mut own = self.0.iter().filter(|(id, ..)| **id == *app_id);
        match own.clone().find(|(_, known, _)| *known == day) {
            Some((.., taken)) => Some(*taken),
            None => own.any(|(_, known, _)| *known < day).then(Taken::default),
        }
    }

    /// Raises the count to `taken`; a lower count changes nothing.
    pub(crate) fn learn(&mut self, app_id: &Arc<str>, day: Date, taken: Taken) {
        let taken = taken.max(self.of(app_id, day).unwrap_or_default());
        self.0.retain(|(id, known, _)| **id != **app_id || *known != day);
        self.0.push((Arc::clone(app_id), day, taken));
        let surplus = self.0.len().saturating_sub(MOST_KNOWN);
        self.0.drain(..surplus);
    }

    /// Subtracts what was counted for an attempt that was not sent.
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
    fn a_count_that_was_never_read_is_unknown_and_not_zero() {
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
            advance: None,
        });
        assert_eq!(known.of("A", today), Some(before.with_returned(3, 1)));
        assert_eq!(known.of("A", today.yesterday().unwrap()), Some(before));
        assert_eq!(known.of("B", today), Some(before));
    }
}
