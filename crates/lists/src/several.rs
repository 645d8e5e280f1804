//! Decides about calls for several devices: how many devices one call takes, and what follows if it fails.
//! Functions without I/O.

use desk::AskError;
use provider::Refusal;

/// The most devices of the first call. It is small because a partner may count each device against the quota
/// even if the account lacks the permission for such calls.
pub(crate) const FIRST: usize = 5;

/// The most devices of one call, if `calls_left` calls are left today. A call spends one of them for each
/// device, so if the partner is `down`, one device is enough to probe it. If no call is left, one device is
/// asked for too: its failure says when the quota resets.
pub(crate) fn most_devices(calls_left: u32, down: bool) -> usize {
    if down { 1 } else { calls_left.max(1) as usize }
}

/// What follows if a call for several devices returns no answer for each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// Other callers used some of the quota meanwhile. The next call takes fewer devices.
    Fewer,
    /// Devices are asked for one by one, because calls for several devices do not work.
    OneByOne,
    /// The failure is the answer for each device.
    Failed,
}

/// What follows `error`, if `calls_left` calls are left today.
pub(crate) fn then(error: &AskError, calls_left: u32) -> Then {
    match error {
        AskError::QuotaUsedUp if calls_left > 0 => Then::Fewer,
        AskError::Call(refusal) | AskError::Latched(refusal) if means_one_by_one(refusal) => Then::OneByOne,
        AskError::Call(_)
        | AskError::Latched(_)
        | AskError::QuotaUsedUp
        | AskError::CountUnknown
        | AskError::Down
        | AskError::Busy
        | AskError::Late => Then::Failed,
    }
}

/// Whether the refusal may be caused by the call for several devices itself, and not by the devices in it.
/// Nothing confirms that the partner takes such calls in the form in which they are made.
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
