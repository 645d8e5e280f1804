//! The day's quota of one provider's account: how many calls may be made, and how many this process knows to
//! be used.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::UTC8;
use jiff::Timestamp;
use jiff::civil::Date;
use parking_lot::{Mutex, MutexGuard};
use records::{Begun, Most, Spent, Taken};

use crate::call_context::Priority;
use crate::quota::{Allowance, Known};

/// The day's quota of one provider.
pub(crate) struct DayQuota {
    allowance: Allowance,
    known: Mutex<Known>,
    /// How many instances use the same quota.
    instances: AtomicUsize,
    /// What this instance used since the others were last looked at, and between that look and the one before.
    own: Mutex<[Spent; 2]>,
    /// What was used when the records began to fail; `None` while they count.
    uncounted: Mutex<Option<Uncounted>>,
}

/// The beginning of a time when the records cannot count.
struct Uncounted {
    account: Arc<str>,
    day: Date,
    used: Spent,
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
        Self {
            allowance,
            known: Mutex::new(known),
            instances: AtomicUsize::new(1),
            own: Mutex::default(),
            uncounted: Mutex::new(None),
        }
    }

    /// Notes how many instances use the quota, and that the count of all is known by now.
    pub(crate) fn see(&self, instances: usize) {
        self.instances.store(instances.max(1), Ordering::Relaxed);
        let mut own = self.own.lock();
        *own = [Spent::default(), own[0]];
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

    /// Notes what the records counted for an attempt: `taken` on its day, this attempt included.
    pub(crate) fn counted(&self, begun: &Begun, taken: Taken) {
        *self.uncounted.lock() = None;
        self.learn(&begun.app_id, begun.day(), taken);
        let mut own = self.own.lock();
        own[0].calls = own[0].calls.saturating_add(begun.spends);
        own[0].searches = own[0].searches.saturating_add(begun.searches);
    }

    /// Counts what an attempt uses, by the count in memory alone: for a time when the database cannot count
    /// it. Of what was left when that time began, this instance uses its share.
    ///
    /// # Errors
    /// [`NoCall`] if that count is unknown, or too little remains.
    pub(crate) fn take(&self, begun: &Begun, priority: Priority) -> Result<Taken, NoCall> {
        let mut known = self.known();
        let taken = known.of(&begun.app_id, begun.day()).ok_or(NoCall::CountUnknown)?;
        let most = self.most_uncounted(begun, priority, taken.spent());
        let taken = taken.with(begun.spends, begun.searches);
        let spent = taken.spent();
        if spent.calls > most.calls || (begun.searches > 0 && spent.searches > most.searches) {
            return Err(NoCall::UsedUp);
        }
        known.learn(&begun.app_id, begun.day(), taken);
        Ok(taken)
    }

    /// The most that this instance may use on the day of `begun`, with what others used before, while the records
    /// cannot count. `spent` is used by now.
    ///
    /// What is known of the others' calls may be older than what they know of each other. So that the shares of
    /// all never add up to more than was left, each instance takes off what it used itself in that time.
    fn most_uncounted(&self, begun: &Begun, priority: Priority, spent: Spent) -> Most {
        let (account, day) = (&begun.app_id, begun.day());
        let mut uncounted = self.uncounted.lock();
        let same = uncounted.take().filter(|since| since.account == *account && since.day == day);
        let since = same.unwrap_or_else(|| Uncounted { account: Arc::clone(account), day, used: spent });
        let used = uncounted.insert(since).used;
        let instances = u32::try_from(self.instances.load(Ordering::Relaxed)).unwrap_or(u32::MAX);
        let own = if instances > 1 { *self.own.lock() } else { Default::default() };
        let share = |all: u32, used: u32, own: [u32; 2]| {
            let share = all.saturating_sub(used) / instances;
            used.saturating_add(share.saturating_sub(own[0]).saturating_sub(own[1]))
        };
        let all = self.allowance.of(priority);
        Most {
            calls: share(all.calls, used.calls, own.map(|own| own.calls)),
            searches: share(all.searches, used.searches, own.map(|own| own.searches)),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

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
        }
    }

    #[test]
    fn while_the_records_fail_an_instance_uses_its_share_of_what_was_left() {
        let allowance = Allowance { daily: 20, reserve: 0, searches: 0 };
        let quota = DayQuota::new(allowance, Known::default());
        let (now, account) = (attempt(0), "A".into());
        quota.see(3);
        let used = |calls| Taken { calls, ..Taken::default() };
        let takes =
            |begun: &Begun| (0..99).take_while(|_| quota.take(begun, Priority::Shopper).is_ok()).count();
        quota.learn(&account, now.day(), used(10));
        assert_eq!(takes(&now), 3, "a third of ten");
        // That it can be read does not mean that it is counted.
        quota.learn(&account, now.day(), used(10));
        assert_eq!(takes(&now), 0);
        assert_eq!(takes(&attempt(86_400)), 6, "a third of the next day's");
        quota.counted(&now, used(18));
        quota.see(3);
        quota.see(3);
        assert_eq!(takes(&now), 0, "less than one for each");
        quota.see(1);
        assert_eq!(takes(&now), 2);
    }

    #[test]
    fn the_shares_of_instances_that_know_the_count_of_different_moments_add_up_to_what_was_left() {
        let allowance = Allowance { daily: 20, reserve: 0, searches: 0 };
        let [early, late] = [(), ()].map(|()| DayQuota::new(allowance, Known::default()));
        let begun = attempt(0);
        let used = |calls| Taken { calls, ..Taken::default() };
        let learn = |quota: &DayQuota, calls| {
            quota.learn(&begun.app_id, begun.day(), used(calls));
            quota.see(2);
        };
        learn(&early, 0);
        // The other makes six calls, of which the first hears no more.
        for calls in 1..=6 {
            late.counted(&begun, used(calls));
        }
        learn(&late, 6);
        let takes =
            |quota: &DayQuota| (0..99).take_while(|_| quota.take(&begun, Priority::Shopper).is_ok()).count();
        let (early, late) = (takes(&early), takes(&late));
        assert!(6 + early + late <= 20, "{early} and {late}");
        assert_eq!((early, late), (10, 1));
    }
}
