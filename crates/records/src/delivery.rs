//! Deliveries in the form in which they are stored: which event goes to which endpoint, and how far that has
//! come.

use std::time::Duration;

use jiff::Timestamp;

use crate::instance_id::InstanceId;
use crate::number::{count, instant, instant_ms, milliseconds};

/// The delivery of an event to an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRecord {
    /// The event's id.
    pub event: String,
    /// The event's kind.
    pub kind: String,
    /// The id of the offer that the event concerns; `None` if it concerns no offer.
    pub offer: Option<String>,
    /// When the event happened.
    pub at: Timestamp,
    /// The merchant's id.
    pub merchant: String,
    /// The endpoint's name.
    pub endpoint: String,
    /// The state: `open`, `delivered` or `given_up`.
    pub state: String,
    /// How many tries have ended.
    pub tries: u32,
    /// When the next try is due; while a try runs, the time of [`DeliveryTaken::until`]. `None` if no try
    /// follows.
    pub due_at: Option<Timestamp>,
    /// When the last try ended.
    pub tried_at: Option<Timestamp>,
    /// The HTTP status of the last try's answer; `None` if there was no answer.
    pub status: Option<u32>,
}

/// Which deliveries to take. Fresh and repeated ones are taken separately, so that repeated ones never delay
/// fresh ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Deliveries of which no try has ended.
    Fresh,
    /// Deliveries of which a try has failed.
    Repeated,
}

/// Which deliveries to take for a try now.
#[derive(Clone, Copy, Debug)]
pub struct DueAsked<'a> {
    /// The merchant's id.
    pub merchant: &'a str,
    /// The endpoint's name. Deliveries are taken for each endpoint separately, so that a slow one delays no
    /// other.
    pub endpoint: &'a str,
    /// Fresh or repeated deliveries.
    pub lane: Lane,
    /// Those of events of a sandbox, or those that are not.
    pub sandbox: bool,
    /// The instance that takes them.
    pub taker: &'a InstanceId,
    /// How long they belong to it. A delivery whose result is not recorded by then is due again.
    pub life: Duration,
    /// The most deliveries of the endpoint and the lane that may belong to all instances together.
    pub most: u32,
}

/// A delivery that was taken for a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryTaken {
    /// The event's id.
    pub event: String,
    /// The body to send.
    pub body: String,
    /// The endpoint's name.
    pub endpoint: String,
    /// How many tries have ended.
    pub tries: u32,
    /// The instance that took it.
    pub taker: InstanceId,
    /// Until when it belongs to the taker, by the database's clock.
    pub until: Timestamp,
}

/// What follows a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterTry {
    /// The endpoint has accepted the event.
    Delivered,
    /// It is tried again after this time.
    Again(Duration),
    /// It is not tried again, unless a person has the event sent again.
    GivenUp,
}

/// Which deliveries are read, those of the newest event first.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeliveriesAsked<'a> {
    /// Those of this merchant; `None` for all.
    pub merchant: Option<&'a str>,
    /// Those of this offer's events; `None` for all.
    pub offer: Option<&'a str>,
    /// Those in this state; `None` for all.
    pub state: Option<&'a str>,
    /// The most deliveries to read.
    pub most: u32,
}

/// How many deliveries have not arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undelivered {
    /// Deliveries that wait for a try.
    pub waiting: u32,
    /// Deliveries that were given up.
    pub given_up: u32,
    /// Endpoints that are switched off.
    pub endpoints_off: u32,
}

impl From<(i64, i64, i64)> for Undelivered {
    fn from((waiting, given_up, endpoints_off): (i64, i64, i64)) -> Self {
        Self { waiting: count(waiting), given_up: count(given_up), endpoints_off: count(endpoints_off) }
    }
}

/// An endpoint that is switched off, so that nothing more is sent to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointOff {
    /// The merchant's id.
    pub merchant: String,
    /// The endpoint's name.
    pub endpoint: String,
    /// When it was switched off.
    pub since: Timestamp,
}

impl AfterTry {
    /// The state's name in the database, and in how many milliseconds the next try is due.
    pub(crate) fn columns(self) -> (&'static str, Option<i64>) {
        match self {
            Self::Delivered => ("delivered", None),
            Self::Again(wait) => ("open", Some(milliseconds(wait))),
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

/// Columns of a delivery that was taken: the event's number, its id, its body, the tries so far, and until when it
/// belongs to the taker.
pub(crate) type TakenColumns = (i64, String, String, i64, i64);

/// Deliveries that were taken, in the order of their events.
pub(crate) fn taken(mut rows: Vec<TakenColumns>, asked: &DueAsked<'_>) -> Vec<DeliveryTaken> {
    rows.sort_unstable_by_key(|(number, ..)| *number);
    let taken = rows.into_iter().map(|(_, event, body, tries, until)| DeliveryTaken {
        event,
        body,
        endpoint: asked.endpoint.to_owned(),
        tries: count(tries),
        taker: asked.taker.clone(),
        until: instant_ms(until),
    });
    taken.collect()
}
