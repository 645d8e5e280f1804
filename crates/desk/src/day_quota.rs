//! The day's quota of one provider's account: how many calls may be made, and how many this process knows to
//! be used.

use std::sync::Arc;

use domain::UTC8;
use jiff::Timestamp;
use jiff::civil::Date;
use parking_lot::{Mutex, MutexGuard};
use records::{Advance, AdvanceAsked, Begun, InstanceId, Spent, Taken};

use crate::advance::Advances;
use crate::call_context::Priority;
use crate::quota::{Allowance, Known};

/// The day's quota of one provider.
pub(crate) struct DayQuota {
    allowance: Allowance,
    known: Mutex<Known>,
    /// What this instance holds back of a quota that others use too, under its id. `None` if no other process uses
    /// the quota, or only processes that lose the records together with this one.
    advance: Option<(InstanceId, Mutex<Advances>)>,
}

/// Why an attempt may not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoCall {
    /// Too few calls remain, either for the attempt's priority or of the share for searches.
    UsedUp,
    /// The records do not say how many calls were used today, or do not count this one.
    CountUnknown,
}

/// An attempt that is counted in memory, because the records do not answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Uncounted {
    /// The day's calls with it, as far as this process knows.
    pub(crate) taken: Taken,
    /// The instance from whose advance it is.
    pub(crate) advance: Option<InstanceId>,
}

impl DayQuota {
    /// A quota that starts with the counts in `known`. If other instances use it too, this one is `shared_by`.
    pub(crate) fn new(allowance: Allowance, known: Known, shared_by: Option<InstanceId>) -> Self {
        let advance = shared_by.map(|own| (own, Mutex::default()));
        Self { allowance, known: Mutex::new(known), advance }
    }

    /// How many calls may be used a day.
    pub(crate) fn allowance(&self) -> Allowance {
        self.allowance
    }

    /// The calls of `account` that the records counted on that day, as far as this process knows; `None` while that
    /// is unknown. Without an advance, also those that only this process counted.
    pub(crate) fn taken(&self, account: &str, day: Date) -> Option<Taken> {
        self.known().of(account, day)
    }

    /// Raises the count of that day to `taken`, as the records say; a lower count changes nothing.
    pub(crate) fn learn(&self, account: &Arc<str>, day: Date, taken: Taken) {
        if let Some((_, advances)) = &self.advance {
            advances.lock().counted(account, day);
        }
        self.known().learn(account, day, taken);
    }

    /// Counts what an attempt uses in memory alone: for a time when the database cannot count it.
    ///
    /// If others use the quota too, that is a shopper's attempt and is from the advance, which was counted before.
    ///
    /// # Errors
    /// [`NoCall`] if the count is unknown, or too little remains.
    pub(crate) fn take(&self, begun: &Begun, priority: Priority) -> Result<Uncounted, NoCall> {
        let (account, day) = (&begun.app_id, begun.day());
        if let Some((own, advances)) = &self.advance {
            let mut advances = advances.lock();
            if priority != Priority::Shopper || !advances.spend(begun) {
                return Err(NoCall::CountUnknown);
            }
            let spent = advances.uncounted(account, day);
            let known = self.taken(account, day).unwrap_or_default();
            return Ok(Uncounted {
                taken: known.with(spent.calls, spent.searches),
                advance: Some(own.clone()),
            });
        }
        let mut known = self.known();
        let taken = known.of(account, day).ok_or(NoCall::CountUnknown)?;
        let most = self.allowance.of(priority);
        let taken = taken.with(begun.spends, begun.searches);
        let spent = taken.spent();
        if spent.calls > most.calls || (begun.searches > 0 && spent.searches > most.searches) {
            return Err(NoCall::UsedUp);
        }
        known.learn(account, day, taken);
        Ok(Uncounted { taken, advance: None })
    }

    /// What the records may take of the advance for an attempt for which too little remains otherwise, with the
    /// instance that holds it. It is not spent any more.
    pub(crate) fn lend(&self, begun: &Begun) -> Option<(&InstanceId, Spent)> {
        let (own, advances) = self.advance.as_ref()?;
        Some((own, advances.lock().lend(begun)?))
    }

