//! An advance: calls of a day that an instance holds back, to make them while it does not reach the records.
//!
//! Decides without I/O. What is held counts against the day's quota, so no other instance makes these calls, and one
//! that loses the records need not know what the others do.

use std::sync::Arc;

use jiff::civil::Date;

use crate::entry::{Begun, Most};
use crate::instance_id::InstanceId;
use crate::taken::{Spent, Taken};

/// The instances that run hold together at most one call of so many.
const ONE_OF: u32 = 20;
/// With what is held by instances that were not seen for a while, it is at most so many times that. So several can be
/// killed on a day before those that run hold less, and a server that is killed again and again holds back no more
/// than a fifth of the day's calls.
const WITH_UNSEEN: u32 = 4;

/// What an instance asks of its advance on a day.
#[derive(Clone, Debug)]
pub struct AdvanceAsked {
    /// The account.
    pub account: Arc<str>,
    /// The day, in UTC+8.
    pub day: Date,
    /// The instance.
    pub holder: InstanceId,
    /// What it gave back of this day's advance, all together since the day began. It no longer spends that.
    pub returned: Spent,
    /// The limits of the day; `None` if the instance ends, and takes nothing more.
    pub most: Option<Most>,
}

/// An instance's advance on a day, by the records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Advance {
    /// What the instance took, all together since the day began.
    pub taken: Spent,
    /// What it holds: the rest is noted as used, or given back.
    pub held: Spent,
    /// What it holds too much now. It gives that back the next time, unless it has spent it.
    pub surplus: Spent,
    /// What all other instances hold.
    pub others: Spent,
    /// The calls that are counted on the day.
    pub counted: Taken,
}

/// The advance of one instance, as it is recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Held {
    /// What it holds now.
    pub(crate) now: Spent,
    /// What it ever took.
    pub(crate) taken: Spent,
    /// What it ever gave back.
    pub(crate) returned: Spent,
}

/// The other advances of the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Others {
    /// How many instances run, the holder included: at least 1.
    pub(crate) running: u32,
    /// What those that run hold, without the holder.
    pub(crate) held: Spent,
    /// What instances hold that were not seen for a while: they ended, or do not reach the records.
    pub(crate) unseen: Spent,
}

/// The advance after `asked`, and what is too much of it. `spent` is counted on the day.
pub(crate) fn kept(held: Held, spent: Spent, others: Others, asked: &AdvanceAsked) -> (Held, Spent) {
    let given = asked.returned.minus(held.returned).min(held.now);
    let held = Held {
        now: held.now.minus(given),
        returned: held.returned.plus(asked.returned.minus(held.returned)),
        ..held
    };
    let Some(most) = asked.most else { return (held, Spent::default()) };
    let aim = aim(most, spent, others);
    let of_running = held.now.plus(others.held);
    let left = most.spent().minus(spent).minus(of_running).minus(others.unseen);
    let all = Spent {
        calls: aim.calls.saturating_mul(others.running),
        searches: aim.searches.saturating_mul(others.running),
    };
    let more = aim.minus(held.now).min(left).min(all.minus(of_running));
    let held = Held { now: held.now.plus(more), taken: held.taken.plus(more), ..held };
    (held, held.now.minus(aim))
}

/// How much each of the running instances should hold: its part of a twentieth of the day's calls, but at least one
/// call, and all together no more than half of what is left, so that the last calls of a day are for all who ask.
/// What unseen instances hold cannot be had back before the day is over: they may only hang, or be cut off.
fn aim(most: Most, spent: Spent, others: Others) -> Spent {
    let running = others.running.max(1);
    let part = |all: u32, spent: u32, unseen: u32| {
        let of_running = (all / ONE_OF).max(running);
        let room = of_running.saturating_mul(WITH_UNSEEN).saturating_sub(unseen);
        let half = all.saturating_sub(spent).saturating_sub(unseen) / 2;
        of_running.min(room).min(half) / running
    };
    let calls = part(most.calls, spent.calls, others.unseen.calls);
    let searches = part(most.searches, spent.searches, others.unseen.searches);
    Spent { calls, searches: searches.min(calls) }
}

