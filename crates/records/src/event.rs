//! Events as they are kept, and where they are to be sent.

use jiff::Timestamp;

use crate::number::instant;

/// Something that happened, as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRecord {
    /// Its id.
    pub id: String,
    /// The merchant who is told.
    pub merchant: String,
    /// Whether it is of a sandbox.
    pub sandbox: bool,
    /// What it is about, such as `offer.accepted`.
    pub kind: String,
    /// The offer that it tells of, by its id, and the version that the offer has by it.
    pub offer: Option<(String, u64)>,
    /// When it happened, to the second.
    pub at: Timestamp,
    /// The body that tells of it, in JSON. It is sent as it is.
    pub body: String,
    /// Why it happened, in the shop's words, where the shop said so.
    pub reason: Option<String>,
}

/// An event that is written with what it tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The event.
    pub event: EventRecord,
    /// The endpoints of its merchant that it is to be sent to, by their names. Those that are switched off
    /// are left out.
    pub endpoints: Vec<String>,
}

/// Which events are asked for, the oldest first.
#[derive(Clone, Copy, Debug)]
pub struct EventsAsked<'a> {
    /// The merchant's id.
    pub merchant: &'a str,
    /// Those of a sandbox, or those that are not.
    pub sandbox: bool,
    /// Those that happened at this time or later.
    pub since: Timestamp,
    /// Those after the event of this id, the last one of the page before. An id that is not known (any
    /// more) is as none: events are then told again, and none is left out.
    pub after: Option<&'a str>,
    /// So many at most.
    pub most: u32,
}

/// Columns of an event, as [`EVENT_COLUMNS`] names them.
pub(crate) type EventColumns =
    (String, String, i64, String, Option<String>, Option<i64>, i64, String, Option<String>);

/// The names of the columns of an event.
pub(crate) const EVENT_COLUMNS: &str = "id, merchant, sandbox, kind, offer, version, at, body, reason";

impl From<EventColumns> for EventRecord {
    fn from(columns: EventColumns) -> Self {
        let (id, merchant, sandbox, kind, offer, version, at, body, reason) = columns;
        Self {
            id,
            merchant,
            sandbox: sandbox != 0,
            kind,
            offer: offer.zip(version.map(i64::unsigned_abs)),
            at: instant(at),
            body,
            reason,
        }
    }
}
