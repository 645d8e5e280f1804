//! Decides by which clock old records are deleted. A deletion cannot be undone, and a machine's clock may be
//! days ahead after one start, so no clock is trusted alone.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// If the machine's clock is more than this ahead of the newest record, this is reported: either the clock
/// jumped, or the server did not run for that long.
const JUMP: SignedDuration = SignedDuration::from_hours(3 * 24);

/// What is due to be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing yet: the partner has not answered, so its clock is unknown.
    Unknown,
    /// Nothing: no record is older than this process.
    Nothing,
    /// Nothing: this machine's clock is this far ahead of the newest record. Records are deleted again after
    /// the next start, or when the process has run for three days.
    Jumped(SignedDuration),
    /// What is old at that time, and how many records were deleted.
    By(Timestamp, u64),
}

/// What is due to be deleted.
///
/// `machine` is this machine's time, and `partner` the partner's. `records` is the time of the newest record
/// at the start plus the time since then. `up` is how long the process has run.
pub(crate) fn due(
    machine: Timestamp,
    partner: Option<Timestamp>,
    records: Option<Timestamp>,
    up: Duration,
) -> Due {
    let Some(records) = records else { return Due::Nothing };
    // After three days, an operator has read the report and would have corrected the clock.
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
