//! What each refusal means to a desk: what it applies to, and what to do next.

use std::time::Duration;

use crate::Refusal;

/// What a refusal applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// This device: the provider would refuse it again, but accepts others.
    Device,
    /// This call. The reason may be its content, so other calls may succeed.
    Question,
    /// Every call of this kind by this account.
    CallKind,
    /// Every call of this account.
    Account,
    /// The account's calls of this day.
    Quota,
    /// The provider at this moment.
    Moment,
}

/// Whether another attempt may bring an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// The same call fails again.
    Never,
    /// One more attempt is worth its quota.
    Once,
    /// Further attempts are worth their quota, after this time at the earliest.
    After(Duration),
}

/// How long to wait if a provider asks to slow down without saying for how long.
const SLOW_DOWN: Duration = Duration::from_secs(1);

impl Refusal {
    /// What it applies to.
    pub fn subject(&self) -> Subject {
        match self {
            Self::ModelUnknown(_) | Self::NotAccepted(_) => Subject::Device,
            Self::InvalidParameters(_) | Self::Other { .. } => Subject::Question,
            Self::Unauthorized { .. } => Subject::Account,
            Self::PermissionDenied(_) | Self::WrongAddress | Self::NotOffered => Subject::CallKind,
            Self::QuotaExhausted(_) => Subject::Quota,
            // A firewall that refuses one text may let others through.
            Self::Intermediary(400..500) => Subject::Question,
            Self::BadAnswer(bad) if bad.is_of_the_device() => Subject::Question,
            Self::TooManyRequests { .. }
            | Self::ServerFault(_)
            | Self::Unavailable(_)
            | Self::Intermediary(_)
            | Self::Timeout
            | Self::NoConnection(_)
            | Self::BrokenOff(_)
            | Self::BadAnswer(_) => Subject::Moment,
        }
    }

    /// Whether another attempt may bring an answer (decision 9 of the partner's protocol). Two other reasons
    /// for another attempt are not considered here: the desk has corrected the clock, or
    /// [`Refusal::Unauthorized`] says that there is another credential.
    pub fn retry(&self) -> Retry {
        match self {
            Self::NoConnection(_) | Self::BrokenOff(_) | Self::Timeout | Self::Unavailable(_) => {
                Retry::After(Duration::ZERO)
            }
            Self::TooManyRequests { retry_after } => Retry::After(retry_after.unwrap_or(SLOW_DOWN)),
            Self::ServerFault(_) | Self::Unauthorized { another: true, .. } => Retry::Once,
            Self::Intermediary(status) if *status >= 500 => Retry::Once,
            Self::ModelUnknown(_)
            | Self::NotAccepted(_)
            | Self::InvalidParameters(_)
            | Self::Unauthorized { .. }
            | Self::PermissionDenied(_)
            | Self::WrongAddress
            | Self::QuotaExhausted(_)
            | Self::Intermediary(_)
            | Self::BadAnswer(_)
            | Self::Other { .. }
            | Self::NotOffered => Retry::Never,
        }
    }

    /// Whether the call may have reached the provider, and so may cost quota. It is `false` only if certainly
    /// nothing left this machine.
    pub fn was_sent(&self) -> bool {
        !matches!(self, Self::NoConnection(_) | Self::NotOffered)
    }

    /// Whether the provider as a whole does not work. This counts for the circuit breaker. A provider that
    /// asks to slow down does work.
    pub fn is_down(&self) -> bool {
        self.subject() == Subject::Moment && !matches!(self, Self::TooManyRequests { .. })
    }
}

#[cfg(test)]
mod tests {
    use domain::NotAccepted;

    use super::*;
    use crate::{BadAnswer, Cause, Credential, Unreached};

    fn unauthorized(another: bool) -> Refusal {
        Refusal::Unauthorized { credential: Credential::Unknown, message: String::new(), another }
    }

    #[test]
    fn each_refusal_says_what_it_applies_to_and_what_to_do_next() {
        use Retry::{After, Never, Once};
        use Subject::{Account, CallKind, Device, Moment, Question, Quota};
        let text = || "x".to_owned();
        let unreached = Unreached { cause: Cause::NoRoute, proxy: None, chain: text() };
        let now = After(Duration::ZERO);
        let slow =
            |seconds: Option<u64>| Refusal::TooManyRequests { retry_after: seconds.map(Duration::from_secs) };
        let bad = Refusal::BadAnswer;
        for (refusal, name, subject, retry, sent, down) in [
            (Refusal::ModelUnknown(text()), "model_unknown", Device, Never, true, false),
            (Refusal::NotAccepted(NotAccepted::Scrapped), "not_accepted", Device, Never, true, false),
            (Refusal::InvalidParameters(text()), "invalid_parameters", Question, Never, true, false),
            (unauthorized(false), "unauthorized", Account, Never, true, false),
            (unauthorized(true), "unauthorized", Account, Once, true, false),
            (Refusal::PermissionDenied(text()), "permission_denied", CallKind, Never, true, false),
            (Refusal::WrongAddress, "wrong_path", CallKind, Never, true, false),
            (Refusal::QuotaExhausted(text()), "quota_exhausted", Quota, Never, true, false),
            (slow(None), "too_many_requests", Moment, After(SLOW_DOWN), true, false),
            (slow(Some(7)), "too_many_requests", Moment, After(Duration::from_secs(7)), true, false),
            (Refusal::ServerFault(text()), "server_fault", Moment, Once, true, true),
            (Refusal::Unavailable(text()), "unavailable", Moment, now, true, true),
            (Refusal::Intermediary(200), "intermediary", Moment, Never, true, true),
            (Refusal::Intermediary(403), "intermediary", Question, Never, true, false),
            (Refusal::Intermediary(500), "intermediary", Moment, Once, true, true),
            (Refusal::Timeout, "timeout", Moment, now, true, true),
            (Refusal::NoConnection(unreached), "no_route", Moment, now, false, true),
            (Refusal::BrokenOff(text()), "connect", Moment, now, true, true),
            (bad(BadAnswer::NotJson), "bad_answer", Moment, Never, true, true),
            (bad(BadAnswer::WrongShape), "bad_answer", Moment, Never, true, true),
            (bad(BadAnswer::TooLong), "bad_answer", Moment, Never, true, true),
            (bad(BadAnswer::Compressed), "bad_answer", Moment, Never, true, true),
            (bad(BadAnswer::Redirect), "bad_answer", Moment, Never, true, true),
            (bad(BadAnswer::NoPrice), "bad_answer", Question, Never, true, false),
            (bad(BadAnswer::AnotherModel), "another_device", Question, Never, true, false),
            (bad(BadAnswer::AnotherStorage), "another_device", Question, Never, true, false),
            (bad(BadAnswer::AnotherGrade), "another_device", Question, Never, true, false),
            (bad(BadAnswer::AboveBase), "above_base", Question, Never, true, false),
            (bad(BadAnswer::WrongCurrency), "wrong_currency", Question, Never, true, false),
            (Refusal::Other { code: text(), message: text() }, "refused", Question, Never, true, false),
            (Refusal::NotOffered, "not_offered", CallKind, Never, false, false),
        ] {
            assert_eq!(refusal.name(), name);
            assert_eq!(refusal.subject(), subject, "{name}");
            assert_eq!(refusal.retry(), retry, "{name}");
            assert_eq!(refusal.was_sent(), sent, "{name}");
            assert_eq!(refusal.is_down(), down, "{name}");
        }
    }
}
