//! By which clock old records are deleted. What is deleted is gone for good, and a machine's clock may
//! be days ahead for one start, so no clock is believed alone.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// A machine's clock that is farther ahead of the newest record is reported: either it jumped, or the
/// server did not run for as long.
const JUMP: SignedDuration = SignedDuration::from_hours(3 * 24);

/// What is due to be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing before the partner has answered: only then it is known what time it is.
    Unknown,
    /// Nothing: no record is older than this process.
    Nothing,
    /// This machine's clock is so far ahead of the newest record. Nothing is deleted before the next
    /// start, or before the process has run for three days.
    Jumped(SignedDuration),
    /// What is old at that time; with how many records were deleted.
    By(Timestamp, u64),
}

/// What is due when this machine's clock says `machine`, the partner's `partner`, and the records go on
/// from their newest one to `records`, in a process that has run for `up`.
pub(crate) fn due(
    machine: Timestamp,
    partner: Option<Timestamp>,
    records: Option<Timestamp>,
    up: Duration,
) -> Due {
    let Some(records) = records else { return Due::Nothing };
    // By the end of these days an operator has read of it, and would have set the clock right.
    let believed = SignedDuration::try_from(up).is_ok_and(|up| up > JUMP);
    let ahead = machine.duration_since(records);
    if ahead > JUMP && !believed {
        return Due::Jumped(ahead);
    }
    let Some(partner) = partner else { return Due::Unknown };
    let earliest = machine.min(partner);
    Due::By(if believed { earliest } else { earliest.min(records) }, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_that_is_the_farthest_behind_counts_and_a_jump_deletes_nothing() {
        let at = |hours: i64| Timestamp::from_second(1_767_074_400 + hours * 3_600).unwrap();
        let due = |machine, partner, records| super::due(machine, partner, records, Duration::from_secs(60));
        assert_eq!(due(at(0), Some(at(0)), None), Due::Nothing);
        assert_eq!(due(at(0), None, Some(at(0))), Due::Unknown);
        assert_eq!(due(at(5), Some(at(5)), Some(at(0))), Due::By(at(0), 0));
        assert_eq!(due(at(5), Some(at(-2)), Some(at(0))), Due::By(at(-2), 0));
        assert_eq!(due(at(-3), Some(at(0)), Some(at(0))), Due::By(at(-3), 0), "a clock that is behind");
        let month = SignedDuration::from_hours(30 * 24);
        assert_eq!(due(at(30 * 24), Some(at(0)), Some(at(0))), Due::Jumped(month));
        assert_eq!(due(at(0), Some(at(0)), Some(at(30 * 24))), Due::By(at(0), 0), "records of a clock ahead");
        // A server that did not run for a month believes its clock after some days.
        let days = Duration::from_secs(4 * 86_400);
        assert_eq!(super::due(at(720), Some(at(720)), Some(at(0)), days), Due::By(at(720), 0));
    }
}
