//! Events in the form in which they are stored, and the endpoints that they are sent to.

use jiff::Timestamp;

use crate::number::instant;

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRecord {
    /// Its id.
    pub id: String,
    /// The id of the merchant that it is sent to.
    pub merchant: String,
    /// Whether it belongs to a sandbox.
    pub sandbox: bool,
    /// Its kind, such as `offer.accepted`.
    pub kind: String,
    /// The id of the offer that it concerns, and the offer's version after the event. `None` if it concerns
    /// no offer.
    pub offer: Option<(String, u64)>,
    /// When it happened, to the second.
    pub at: Timestamp,
    /// The body in JSON, which is sent unchanged.
    pub body: String,
    /// Why it happened, in the shop's words, if the shop gave a reason.
    pub reason: Option<String>,
}

/// An event that is written in one transaction with what it reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The event.
    pub event: EventRecord,
    /// The names of the merchant's endpoints that it is sent to. Endpoints that are switched off are left
    /// out.
    pub endpoints: Vec<String>,
}

/// Which events are read, the oldest first.
#[derive(Clone, Copy, Debug)]
pub struct EventsAsked<'a> {
    /// The merchant's id.
    pub merchant: &'a str,
    /// Those of a sandbox, or those that are not.
    pub sandbox: bool,
    /// Those that happened at this time or later.
    pub since: Timestamp,
    /// Those after the event with this id, the last one of the page before. If that event is not known, or no
    /// longer, the events are read from the oldest one, so that none is missed.
    pub after: Option<&'a str>,
    /// The most events to read.
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
