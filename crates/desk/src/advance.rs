//! What this instance holds back of the calls of a day, as far as it may spend it now.
//!
//! Decides without I/O. The records hold at least what may be spent here: it is taken there before it counts here, and
//! no longer counts here before it is given back there. An answer that is lost only leaves more held than is known
//! here, until the next answer says what was taken all together.

use std::sync::Arc;

use jiff::civil::Date;
use records::{Advance, Begun, Spent};

/// The advances of the accounts and days that this process took any for.
#[derive(Debug, Default)]
pub(crate) struct Advances {
    all: Vec<Own>,
    /// Whether everything is given back, because this process ends.
    ended: bool,
}

/// The advance of an account on a day.
#[derive(Debug)]
struct Own {
    account: Arc<str>,
    day: Date,
    /// What may be spent yet.
    left: Spent,
    /// What was taken, all together, as far as that is known.
    taken: Spent,
    /// What is given back, all together.
    returned: Spent,
    /// What was spent since the records last said what is counted.
    uncounted: Spent,
    /// What they held for the other instances when they were last asked.
    others: Spent,
}

impl Advances {
    /// What was given back so far, all together.
    pub(crate) fn returned(&self, account: &str, day: Date) -> Spent {
        self.of(account, day).map_or(Spent::default(), |own| own.returned)
    }

    /// Learns what the records say. Returns whether something is to be given back to them.
    pub(crate) fn learn(&mut self, account: &Arc<str>, day: Date, told: &Advance) -> bool {
        // What was known of earlier days is forgotten. If the clock is set back to one of them, nothing is spent.
        let latest = self.all.iter().map(|own| own.day).max().unwrap_or(day);
        if day < latest.yesterday().unwrap_or(latest) {
            return false;
        }
        let own = match self.all.iter().position(|own| *own.account == **account && own.day == day) {
            Some(known) => &mut self.all[known],
            None => {
                let oldest = latest.max(day).yesterday().unwrap_or(day);
                self.all.retain(|own| own.day >= oldest);
                let (left, taken, returned, uncounted, others) = Default::default();
                let account = Arc::clone(account);
                self.all.push(Own { account, day, left, taken, returned, uncounted, others });
                let last = self.all.len() - 1;
                &mut self.all[last]
            }
        };
        own.others = told.others;
        if own.taken.min(told.taken) != own.taken {
            // They have lost what they said, as when a standby takes over. Then what is held may be less than is left.
            let all = own.left;
            own.taken = told.taken;
            return own.give_back(all);
        }
        own.left = own.left.plus(told.taken.minus(own.taken));
        own.taken = told.taken;
        let surplus = if self.ended { own.left } else { told.surplus };
        own.give_back(surplus)
    }

    /// The records said what is counted on that day. What was spent before may be a part of it.
    pub(crate) fn counted(&mut self, account: &str, day: Date) {
        if let Some(own) = self.all.iter_mut().find(|own| *own.account == *account && own.day == day) {
            own.uncounted = Spent::default();
        }
    }

    /// Whether more may be taken.
    pub(crate) fn may_grow(&self) -> bool {
        !self.ended
    }

    /// Gives back all that may be spent on any day, and whatever is taken yet. Returns the accounts and days of which
    /// there was something.
    pub(crate) fn give_all_back(&mut self) -> Vec<(Arc<str>, Date)> {
        self.ended = true;
        let given = self.all.iter_mut().filter_map(|own| {
            let all = own.left;
            own.give_back(all).then(|| (Arc::clone(&own.account), own.day))
        });
        given.collect()
    }

    /// Spends what an attempt uses, if there is enough for it.
    pub(crate) fn spend(&mut self, begun: &Begun) -> bool {
        let spent = begun.spent();
        let own = self.of_mut(begun).filter(|own| own.left.min(spent) == spent);
        if let Some(own) = own {
            own.left = own.left.minus(spent);
            own.uncounted = own.uncounted.plus(spent);
            return true;
        }
        false
    }

    /// What the records may take of it to make an attempt possible, as much of what it uses as there is; `None` if
    /// there is nothing. It is not spent from now on, unless it was [lent in vain](Self::lent_in_vain).
    pub(crate) fn lend(&mut self, begun: &Begun) -> Option<Spent> {
        let own = self.of_mut(begun)?;
        let lent = own.left.min(begun.spent());
        own.left = own.left.minus(lent);
        (lent != Spent::default()).then_some(lent)
    }

    /// The records did not take what was lent.
    pub(crate) fn lent_in_vain(&mut self, begun: &Begun, lent: Spent) {
        if let Some(own) = self.of_mut(begun) {
            own.left = own.left.plus(lent);
        }
    }

    /// What was spent of it and is surely not counted yet in what the records last said.
    pub(crate) fn uncounted(&self, account: &str, day: Date) -> Spent {
        self.of(account, day).map_or(Spent::default(), |own| own.uncounted)
    }

    /// The calls that are held back: by this instance, and by the others as last heard.
    pub(crate) fn held_back(&self, account: &str, day: Date) -> [Spent; 2] {
        self.of(account, day).map_or_else(Default::default, |own| [own.left, own.others])
    }

    fn of(&self, account: &str, day: Date) -> Option<&Own> {
        self.all.iter().find(|own| *own.account == *account && own.day == day)
    }

    fn of_mut(&mut self, begun: &Begun) -> Option<&mut Own> {
        let day = begun.day();
        self.all.iter_mut().find(|own| own.account == begun.app_id && own.day == day)
    }
}