    /// The records did not take what was lent: it can be spent again.
    pub(crate) fn lent_in_vain(&self, begun: &Begun, lent: Spent) {
        if let Some((_, advances)) = &self.advance {
            advances.lock().lent_in_vain(begun, lent);
        }
    }

    /// What this instance asks for to have an advance on that day; `None` if it needs none.
    pub(crate) fn asks_for(&self, account: &Arc<str>, day: Date) -> Option<AdvanceAsked> {
        let (own, advances) = self.advance.as_ref()?;
        let advances = advances.lock();
        Some(AdvanceAsked {
            account: Arc::clone(account),
            day,
            holder: own.clone(),
            returned: advances.returned(account, day),
            most: advances.may_grow().then(|| self.allowance.of(Priority::Shopper)),
        })
    }

    /// Learns what the records answered to that. Returns whether it is to be asked again, because something is to be
    /// given back.
    pub(crate) fn holds(&self, account: &Arc<str>, day: Date, told: &Advance) -> bool {
        self.learn(account, day, told.counted);
        let Some((_, advances)) = &self.advance else { return false };
        advances.lock().learn(account, day, told)
    }

    /// Takes and spends no advance any more. Returns what is to be asked to give it back.
    pub(crate) fn give_advances_back(&self) -> Vec<AdvanceAsked> {
        let Some((_, advances)) = &self.advance else { return Vec::new() };
        let given = advances.lock().give_all_back();
        given.iter().filter_map(|(account, day)| self.asks_for(account, *day)).collect()
    }

    /// Gives back to the quota what was counted for an attempt that was not sent. One from an advance is given back
    /// when it is recorded.
    pub(crate) fn give_back(&self, begun: &Begun) {
        if begun.advance.is_none() {
            self.known().give_back(begun);
        }
    }

    /// The calls of `account` that were spent on the day of `now` in UTC+8, as far as this process knows;
    /// `None` while that is unknown.
    pub(crate) fn spent(&self, account: &str, now: Timestamp) -> Option<Spent> {
        let day = day(now);
        let uncounted = self.advance.as_ref().map(|(_, advances)| advances.lock().uncounted(account, day));
        let counted = self.taken(account, day)?.spent();
        Some(counted.plus(uncounted.unwrap_or_default()))
    }

    /// The calls that are held back on the day of `now` in UTC+8, as last heard: by this instance, and by the others.
    pub(crate) fn held_back(&self, account: &str, now: Timestamp) -> [Spent; 2] {
        let held = self.advance.as_ref().map(|(_, advances)| advances.lock().held_back(account, day(now)));
        held.unwrap_or_default()
    }

    /// The calls that remain for that priority on the day of `now` in UTC+8; 0 while it is unknown how many
    /// were used.
    pub(crate) fn remaining_for(&self, priority: Priority, account: &str, now: Timestamp) -> u32 {
        let [_, others] = self.held_back(account, now);
        let spent = self.spent(account, now);
        spent.map_or(0, |spent| {
            let all = self.allowance.daily.saturating_sub(spent.calls).saturating_sub(others.calls);
            self.allowance.most(priority).saturating_sub(spent.calls).min(all)
        })
    }

    /// The searches that remain on the day of `now` in UTC+8; 0 while it is unknown how many were made.
    pub(crate) fn searches_remaining(&self, account: &str, now: Timestamp) -> u32 {
        let Some(spent) = self.spent(account, now) else { return 0 };
        let [_, others] = self.held_back(account, now);
        let left = |all: u32, spent: u32, others: u32| all.saturating_sub(spent).saturating_sub(others);
        let calls = left(self.allowance.daily, spent.calls, others.calls);
        left(self.allowance.searches, spent.searches, others.searches).min(calls)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock()
    }
}

