//! Whether the partner can be reached at all, by the last attempt that ended.

use aihuishou::{CallErrorKind, Unreached};
use parking_lot::{Mutex, MutexGuard};

/// Why the last attempt had no connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotReached {
    /// The name of the cause, as attempts are recorded under it.
    pub outcome: &'static str,
    /// The causes in the libraries' own words, after the proxy on the way, where there is one. No
    /// secret is in them.
    pub cause: String,
}

/// What the last attempt says of the connection.
#[derive(Debug, Default)]
pub(crate) struct Reach(Mutex<Option<NotReached>>);

impl Reach {
    /// Notes how an attempt ended; `None` for an answer. A partner that is slow was reached, or not:
    /// a timeout changes nothing.
    pub(crate) fn note(&self, failed: Option<&CallErrorKind>) {
        let cause = match failed {
            Some(CallErrorKind::Timeout) => return,
            Some(CallErrorKind::NoConnection(Unreached { proxy: Some(proxy), chain, .. })) => {
                Some(format!("{proxy}: {chain}"))
            }
            Some(CallErrorKind::NoConnection(Unreached { chain, .. }) | CallErrorKind::BrokenOff(chain)) => {
                Some(chain.clone())
            }
            _ => None,
        };
        let named = |(kind, cause): (&CallErrorKind, String)| NotReached { outcome: kind.name(), cause };
        *self.last_one() = failed.zip(cause).map(named);
    }

    /// Why the last attempt had no connection; `None` where it had one.
    pub(crate) fn last(&self) -> Option<NotReached> {
        self.last_one().clone()
    }

    fn last_one(&self) -> MutexGuard<'_, Option<NotReached>> {
        self.0.lock()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_until_something_answers() {
        let reach = Reach::default();
        assert_eq!(reach.last(), None);
        reach.note(Some(&CallErrorKind::BrokenOff("connection reset".into())));
        reach.note(Some(&CallErrorKind::Timeout));
        let last = reach.last().unwrap();
        assert_eq!(last.outcome, "connect");
        assert!(last.cause.contains("connection reset"), "{}", last.cause);
        reach.note(Some(&CallErrorKind::Unavailable(503)));
        assert_eq!(reach.last(), None);
    }
}
