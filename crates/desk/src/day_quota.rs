//! The day's quota of one provider's account: how many calls may be made, and how many this process knows to
//! be used.

use std::sync::Arc;

use domain::UTC8;
use jiff::Timestamp;
use jiff::civil::Date;
use parking_lot::{Mutex, MutexGuard};
use records::{Begun, Spent, Taken};

use crate::call_context::Priority;
use crate::quota::{Allowance, Known};

/// The day's quota of one provider.
pub(crate) struct DayQuota {
    allowance: Allowance,
    known: Mutex<Known>,
}

/// Why an attempt may not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoCall {
    /// Too few calls remain, either for the attempt's priority or of the share for searches.
    UsedUp,
    /// The records do not say how many calls were used today.
    CountUnknown,
}

impl DayQuota {
    /// A quota that starts with the counts in `known`.
    pub(crate) fn new(allowance: Allowance, known: Known) -> Self {
        Self { allowance, known: Mutex::new(known) }
    }

    /// How many calls may be used a day.
    pub(crate) fn allowance(&self) -> Allowance {
        self.allowance
    }

    /// The calls of `account` that are known to be used on that day; `None` while that is unknown.
    pub(crate) fn taken(&self, account: &str, day: Date) -> Option<Taken> {
        self.known().of(account, day)
    }

    /// Raises the count of that day to `taken`; a lower count changes nothing.
    pub(crate) fn learn(&self, account: &Arc<str>, day: Date, taken: Taken) {
        self.known().learn(account, day, taken);
    }

    /// Counts what an attempt uses, by the count in memory alone: for a time when the database cannot count
    /// it.
    ///
    /// # Errors
    /// [`NoCall`] if that count is unknown, or too little remains.
    pub(crate) fn take(&self, begun: &Begun, priority: Priority) -> Result<Taken, NoCall> {
        let mut known = self.known();
        let taken = known.of(&begun.app_id, begun.day()).ok_or(NoCall::CountUnknown)?;
        let taken = taken.with(begun.spends, begun.searches);
        let spent = taken.spent();
        let no_search = begun.searches > 0 && spent.searches > self.allowance.searches;
        if spent.calls > self.allowance.most(priority) || no_search {
            return Err(NoCall::UsedUp);
        }
        known.learn(&begun.app_id, begun.day(), taken);
        Ok(taken)
    }

    /// Gives back to the quota what was counted for an attempt that was not sent.
    pub(crate) fn give_back(&self, begun: &Begun) {
        self.known().give_back(begun);
    }

    /// The calls of `account` that were spent on the day of `now` in UTC+8, as far as this process knows;
    /// `None` while that is unknown.
    pub(crate) fn spent(&self, account: &str, now: Timestamp) -> Option<Spent> {
        self.taken(account, UTC8.to_datetime(now).date()).map(Taken::spent)
    }

    /// The calls that remain for that priority on the day of `now` in UTC+8; 0 while it is unknown how many
    /// were used.
    pub(crate) fn remaining_for(&self, priority: Priority, account: &str, now: Timestamp) -> u32 {
        let spent = self.spent(account, now);
        spent.map_or(0, |spent| self.allowance.most(priority).saturating_sub(spent.calls))
    }

    /// The searches that remain on the day of `now` in UTC+8; 0 while it is unknown how many were made.
    pub(crate) fn searches_remaining(&self, account: &str, now: Timestamp) -> u32 {
        let Some(spent) = self.spent(account, now) else { return 0 };
        let calls = self.allowance.daily.saturating_sub(spent.calls);
        self.allowance.searches.saturating_sub(spent.searches).min(calls)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock()
    }
}
