//! What is decided of calls for several devices: how many devices one takes, and what follows where it
//! fails. Functions without I/O.

use desk::AskError;
use provider::Refusal;

/// Devices of the first call. It is small: where the account lacks the permission, the partner may
/// still count each of its devices against the quota.
pub(crate) const FIRST: usize = 5;

/// How many devices one call may take where so many calls are left. A call for many spends as much, so
/// one device finds out whether a partner that is down is back. Without any call left, asking for one
/// tells until when.
pub(crate) fn most_devices(calls_left: u32, down: bool) -> usize {
    if down { 1 } else { calls_left.max(1) as usize }
}

/// What follows where a call for several devices has no answer for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// Others took some of the quota meanwhile: the next call is for fewer devices.
    Fewer,
    /// Devices are asked for one by one: it is such calls that do not work, and not what is asked for.
    OneByOne,
    /// That is the answer for each device.
    Failed,
}

/// What follows such an error, where so many calls are left.
pub(crate) fn then(error: &AskError, calls_left: u32) -> Then {
    match error {
        AskError::QuotaUsedUp if calls_left > 0 => Then::Fewer,
        AskError::Call(refusal) | AskError::Latched(refusal) if means_one_by_one(refusal) => Then::OneByOne,
        _ => Then::Failed,
    }
}

/// Whether it is the call that does not work, of which nobody knows if it is as we make it,
/// and not what is asked for.
fn means_one_by_one(refusal: &Refusal) -> bool {
    match refusal {
        Refusal::PermissionDenied(_)
        | Refusal::WrongAddress
        | Refusal::NotOffered
        | Refusal::ModelUnknown(_)
        | Refusal::InvalidParameters(_)
        | Refusal::BadAnswer(_)
        | Refusal::Intermediary(..500) => true,
        Refusal::NotAccepted(_)
        | Refusal::Unauthorized { .. }
        | Refusal::QuotaExhausted(_)
        | Refusal::TooManyRequests { .. }
        | Refusal::ServerFault(_)
        | Refusal::Unavailable(_)
        | Refusal::Intermediary(_)
        | Refusal::Timeout
        | Refusal::NoConnection(_)
        | Refusal::BrokenOff(_)
        | Refusal::Other { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_takes_what_is_left_and_one_device_finds_out() {
        assert_eq!([most_devices(7, false), most_devices(0, false), most_devices(7, true)], [7, 1, 1]);
    }

    #[test]
    fn a_permission_that_is_missing_means_one_by_one_and_an_outage_does_not() {
        let denied = Refusal::PermissionDenied("batch".into());
        assert_eq!(then(&AskError::Latched(denied.clone()), 5), Then::OneByOne);
        assert_eq!(then(&AskError::Call(denied), 5), Then::OneByOne);
        assert_eq!(then(&AskError::Call(Refusal::Intermediary(405)), 5), Then::OneByOne);
        assert_eq!(then(&AskError::Call(Refusal::Intermediary(502)), 5), Then::Failed);
        assert_eq!(then(&AskError::Down, 5), Then::Failed);
    }

    #[test]
    fn a_quota_too_small_for_the_call_is_enough_for_fewer_devices() {
        assert_eq!(then(&AskError::QuotaUsedUp, 1), Then::Fewer);
        assert_eq!(then(&AskError::QuotaUsedUp, 0), Then::Failed);
    }
}
