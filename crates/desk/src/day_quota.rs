//! What one provider's account may spend of a day's calls, and what this process knows to be spent.

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
    /// Too few calls are left, for its priority or of the searches' share.
    UsedUp,
    /// How many were taken today cannot be read.
    CountUnknown,
}

impl DayQuota {
    /// Counts on from what is `known` of today's calls.
    pub(crate) fn new(allowance: Allowance, known: Known) -> Self {
        Self { allowance, known: Mutex::new(known) }
    }

    /// What may be spent of a day's calls.
    pub(crate) fn allowance(&self) -> Allowance {
        self.allowance
    }

    /// Calls of `account` that are known to be taken on that day; `None` while that is unknown.
    pub(crate) fn taken(&self, account: &str, day: Date) -> Option<Taken> {
        self.known().of(account, day)
    }

    /// Learns that at least so much was taken.
    pub(crate) fn learn(&self, account: &Arc<str>, day: Date, taken: Taken) {
        self.known().learn(account, day, taken);
    }

    /// Takes what an attempt spends, by what is known here: the database does not count it.
    ///
    /// # Errors
    /// [`NoCall`] where that is not known, or too little is left.
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

    /// Gives back what an attempt took that was not sent.
    pub(crate) fn give_back(&self, begun: &Begun) {
        self.known().give_back(begun);
    }

    /// Calls of `account` that were spent on the day of `now` in UTC+8, as far as this process knows;
    /// `None` while that is unknown.
    pub(crate) fn spent(&self, account: &str, now: Timestamp) -> Option<Spent> {
        self.taken(account, UTC8.to_datetime(now).date()).map(Taken::spent)
    }

    /// Calls of the day in UTC+8 that are left for that priority: none while it is unknown how many
    /// were taken.
    pub(crate) fn remaining_for(&self, priority: Priority, account: &str, now: Timestamp) -> u32 {
        let spent = self.spent(account, now);
        spent.map_or(0, |spent| self.allowance.most(priority).saturating_sub(spent.calls))
    }

    /// Searches of the day in UTC+8 that may still be made: none while it is unknown how many were.
    pub(crate) fn searches_remaining(&self, account: &str, now: Timestamp) -> u32 {
        let Some(spent) = self.spent(account, now) else { return 0 };
        let calls = self.allowance.daily.saturating_sub(spent.calls);
        self.allowance.searches.saturating_sub(spent.searches).min(calls)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock()
    }
}