impl Own {
    /// Gives back that much, as far as it is not spent. Returns whether that is anything.
    fn give_back(&mut self, most: Spent) -> bool {
        let given = self.left.min(most);
        self.left = self.left.minus(given);
        self.returned = self.returned.plus(given);
        given != Spent::default()
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(1970, 1, 1);

    fn calls(calls: u32) -> Spent {
        Spent { calls, searches: 0 }
    }

    fn attempt(spends: u32, searches: u32) -> Begun {
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

    /// The records' answer: what was taken, and what is too much.
    fn told(taken: u32, surplus: u32) -> Advance {
        Advance { taken: calls(taken), surplus: calls(surplus), others: calls(6), ..Advance::default() }
    }

    fn with(answers: &[Advance]) -> Advances {
        let mut advances = Advances::default();
        for answer in answers {
            advances.learn(&"A".into(), TODAY, answer);
        }
        advances
    }

    fn left(advances: &Advances) -> u32 {
        advances.held_back("A", TODAY)[0].calls
    }

    #[test]
    fn what_was_taken_can_be_spent_once() {
        let mut advances = with(&[told(3, 0), told(3, 0)]);
        let spends = |advances: &mut Advances| (0..9).filter(|_| advances.spend(&attempt(1, 0))).count();
        assert_eq!(spends(&mut advances), 3);
        assert_eq!((left(&advances), advances.uncounted("A", TODAY)), (0, calls(3)));
        // They are counted by now, and two more were taken.
        advances.counted("A", TODAY);
        advances.learn(&"A".into(), TODAY, &told(5, 0));
        assert_eq!((left(&advances), advances.uncounted("A", TODAY)), (2, calls(0)));
        assert_eq!(spends(&mut advances), 2);
        assert!(!with(&[told(2, 0)]).spend(&attempt(3, 0)), "all or nothing");
        assert!(!with(&[told(2, 0)]).spend(&attempt(1, 1)), "no search is held");
    }

    #[test]
    fn an_answer_that_was_lost_is_made_good_by_the_next() {
        let mut advances = with(&[told(3, 0)]);
        // Two answers are lost, by which two and one were taken.
        advances.learn(&"A".into(), TODAY, &told(6, 0));
        assert_eq!(left(&advances), 6);
    }

    #[test]
    fn what_the_records_have_lost_is_not_spent() {
        let mut advances = with(&[told(6, 0)]);
        assert!(advances.spend(&attempt(1, 0)));
        assert!(advances.learn(&"A".into(), TODAY, &told(3, 0)));
        assert_eq!((left(&advances), advances.returned("A", TODAY)), (0, calls(5)));
        // What is taken from now on is spent again.
        advances.learn(&"A".into(), TODAY, &told(7, 0));
        assert_eq!(left(&advances), 4);
    }

    #[test]
    fn what_is_too_much_is_given_back_unless_it_is_spent() {
        let mut advances = with(&[told(5, 0)]);
        assert!(advances.spend(&attempt(3, 0)));
        assert!(advances.learn(&"A".into(), TODAY, &told(5, 4)));
        assert_eq!((left(&advances), advances.returned("A", TODAY)), (0, calls(2)));
        assert_eq!(advances.uncounted("A", TODAY), calls(3));
        assert!(!advances.learn(&"A".into(), TODAY, &told(5, 2)), "the rest is spent");
        assert_eq!(advances.returned("A", TODAY), calls(2));
        assert!(advances.give_all_back().is_empty());
        let mut advances = with(&[told(5, 0)]);
        assert_eq!(advances.give_all_back(), [("A".into(), TODAY)]);
        assert!(!advances.spend(&attempt(1, 0)) && !advances.may_grow());
        assert_eq!(advances.returned("A", TODAY), calls(5));
        // The answer to an earlier question comes after that.
        assert!(advances.learn(&"A".into(), TODAY, &told(7, 0)));
        assert_eq!((left(&advances), advances.returned("A", TODAY)), (0, calls(7)));
    }

    #[test]
    fn what_is_lent_cannot_be_spent_meanwhile() {
        let mut advances = with(&[told(1, 0)]);
        assert_eq!(
            advances.lend(&attempt(3, 0)),
            Some(calls(1)),
            "the records add the rest, if there is any"
        );
        assert!(!advances.spend(&attempt(1, 0)) && advances.lend(&attempt(1, 0)).is_none());
        advances.lent_in_vain(&attempt(3, 0), calls(1));
        assert_eq!(advances.lend(&attempt(1, 0)), Some(calls(1)));
        assert_eq!((left(&advances), advances.uncounted("A", TODAY)), (0, calls(0)));
    }

    #[test]
    fn it_is_for_one_account_and_one_day() {
        let mut advances = with(&[told(2, 0)]);
        assert!(!advances.spend(&Begun { app_id: "B".into(), ..attempt(1, 0) }));
        let midnight: Timestamp = "1970-01-01T16:00:00Z".parse().unwrap();
        let tomorrow = Begun { at: midnight, ..attempt(1, 0) };
        assert!(!advances.spend(&tomorrow), "nothing was taken for it yet");
        advances.learn(&"A".into(), tomorrow.day(), &told(1, 0));
        assert!(advances.spend(&tomorrow) && !advances.spend(&tomorrow));
        assert!(advances.spend(&attempt(1, 0)), "a call before midnight that is counted after it");
        // Later it is forgotten. If the clock is set back then, what was spent is not spent again.
        advances.learn(&"A".into(), date(1970, 1, 4), &told(1, 0));
        advances.learn(&"A".into(), TODAY, &told(2, 0));
        assert!(!advances.spend(&attempt(1, 0)));
    }
}
