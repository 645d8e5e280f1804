//! Whether the partner can be reached, judged by the last attempt that ended.

use parking_lot::{Mutex, MutexGuard};
use provider::{Refusal, Unreached};

/// Why the last attempt had no connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotReached {
    /// The cause's name, under which the attempt is recorded too.
    pub outcome: &'static str,
    /// The causes in the libraries' words, with the proxy before them if there is one. It contains no secret.
    pub cause: String,
}

/// Whether the last attempt had a connection: `None` if it had one.
#[derive(Debug, Default)]
pub(crate) struct Reach(Mutex<Option<NotReached>>);

impl Reach {
    /// Notes how an attempt ended; `None` for an answer. A timeout changes nothing, because it does not say
    /// whether the partner was reached.
    pub(crate) fn note(&self, failed: Option<&Refusal>) {
        let cause = match failed {
            Some(Refusal::Timeout) => return,
            Some(Refusal::NoConnection(Unreached { proxy: Some(proxy), chain, .. })) => {
                Some(format!("{proxy}: {chain}"))
            }
            Some(Refusal::NoConnection(Unreached { chain, .. }) | Refusal::BrokenOff(chain)) => {
                Some(chain.clone())
            }
            None
            | Some(
                Refusal::ModelUnknown(_)
                | Refusal::NotAccepted(_)
                | Refusal::InvalidParameters(_)
                | Refusal::Unauthorized { .. }
                | Refusal::PermissionDenied(_)
                | Refusal::WrongAddress
                | Refusal::QuotaExhausted(_)
                | Refusal::TooManyRequests { .. }
                | Refusal::ServerFault(_)
                | Refusal::Unavailable(_)
                | Refusal::Intermediary(_)
                | Refusal::BadAnswer(_)
                | Refusal::Other { .. }
                | Refusal::NotOffered,
            ) => None,
        };
        let named = |(refusal, cause): (&Refusal, String)| NotReached { outcome: refusal.name(), cause };
        *self.last_one() = failed.zip(cause).map(named);
    }

    /// Why the last attempt had no connection; `None` if it had one.
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
        reach.note(Some(&Refusal::BrokenOff("connection reset".into())));
        reach.note(Some(&Refusal::Timeout));
        let last = reach.last().unwrap();
        assert_eq!(last.outcome, "connect");
        assert!(last.cause.contains("connection reset"), "{}", last.cause);
        reach.note(Some(&Refusal::Unavailable("HTTP 503".into())));
        assert_eq!(reach.last(), None);
    }
}