/// The day in UTC+8.
pub(crate) fn day(now: Timestamp) -> Date {
    UTC8.to_datetime(now).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWANCE: Allowance = Allowance { daily: 20, reserve: 5, searches: 4 };

    fn attempt(seconds: i64) -> Begun {
        Begun {
            app_id: "A".into(),
            at: Timestamp::from_second(seconds).unwrap(),
            call: "quote",
            attempt: 1,
            parameters: "{}".into(),
            spends: 1,
            searches: 0,
            merchant: None,
            provider: None,
            advance: None,
        }
    }

    fn used(calls: u32) -> Taken {
        Taken { calls, ..Taken::default() }
    }

    fn calls(calls: u32) -> Spent {
        Spent { calls, searches: 0 }
    }

    fn takes(quota: &DayQuota, begun: &Begun, priority: Priority) -> usize {
        (0..99).take_while(|_| quota.take(begun, priority).is_ok()).count()
    }

    #[test]
    fn while_the_records_fail_an_only_process_goes_on_with_what_was_left() {
        let quota = DayQuota::new(ALLOWANCE, Known::default(), None);
        let now = attempt(0);
        assert_eq!(quota.take(&now, Priority::Shopper), Err(NoCall::CountUnknown));
        quota.learn(&now.app_id, now.day(), used(10));
        assert_eq!((takes(&quota, &now, Priority::List), takes(&quota, &now, Priority::Shopper)), (5, 5));
        assert_eq!(takes(&quota, &attempt(86_400), Priority::Shopper), 20, "the next day's");
        assert!(quota.asks_for(&now.app_id, now.day()).is_none() && quota.lend(&now).is_none());
    }

    #[test]
    fn while_the_records_fail_one_of_several_spends_its_advance_for_shoppers_and_nothing_else() {
        let quota = DayQuota::new(ALLOWANCE, Known::default(), Some(InstanceId::of(1)));
        let now = attempt(0);
        let told = Advance { taken: calls(3), others: calls(2), counted: used(10), ..Advance::default() };
        quota.learn(&now.app_id, now.day(), used(10));
        assert_eq!(takes(&quota, &now, Priority::Shopper), 0, "it has none yet");
        assert!(!quota.holds(&now.app_id, now.day(), &told));
        assert_eq!(quota.take(&now, Priority::List), Err(NoCall::CountUnknown));
        let first = quota.take(&now, Priority::Shopper).unwrap();
        assert_eq!(first, Uncounted { taken: used(11), advance: Some(InstanceId::of(1)) });
        assert_eq!(takes(&quota, &now, Priority::Shopper), 2);
        assert_eq!(takes(&quota, &attempt(86_400), Priority::Shopper), 0, "nothing is held for tomorrow");
        // What the records counted is known as before, and what was spent besides is shown.
        assert_eq!(quota.taken("A", now.day()), Some(used(10)));
        assert_eq!(quota.spent("A", now.at), Some(calls(13)));
        assert_eq!(quota.held_back("A", now.at), [calls(0), calls(2)]);
        assert_eq!(quota.remaining_for(Priority::Shopper, "A", now.at), 5);
        assert_eq!(quota.remaining_for(Priority::List, "A", now.at), 2);
        // An attempt from it that was not sent does not make the records' count any lower.
        quota.give_back(&Begun { advance: Some(InstanceId::of(1)), ..now.clone() });
        assert_eq!(quota.taken("A", now.day()), Some(used(10)));
    }

    #[test]
    fn what_others_hold_back_does_not_remain() {
        let quota = DayQuota::new(ALLOWANCE, Known::default(), Some(InstanceId::of(1)));
        let now = attempt(0);
        let others = Spent { calls: 7, searches: 3 };
        let told = Advance { taken: calls(2), others, ..Advance::default() };
        quota.holds(&now.app_id, now.day(), &told);
        let remaining = |priority| quota.remaining_for(priority, "A", now.at);
        assert_eq!((remaining(Priority::Shopper), remaining(Priority::List)), (13, 13));
        assert_eq!(quota.searches_remaining("A", now.at), 1);
        let asked = quota.give_advances_back();
        assert_eq!((asked.len(), asked[0].returned, asked[0].most), (1, calls(2), None));
        assert_eq!(takes(&quota, &now, Priority::Shopper), 0);
    }
}
