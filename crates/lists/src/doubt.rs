//! Refusals that may concern one device or the whole account. What follows decides: a price means that each
//! earlier refusal concerned its device; three refusals in a row concern the account.

/// After this many refusals in a row, the account counts as refused.
const ACCOUNTS: usize = 3;

/// Refusals since the last price, of devices that are not settled yet. A price shows that the account is in
/// order, so each refusal before it concerned its device.
#[derive(Debug)]
pub(crate) struct Doubts<T> {
    /// Each refusal with its position among the refusals of the round.
    refusals: Vec<(Mark, T)>,
    next: Mark,
}

/// A point in a round: the number of refusals that had arrived by then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark(usize);

impl<T> Default for Doubts<T> {
    fn default() -> Self {
        Self { refusals: Vec::new(), next: Mark::default() }
    }
}

impl<T> Doubts<T> {
    /// The current point.
    pub(crate) fn mark(&self) -> Mark {
        self.next
    }

    /// Adds a refusal. Returns whether the account now counts as refused.
    pub(crate) fn add(&mut self, refusal: T) -> bool {
        self.refusals.push((self.next, refusal));
        self.next.0 += 1;
        self.refusals.len() >= ACCOUNTS
    }

    /// Removes and returns all refusals.
    pub(crate) fn clear(&mut self) -> Vec<T> {
        self.refusals.drain(..).map(|(_, refusal)| refusal).collect()
    }

    /// Removes and returns the refusals that had arrived by `began`, the point at which a call began that was
    /// answered with a price. The price says nothing about later refusals, because the quota may run out
    /// during the call.
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