/// Whether an attempt keeps the limits of its day, on which `spent` is counted and `held` is held back. Of the calls
/// that are kept for shoppers, those that are held back are the first.
pub(crate) fn fits(begun: &Begun, most: Most, spent: Spent, held: Spent) -> bool {
    let after = spent.plus(begun.spent());
    let calls = after.calls.saturating_add(held.calls.saturating_sub(most.reserve));
    let searches = after.searches.saturating_add(held.searches);
    calls <= most.calls && (begun.searches == 0 || searches <= most.searches)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    const MOST: Most = Most { calls: 2_000, searches: 400, reserve: 0 };
    const THREE: Others =
        Others { running: 3, held: Spent { calls: 0, searches: 0 }, unseen: Spent { calls: 0, searches: 0 } };

    fn calls(calls: u32) -> Spent {
        Spent { calls, searches: 0 }
    }

    fn asked(returned: Spent) -> AdvanceAsked {
        AdvanceAsked {
            account: "A".into(),
            day: jiff::civil::date(2025, 12, 30),
            holder: InstanceId::of(1),
            returned,
            most: Some(MOST),
        }
    }

    fn begun(spends: u32, searches: u32) -> Begun {
        Begun {
            app_id: "A".into(),
            at: Timestamp::UNIX_EPOCH,
            call: "quote",
            attempt: 1,
            parameters: "{}".into(),
            spends,
            searches,
            merchant: None,
            provider: None,
            advance: None,
        }
    }

    #[test]
    fn all_together_hold_a_twentieth_and_each_has_a_part_of_it() {
        let aims = |calls, spent, running| {
            aim(Most { calls, ..MOST }, Spent { calls: spent, searches: 0 }, Others { running, ..THREE })
                .calls
        };
        assert_eq!([1, 3, 200].map(|running| aims(2_000, 0, running)), [100, 33, 1]);
        assert_eq!(aims(20, 0, 3), 1, "one for each, though a twentieth is one");
        assert_eq!([5, 6, 2, 0].map(|calls| aims(calls, 0, 3)), [0, 1, 0, 0], "half is left to all");
        assert_eq!(
            [1_800, 1_900, 1_994, 1_995, 2_000, 2_001].map(|spent| aims(2_000, spent, 3)),
            [33, 16, 1, 0, 0, 0],
            "it shrinks when little is left"
        );
        assert_eq!(aim(MOST, calls(0), THREE), Spent { calls: 33, searches: 6 });
        assert_eq!(aim(MOST, Spent { calls: 0, searches: 397 }, THREE), calls(33));
        assert_eq!(aim(Most { searches: 0, ..MOST }, calls(0), THREE), calls(33));
    }

    #[test]
    fn what_unseen_instances_hold_leaves_the_others_theirs_until_all_hold_a_fifth() {
        let with = |unseen, spent| aim(MOST, calls(spent), Others { unseen: calls(unseen), ..THREE }).calls;
        assert_eq!(
            [0, 33, 300, 331, 370, 400, 430].map(|unseen| with(unseen, 0)),
            [33, 33, 33, 23, 10, 0, 0]
        );
        assert_eq!(
            [0, 10, 60, 100].map(|unseen| with(unseen, 1_900)),
            [16, 15, 6, 0],
            "half of what is left"
        );
    }

    #[test]
    fn it_grows_to_its_aim_and_says_what_is_too_much() {
        let (first, surplus) = kept(Held::default(), calls(0), THREE, &asked(calls(0)));
        let all = Spent { calls: 33, searches: 6 };
        assert_eq!((first, surplus), (Held { now: all, taken: all, ..Held::default() }, calls(0)));
        assert_eq!(kept(first, calls(0), THREE, &asked(calls(0))), (first, calls(0)), "it has that already");
        // One more instance runs, which holds nothing yet.
        let four = Others { running: 4, ..THREE };
        assert_eq!(kept(first, calls(0), four, &asked(calls(0))), (first, Spent { calls: 8, searches: 1 }));
        let back = Spent { calls: 8, searches: 1 };
        let (less, surplus) = kept(first, calls(0), four, &asked(back));
        assert_eq!((less.now, less.returned, surplus), (Spent { calls: 25, searches: 5 }, back, calls(0)));
        // It is told again, because the answer was lost.
        assert_eq!(kept(less, calls(0), four, &asked(back)), (less, calls(0)));
        // Ten were used and noted.
        let used = Held { now: Spent { calls: 15, searches: 5 }, ..less };
        let (more, _) = kept(used, calls(10), four, &asked(back));
        assert_eq!((more.now.calls, more.taken.calls), (25, 43));
    }

    #[test]
    fn nothing_is_taken_that_others_hold_or_have_used() {
        let others = Others { held: calls(90), ..THREE };
        let (held, _) = kept(Held::default(), calls(0), others, &asked(calls(0)));
        assert_eq!(held.now.calls, 9, "until the others have given theirs back");
        let full = Others { held: calls(7), ..THREE };
        let (held, _) = kept(Held::default(), calls(1_992), full, &asked(calls(0)));
        assert_eq!(held.now.calls, 0, "half of eight is 1 for each, and the others hold 7");
        let beyond = Others { unseen: calls(9), ..THREE };
        assert_eq!(kept(Held::default(), calls(1_995), beyond, &asked(calls(0))).0.now, calls(0));
    }

    #[test]
    fn an_instance_that_ends_gives_back_what_it_did_not_spend() {
        let held = Held { now: calls(30), taken: calls(33), returned: calls(0) };
        let ends = AdvanceAsked { most: None, ..asked(calls(28)) };
        let (left, surplus) = kept(held, calls(3), THREE, &ends);
        assert_eq!((left.now, left.returned, surplus), (calls(2), calls(28), calls(0)), "two are under way");
        // More than it holds is never given back.
        let (left, _) = kept(held, calls(3), THREE, &AdvanceAsked { most: None, ..asked(calls(99)) });
        assert_eq!(left.now, calls(0));
    }

    #[test]
    fn an_attempt_leaves_what_is_held_back_and_lists_leave_the_larger_of_that_and_the_reserve() {
        let fits = |begun, most, spent, held| {
            super::fits(&begun, most, Spent { calls: spent, searches: 9 }, Spent { calls: held, searches: 2 })
        };
        let shopper = Most { calls: 20, searches: 12, reserve: 0 };
        assert!(fits(begun(1, 0), shopper, 16, 3) && !fits(begun(1, 0), shopper, 17, 3));
        let list = Most { calls: 15, reserve: 5, ..shopper };
        assert!(fits(begun(1, 0), list, 14, 5) && !fits(begun(1, 0), list, 14, 6));
        assert!(!fits(begun(1, 0), list, 15, 0));
        assert!(fits(begun(1, 1), shopper, 10, 3), "9 and 2 and 1 are 12");
        assert!(!fits(begun(1, 1), Most { searches: 11, ..shopper }, 10, 3));
        assert!(fits(begun(1, 0), Most { searches: 11, ..shopper }, 10, 3), "it is no search");
    }
}
