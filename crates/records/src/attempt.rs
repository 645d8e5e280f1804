//! Attempts at the provider, as they are read from the records.

use domain::Moment;
use jiff::Timestamp;
use serde::Serialize;

use crate::error::RecordsError;
use crate::number::count;

/// One attempt at the provider, as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttemptRecord {
    /// Its number, in the order of recording.
    #[serde(skip)]
    pub id: i64,
    /// When it was made.
    pub at: Moment,
    /// The call's name.
    pub call: String,
    /// Its number among the attempts at one question, from 1.
    pub attempt: u32,
    /// The parameters, without app id, time and signature.
    pub parameters: serde_json::Value,
    /// `ok`, or the error's name; `None` if the attempt is under way, or was when the process was killed.
    pub outcome: Option<String>,
    /// The provider's answer: an HTTP status, or its own code.
    pub code: Option<String>,
    /// How long it took, in milliseconds.
    pub latency_ms: Option<u64>,
    /// The calls of the day, this one included.
    pub quota_used: Option<u32>,
    /// The provider; `None` in records of versions that named none.
    pub provider: Option<String>,
}

/// A span of time, of which attempts or offers are read.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment after it.
    pub to: Timestamp,
}

/// Columns of an attempt and its outcome, in the order of [`AttemptRecord`]'s fields.
pub(crate) type AttemptColumns =
    (i64, i64, String, i64, String, Option<String>, Option<String>, Option<i64>, Option<i64>, Option<String>);

impl TryFrom<AttemptColumns> for AttemptRecord {
    type Error = RecordsError;

    fn try_from(columns: AttemptColumns) -> Result<Self, RecordsError> {
        let (id, at, call, attempt, parameters, outcome, code, latency_ms, quota_used, provider) = columns;
        Ok(Self {
            id,
            at: Moment::new(Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH)),
            call,
            attempt: count(attempt),
            parameters: serde_json::from_str(&parameters)?,
            outcome,
            code,
            latency_ms: latency_ms.and_then(|latency| u64::try_from(latency).ok()),
            provider,
            quota_used: quota_used.map(count),
        })
    }
}
