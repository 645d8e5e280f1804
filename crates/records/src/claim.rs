//! Requests with an `Idempotency-Key`: each is done once, and a repeated one gets the same answer.

use jiff::SignedDuration;

use crate::key::Key;

/// How long an `Idempotency-Key` is kept: one day.
pub const CLAIMS_KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A request with an `Idempotency-Key`.
#[derive(Clone, Copy, Debug)]
pub struct ClaimAsked<'a> {
    /// The merchant's id. Each merchant has its own keys.
    pub merchant: &'a str,
    /// The `Idempotency-Key`.
    pub key: &'a str,
    /// A hash of the request: its path and its body.
    pub request: &'a Key,
}

/// What an `Idempotency-Key` stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The key is new. The request must be done, and its answer recorded.
    New,
    /// The same request is in progress.
    UnderWay,
    /// The same request was answered with this HTTP status and this body.
    Answered(u32, String),
    /// The key stands for another request.
    Other,
}

/// How long a claim is kept, in milliseconds.
pub(crate) const KEPT_MS: i64 = CLAIMS_KEPT.as_secs() * 1000;

/// Columns of a claim: the hash of its request, and the status and the body of its answer.
pub(crate) type ClaimColumns = (Vec<u8>, Option<i64>, Option<String>);

impl Claim {
    /// What the stored claim means for a request.
    pub(crate) fn of((request, status, response): ClaimColumns, asked: &ClaimAsked<'_>) -> Self {
        match status.zip(response) {
            _ if request != asked.request.bytes() => Self::Other,
            Some((status, response)) => Self::Answered(crate::number::count(status), response),
            None => Self::UnderWay,
        }
    }
}
