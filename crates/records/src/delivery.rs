//! Deliveries of events as they are kept: which event goes to which endpoint, and how far that has come.

use jiff::Timestamp;

use crate::number::{count, instant, instant_ms};

/// An event on its way to an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRecord {
    /// The event's id.
    pub event: String,
    /// What the event is about.
    pub kind: String,
    /// The offer that the event tells of, by its id.
    pub offer: Option<String>,
    /// When it happened.
    pub at: Timestamp,
    /// The merchant's id.
    pub merchant: String,
    /// The endpoint's name.
    pub endpoint: String,
    /// How it stands: `open`, `delivered` or `given_up`.
    pub state: String,
    /// How many tries have ended.
    pub tries: u32,
    /// When it is tried next, or the time that [`DeliveryTaken::until`] names; `None` where it is not.
    pub due_at: Option<Timestamp>,
    /// When the last try ended.
    pub tried_at: Option<Timestamp>,
    /// The HTTP status of the last answer; `None` where there was no answer.
    pub status: Option<u32>,
}

/// Fresh events and repeated ones are taken apart, so that repeated ones never delay fresh ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Events that were not tried yet.
    Fresh,
    /// Events of which a try has failed.
    Repeated,
}

/// Which deliveries are taken, to be tried now.
#[derive(Clone, Copy, Debug)]
pub struct DueAsked<'a> {
    /// The merchant's id.
    pub merchant: &'a str,
    /// The endpoint's name. Each endpoint is asked for by itself, so that a slow one delays no other.
    pub endpoint: &'a str,
    /// Fresh or repeated ones.
    pub lane: Lane,
    /// The time; those that are due by it are taken.
    pub now: Timestamp,
    /// Until when they are the taker's own. One whose end was not noted by then is due again.
    pub until: Timestamp,
    /// So many at most.
    pub most: u32,
}

/// A delivery that was taken, to be tried now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryTaken {
    /// The event's id.
    pub event: String,
    /// What is to be sent.
    pub body: String,
    /// The endpoint's name.
    pub endpoint: String,
    /// How many tries have ended.
    pub tries: u32,
    /// Until when it is the taker's own.
    pub until: Timestamp,
}

/// What comes after a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterTry {
    /// The endpoint has the event.
    Delivered,
    /// It is tried again at this time.
    Again(Timestamp),
    /// It is not tried again, unless by hand.
    GivenUp,
}

/// Which deliveries are asked for, the newest event first.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeliveriesAsked<'a> {
    /// Those of a merchant; `None` for all.
    pub merchant: Option<&'a str>,
    /// Those of an offer's events.
    pub offer: Option<&'a str>,
    /// Those in a state.
    pub state: Option<&'a str>,
    /// So many at most.
    pub most: u32,
}

/// An endpoint that is sent nothing more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointOff {
    /// The merchant's id.
    pub merchant: String,
    /// The endpoint's name.
    pub endpoint: String,
    /// Since when.
    pub since: Timestamp,
}

impl AfterTry {
    /// The state's name in the database, and when it is due.
    pub(crate) fn columns(self) -> (&'static str, Option<i64>) {
        match self {
            Self::Delivered => ("delivered", None),
            Self::Again(at) => ("open", Some(at.as_millisecond())),
            Self::GivenUp => ("given_up", None),
        }
    }
}

/// Columns of a delivery, as [`DELIVERY_COLUMNS`] names them.
pub(crate) type DeliveryColumns =
    (String, String, Option<String>, i64, String, String, String, i64, Option<i64>, Option<i64>, Option<i64>);

/// The names of the columns of a delivery `d` and its event `e`.
pub(crate) const DELIVERY_COLUMNS: &str = "e.id, e.kind, e.offer, e.at, d.merchant, d.endpoint, d.state, \
    d.tries, d.due_at, d.tried_at, d.status";

impl From<DeliveryColumns> for DeliveryRecord {
    fn from(columns: DeliveryColumns) -> Self {
        let (event, kind, offer, at, merchant, endpoint, state, tries, due_at, tried_at, status) = columns;
        Self {
            event,
            kind,
            offer,
            at: instant(at),
            merchant,
            endpoint,
            state,
            tries: count(tries),
            due_at: due_at.map(instant_ms),
            tried_at: tried_at.map(instant_ms),
            status: status.map(count),
        }
    }
}

/// Columns of a delivery that was taken: the event's number, its id, its body and the tries so far.
pub(crate) type TakenColumns = (i64, String, String, i64);

/// Deliveries that were taken, in the order of their events.
pub(crate) fn taken(mut rows: Vec<TakenColumns>, asked: &DueAsked<'_>) -> Vec<DeliveryTaken> {
    rows.sort_unstable_by_key(|(number, ..)| *number);
    let endpoint = asked.endpoint;
    let until = instant_ms(asked.until.as_millisecond());
    let taken = rows.into_iter().map(|(_, event, body, tries)| DeliveryTaken {
        event,
        body,
        endpoint: endpoint.to_owned(),
        tries: count(tries),
        until,
    });
    taken.collect()
}
