//! Refusals that may be the device's or the account's: told apart by what comes after.

/// So many refusals in a row are the account's.
const ACCOUNTS: usize = 3;

/// Refusals since the last price, of devices that are not settled yet. A price shows that the
/// account is in order, so that each refusal was its device's own.
#[derive(Debug)]
pub(crate) struct Doubts<T> {
    /// Each with its place among the refusals of the round.
    refusals: Vec<(Mark, T)>,
    next: Mark,
}

/// A moment of a round: how many refusals had arrived by then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark(usize);

impl<T> Default for Doubts<T> {
    fn default() -> Self {
        Self { refusals: Vec::new(), next: Mark::default() }
    }
}

impl<T> Doubts<T> {
    /// This moment.
    pub(crate) fn mark(&self) -> Mark {
        self.next
    }

    /// Another refusal: whether by now it is the account that is refused.
    pub(crate) fn add(&mut self, refusal: T) -> bool {
        self.refusals.push((self.next, refusal));
        self.next.0 += 1;
        self.refusals.len() >= ACCOUNTS
    }

    /// Takes out all refusals: the account is in order, so they were their devices' own.
    pub(crate) fn clear(&mut self) -> Vec<T> {
        self.refusals.drain(..).map(|(_, refusal)| refusal).collect()
    }

    /// Takes out the refusals that had arrived by `began`, when a call began that was answered with
    /// a price. Of later ones it says nothing: a quota may end while that call is under way.
    pub(crate) fn cleared_since(&mut self, began: Mark) -> Vec<T> {
        let later = self.refusals.partition_point(|(at, _)| *at < began);
        self.refusals.drain(..later).map(|(_, refusal)| refusal).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_refusals_in_a_row_are_the_accounts_and_fewer_the_devices() {
        let mut doubts = Doubts::default();
        assert!(!doubts.add(1) && !doubts.add(2));
        assert_eq!(doubts.clear(), [1, 2]);
        assert!(!doubts.add(3) && !doubts.add(4) && doubts.add(5));
    }

    #[test]
    fn a_price_speaks_only_of_the_refusals_from_before_its_call_began() {
        let mut doubts = Doubts::default();
        let first = doubts.mark();
        doubts.add(1);
        let second = doubts.mark();
        doubts.add(2);
        assert!(doubts.cleared_since(first).is_empty());
        assert_eq!(doubts.cleared_since(second), [1]);
        assert_eq!(doubts.cleared_since(doubts.mark()), [2]);
    }
}
