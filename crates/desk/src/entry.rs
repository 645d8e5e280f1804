//! What is written to the records.

use std::sync::Arc;
use std::time::Duration;

use domain::{CatalogueItem, Quote, UTC8};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::key::Key;
use crate::quota::Taken;

/// An attempt at the partner that is about to be made: no secret, no signature, and nothing
/// that tells who asked.
#[derive(Clone, Debug)]
pub(crate) struct Begun {
    /// Whose quota it spends.
    pub(crate) app_id: Arc<str>,
    /// When it is made.
    pub(crate) at: Timestamp,
    /// The call's name.
    pub(crate) call: &'static str,
    /// 1 for the first of a request.
    pub(crate) attempt: u32,
    /// The parameters, as JSON.
    pub(crate) parameters: Arc<str>,
    /// How much of the quota it spends.
    pub(crate) spends: u32,
    /// Of these, what it takes of the searches' share: all or nothing.
    pub(crate) searches: u32,
}

impl Begun {
    /// The day of the quota, in UTC+8.
    pub(crate) fn day(&self) -> Date {
        UTC8.to_datetime(self.at).date()
    }
}

/// How an attempt ended.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// `ok`, or the error's name.
    pub(crate) name: &'static str,
    /// What the partner answered with, as text; `None` when it did not.
    pub(crate) code: Option<Box<str>>,
    /// How long it took.
    pub(crate) latency: Duration,
}

/// Where an attempt is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Which of the databases that this process opened: another file may have been put in its place.
    pub(crate) database: u64,
    /// Its id there.
    pub(crate) number: i64,
}

/// One thing to write.
#[derive(Clone, Debug)]
pub(crate) enum Entry {
    /// How the attempt of that row ended, with all that was recorded of it.
    Ended(Row, Begun, Taken, Outcome),
    /// A whole attempt, whose beginning could not be written, with the calls of its day that
    /// were taken with it.
    Made(Begun, Taken, Outcome),
    /// How an attempt ended that never left this machine: what it took of the day's calls is given
    /// back with it.
    NeverLeft {
        /// The attempt.
        begun: Begun,
        /// Its row; `None` where its beginning could not be written.
        row: Option<Row>,
        /// The calls of its day that were taken with it.
        taken: Taken,
        /// How it ended.
        outcome: Outcome,
    },
    /// A quote.
    Quoted {
        /// What was asked, if the partner answered it; `None` for an older quote given again.
        key: Option<Key>,
        /// The quote.
        quote: Arc<Quote>,
        /// The model as the partner spells it, where its answer named one.
        confirmed: Option<Box<str>>,
    },
    /// What a search found, and when.
    Found(Key, Arc<[CatalogueItem]>, Timestamp),
}
