//! An instance's share of the places at a provider, for times when the records cannot count them for all.
//!
//! Decides without I/O. While the records answer, they alone say whether a place is free. While they do not,
//! each instance keeps to its share of the places: those of all instances together are no more than there are,
//! as long as there are no more instances than places.

use std::time::Duration;

use tokio::time::Instant;

/// How long after the loss of the records the share is not used yet, if there are other instances: most calls
/// that were in flight at that moment, by any instance, end within it.
const GRACE: Duration = Duration::from_secs(1);
/// How long an instance keeps to its share after the records are back: until then, calls of other instances may
/// be in flight that the records did not count.
const SETTLING: Duration = Duration::from_secs(3);

/// How often an instance that holds its share or more leaves a place free for a moment.
const OFFER: Duration = Duration::from_millis(250);

/// How many places may be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    /// Places of all calls.
    pub(crate) places: usize,
    /// Of these, the places of calls that take a turn.
    pub(crate) turns: usize,
}

/// The share, and what this instance holds.
#[derive(Debug)]
pub(crate) struct Share {
    all: Limit,
    /// How many instances were seen last; `None` if that was never known.
    instances: Option<usize>,
    mode: Mode,
    held: Limit,
    /// When this instance last left a place to the others.
    offered: Option<Instant>,
}

#[derive(Clone, Copy, Debug)]
enum Mode {
    /// The records count the places.
    Counted,
    /// The records do not answer since then.
    Alone(Instant),
    /// The records answer again since then.
    Settling(Instant),
}

/// What a call does to get a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Asks the records.
    Ask,
    /// Takes a place of this instance's share.
    Own,
    /// Waits.
    Wait,
}

impl Share {
    /// `instances` is 1 where no other instance can be out of the records' reach.
    pub(crate) fn new(all: Limit, instances: Option<usize>) -> Self {
        Self { all, instances, mode: Mode::Counted, held: Limit { places: 0, turns: 0 }, offered: None }
    }

    /// The share of one instance: at least one place. Calls that take turns leave one place of the share to the
    /// others.
    pub(crate) fn limit(&self) -> Limit {
        let Limit { places, turns } = self.all;
        match self.instances.unwrap_or(places) {
            0 | 1 => self.all,
            instances => {
                let places = (places / instances).max(1);
                Limit { places, turns: (turns / instances).min(places - 1) }
            }
        }
    }

    /// What a call does now. It counts as holding a place from now on, unless it has to wait.
    pub(crate) fn enter(&mut self, takes_turn: bool, now: Instant) -> Way {
        let limit = self.limit();
        let fits = self.held.places < limit.places && (!takes_turn || self.held.turns < limit.turns);
        let way = match self.mode {
            Mode::Counted => Way::Ask,
            Mode::Settling(since) if fits || now.duration_since(since) >= SETTLING => Way::Ask,
            Mode::Alone(since) if fits && (limit == self.all || now.duration_since(since) >= GRACE) => {
                Way::Own
            }
            Mode::Settling(_) | Mode::Alone(_) => Way::Wait,
        };
        if way != Way::Wait {
            self.held.places += 1;
            self.held.turns += usize::from(takes_turn);
        }
        way
    }

    /// A call that entered holds no place any more, or got none.
    pub(crate) fn leave(&mut self, took_turn: bool) {
        self.held.places -= 1;
        self.held.turns -= usize::from(took_turn);
    }

    /// Whether this instance holds less than its share, so that it need not let the others go first.
    pub(crate) fn is_below(&self) -> bool {
        self.held.places < self.limit().places
    }

    /// Whether a call that waited for one of this instance's own calls to end leaves the place free for a moment.
    /// Otherwise an instance that is always busy would keep all places, since it is the first to know of each
    /// that comes free.
    pub(crate) fn offers(&mut self, now: Instant) -> bool {
        let alone = self.instances.is_none_or(|instances| instances < 2);
        let offered = self.offered.is_some_and(|at| now.duration_since(at) < OFFER);
        let offers = !alone && !offered && !self.is_below();
        if offers {
            self.offered = Some(now);
        }
        offers
    }

