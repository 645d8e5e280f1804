//! Refusals that may be the device's or the account's: told apart by what comes after.

/// So many refusals in a row are the account's.
const ACCOUNTS: usize = 3;

/// Refusals since the last price, of devices that are not settled yet. A price shows that the
/// account is in order, so that each refusal was its device's own.
#[derive(Debug)]
pub(super) struct Doubts<T>(Vec<T>);

impl<T> Default for Doubts<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Doubts<T> {
    /// Another refusal: whether by now it is the account that is refused.
    pub(super) fn add(&mut self, refusal: T) -> bool {
        self.0.push(refusal);
        self.0.len() >= ACCOUNTS
    }

    /// The account is in order: the refusals that were their devices' own.
    pub(super) fn clear(&mut self) -> Vec<T> {
        std::mem::take(&mut self.0)
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
}
