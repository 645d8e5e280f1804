//! Requests that carry an `Idempotency-Key`: done once, and answered alike from then on.

use jiff::{SignedDuration, Timestamp};

use crate::key::Key;

/// How long an `Idempotency-Key` is kept: a day.
pub const CLAIMS_KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A request that carries an `Idempotency-Key`.
#[derive(Clone, Copy, Debug)]
pub struct ClaimAsked<'a> {
    /// The merchant's id: keys of one merchant mean nothing to another.
    pub merchant: &'a str,
    /// The `Idempotency-Key`.
    pub key: &'a str,
    /// A hash of what is asked: the path and the body.
    pub request: &'a Key,
}

/// What an `Idempotency-Key` stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is new: the request is to be done, and its answer to be kept.
    New,
    /// The same request is under way.
    UnderWay,
    /// The same request was answered like this: the HTTP status and the body that was kept.
    Answered(u32, String),
    /// It stands for another request.
    Other,
}

/// Before when a claim has had its time, and one that was never answered is given up: its process was
/// killed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClaimBounds {
    pub(crate) now: Timestamp,
    pub(crate) over: Timestamp,
    pub(crate) given_up: Timestamp,
}

impl ClaimBounds {
    /// At `now`, where a request takes `longest` at most.
    pub(crate) fn of(now: Timestamp, longest: SignedDuration) -> Self {
        let ago = |time| now.saturating_sub(time).unwrap_or(Timestamp::UNIX_EPOCH);
        Self { now, over: ago(CLAIMS_KEPT), given_up: ago(longest) }
    }
}

/// Columns of a claim: the hash of its request, and the status and body that it was answered with.
pub(crate) type ClaimColumns = (Vec<u8>, Option<i64>, Option<String>);

impl Claim {
    /// What the claim that is kept means to a request.
    pub(crate) fn of((request, status, response): ClaimColumns, asked: &ClaimAsked<'_>) -> Self {
        match status.zip(response) {
            _ if request != asked.request.bytes() => Self::Other,
            Some((status, response)) => Self::Answered(crate::number::count(status), response),
            None => Self::UnderWay,
        }
    }
}