    /// The records do not answer. Returns whether they did before.
    pub(crate) fn lose(&mut self, now: Instant) -> bool {
        let lost = !self.is_alone();
        if lost {
            self.mode = Mode::Alone(now);
        }
        lost
    }

    /// The records answer again.
    pub(crate) fn heal(&mut self, now: Instant) {
        if self.is_alone() {
            self.mode = Mode::Settling(now);
        }
    }

    /// Notes how many instances were seen.
    pub(crate) fn see(&mut self, instances: usize) {
        self.instances = Some(instances.max(1));
    }

    /// How many instances were seen last; `None` if that was never known.
    pub(crate) fn instances(&self) -> Option<usize> {
        self.instances
    }

    /// Whether the records do not answer.
    pub(crate) fn is_alone(&self) -> bool {
        matches!(self.mode, Mode::Alone(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIVE: Limit = Limit { places: 5, turns: 4 };

    fn share(instances: usize) -> Share {
        Share::new(FIVE, Some(instances))
    }

    #[test]
    fn the_shares_of_up_to_five_instances_are_five_together_at_most() {
        for instances in 1..=9 {
            let Limit { places, turns } = share(instances).limit();
            assert!(places >= 1 && (places * instances <= 5 || instances > 5), "{instances}");
            assert!(turns * instances <= 4 && turns < places, "{instances}");
        }
        assert_eq!(Share::new(FIVE, None).limit(), Limit { places: 1, turns: 0 }, "unknown");
        let one = Limit { places: 1, turns: 1 };
        assert_eq!(Share::new(one, Some(1)).limit(), one);
    }

    #[test]
    fn the_records_are_asked_until_they_are_lost_and_then_the_share_is_used() {
        let (mut share, now) = (share(2), Instant::now());
        assert_eq!([(); 3].map(|()| share.enter(false, now)), [Way::Ask; 3]);
        assert!(share.lose(now) && !share.lose(now));
        share.leave(false);
        let later = now + GRACE;
        assert_eq!(share.enter(false, later), Way::Wait, "two are held yet");
        share.leave(false);
        assert_eq!(share.enter(false, now), Way::Wait, "other instances' calls are in flight");
        assert_eq!(share.enter(false, later), Way::Own);
        assert_eq!(share.enter(false, later), Way::Wait);
    }

    #[test]
    fn after_they_are_back_the_share_holds_for_a_while() {
        let (mut share, now) = (share(3), Instant::now());
        share.lose(now);
        assert_eq!(share.enter(false, now + GRACE), Way::Own);
        share.heal(now);
        assert_eq!(share.enter(false, now), Way::Wait);
        assert_eq!(share.enter(false, now + SETTLING), Way::Ask);
        share.leave(false);
        share.leave(false);
        assert_eq!(share.enter(true, now), Way::Wait, "lists have no part of a share of one");
        assert_eq!(share.enter(false, now), Way::Ask);
    }

    #[test]
    fn one_that_holds_its_share_lets_others_in_four_times_a_second() {
        let (mut share, now) = (share(3), Instant::now());
        assert!(!share.offers(now), "it holds less");
        assert_eq!(share.enter(false, now), Way::Ask);
        assert!(share.offers(now) && !share.offers(now));
        assert!(share.offers(now + OFFER));
        share.see(1);
        assert!(!share.offers(now + 2 * OFFER), "there are no others");
    }

    #[test]
    fn an_only_instance_goes_on_with_all_at_once() {
        let (mut share, now) = (share(1), Instant::now());
        share.lose(now);
        assert_eq!(
            [(); 5].map(|()| share.enter(true, now)),
            [Way::Own, Way::Own, Way::Own, Way::Own, Way::Wait]
        );
        assert_eq!(share.enter(false, now), Way::Own);
        assert_eq!(share.enter(false, now), Way::Wait);
    }
}
