//! What is written to the records.

use std::sync::Arc;
use std::time::Duration;

use domain::{CatalogueItem, Quote, UTC8};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::key::Key;
use crate::taken::Taken;

/// An attempt at the provider that is about to be made: no secret, no signature, and nothing about the
/// person who asked.
#[derive(Clone, Debug)]
pub struct Begun {
    /// Whose quota it spends.
    pub app_id: Arc<str>,
    /// When it is made.
    pub at: Timestamp,
    /// The call's name.
    pub call: &'static str,
    /// 1 for the first of a request.
    pub attempt: u32,
    /// The parameters, as JSON.
    pub parameters: Arc<str>,
    /// How much of the quota it spends.
    pub spends: u32,
    /// Of these, what it takes of the searches' share: all or nothing.
    pub searches: u32,
    /// The merchant for whom it is made, where that is known.
    pub merchant: Option<Arc<str>>,
    /// The provider that is asked, where that is known.
    pub provider: Option<Arc<str>>,
}

/// Whose a quote is, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The merchant in whose page, or by whose key, it was asked.
    pub merchant: Option<Arc<str>>,
    /// The provider that gave the price.
    pub provider: Option<Arc<str>>,
    /// The provider's account that was used.
    pub account: Option<Arc<str>>,
}

impl Begun {
    /// The day of the quota, in UTC+8.
    pub fn day(&self) -> Date {
        UTC8.to_datetime(self.at).date()
    }
}

/// How an attempt ended.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// `ok`, or the error's name.
    pub name: &'static str,
    /// What the provider answered with, as text; `None` when it did not.
    pub code: Option<Box<str>>,
    /// How long it took.
    pub latency: Duration,
}

/// Where an attempt is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which of the databases that this process opened: another file may have been put in its place.
    pub database: u64,
    /// Its id there.
    pub number: i64,
}

/// What came of taking an attempt's part of the day's calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// It may be made: its row, and what was taken with it.
    Made(Row, Taken),
    /// Too little is left; so much was taken by others.
    UsedUp(Taken),
}

/// What may be taken of a day's calls by one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    /// Calls of the day.
    pub calls: u32,
    /// Of the calls of the day, searches.
    pub searches: u32,
}

/// One thing to write.
#[derive(Clone, Debug)]
pub enum Entry {
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
        /// What was asked, if the provider answered it; `None` for an older quote given again.
        key: Option<Key>,
        /// The quote.
        quote: Arc<Quote>,
        /// The model as the provider spells it, where its answer named one.
        confirmed: Option<Box<str>>,
        /// Whose it is.
        origin: Origin,
    },
    /// What a search found, and when.
    Found(Key, Arc<[CatalogueItem]>, Timestamp),
}

/// Where an entry went that the database refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetAside {
    /// To where refused entries are kept: a file beside the database, or a table of its own.
    Kept,
    /// Nowhere: there is no such place, or it did not take it.
    Lost,
}

impl Entry {
    /// As it is set aside where the database refuses it.
    pub(crate) fn described(&self) -> Value {
        match self {
            Self::Ended(row, begun, _, outcome) => attempt(Some(row.number), begun, outcome),
            Self::Made(begun, _, outcome) => attempt(None, begun, outcome),
            Self::NeverLeft { begun, row, outcome, .. } => attempt(row.map(|row| row.number), begun, outcome),
            Self::Quoted { quote, .. } => json!({ "quote": quote }),
            Self::Found(_, items, at) => json!({ "found": items, "at": at.to_string() }),
        }
    }
}

fn attempt(row: Option<i64>, begun: &Begun, outcome: &Outcome) -> Value {
    let Begun { at, call, attempt, parameters, spends, .. } = begun;
    json!({
        "attempt": {
            "row": row,
            "at": Timestamp::to_string(at),
            "call": call,
            "attempt": attempt,
            "parameters": &**parameters,
            "spends": spends,
            "outcome": outcome.name,
            "code": outcome.code,
            "latency_ms": u64::try_from(outcome.latency.as_millis()).unwrap_or(u64::MAX),
        }
    })
}
