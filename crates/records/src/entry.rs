//! The entries that are written to the records.

use std::sync::Arc;
use std::time::Duration;

use domain::{CatalogueItem, Quote, UTC8};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::instance_id::InstanceId;
use crate::key::Key;
use crate::taken::{Spent, Taken};

/// An attempt at the provider that is about to be made. It contains no secret, no signature and nothing about
/// the person who asked.
#[derive(Clone, Debug)]
pub struct Begun {
    /// The account whose quota it uses.
    pub app_id: Arc<str>,
    /// When it is made.
    pub at: Timestamp,
    /// The call's name.
    pub call: &'static str,
    /// Its number among the attempts at one question, from 1.
    pub attempt: u32,
    /// The parameters, as JSON.
    pub parameters: Arc<str>,
    /// How many calls of the quota it uses.
    pub spends: u32,
    /// How many of these count as searches: all or none.
    pub searches: u32,
    /// The merchant for whom it is made, if that is known.
    pub merchant: Option<Arc<str>>,
    /// The provider that is asked, if that is known.
    pub provider: Option<Arc<str>>,
    /// The instance from whose advance it is made, because the records do not answer; `None` if they count it.
    pub advance: Option<InstanceId>,
}

/// Where a quote came from, as far as that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The merchant whose page, or whose key, asked for it.
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

    /// What it uses of the day's calls.
    pub fn spent(&self) -> Spent {
        Spent { calls: self.spends, searches: self.searches }
    }
}

/// How an attempt ended.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// `ok`, or the error's name.
    pub name: &'static str,
    /// The code in the provider's answer; `None` if it did not answer.
    pub code: Option<Box<str>>,
    /// How long it took.
    pub latency: Duration,
}

/// Where an attempt is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which of the databases that this process has opened: during its life, another file may take the place
    /// of the first.
    pub database: u64,
    /// Its id there.
    pub number: i64,
}

/// The result of counting an attempt in the day's quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// The attempt may be made: its row, and the day's calls with it.
    Made(Row, Taken),
    /// Too little remains: the day's calls without it.
    UsedUp(Taken),
}

/// The limits of a day's calls that an attempt must keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    /// Calls of the day.
    pub calls: u32,
    /// Of the calls of the day, how many may be searches.
    pub searches: u32,
    /// How many calls of the day are kept for others beside [`Self::calls`]. What instances hold back is a part of
    /// these.
    pub reserve: u32,
}

impl Most {
    /// The limits without what is kept for others.
    pub(crate) fn spent(self) -> Spent {
        Spent { calls: self.calls, searches: self.searches }
    }
}

/// One thing to write.
#[derive(Clone, Debug)]
pub enum Entry {
    /// How the attempt in that row ended, with everything that was recorded about it.
    Ended(Row, Begun, Taken, Outcome),
    /// A complete attempt whose beginning could not be written, with the calls of its day that were counted
    /// with it.
    Made(Begun, Taken, Outcome),
    /// How an attempt ended that never left this machine. What it used of the day's calls is given back.
    NeverLeft {
        /// The attempt.
        begun: Begun,
        /// Its row; `None` if its beginning could not be written.
        row: Option<Row>,
        /// The calls of its day that were counted with it.
        taken: Taken,
        /// How it ended.
        outcome: Outcome,
    },
    /// A quote.
    Quoted {
        /// The key of the question, if the provider answered it; `None` for an older quote that is given
        /// again.
        key: Option<Key>,
        /// The quote.
        quote: Arc<Quote>,
        /// The model as the provider spells it, if its answer named one.
        confirmed: Option<Box<str>>,
        /// Where it came from.
        origin: Origin,
    },
    /// The result of a search.
    Found {
        /// The key of the question.
        key: Key,
        /// The key of the provider and the account that were asked.
        provider: Key,
        /// The models.
        items: Arc<[CatalogueItem]>,
        /// When they were found.
        at: Timestamp,
    },
}

/// Where an entry that the database rejected is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetAside {
    /// In the place for rejected entries: a file beside the database, or a table.
    Kept,
    /// Nowhere: there is no such place, or it could not be written.
    Lost,
}

impl Entry {
    /// The entry as it is written when it is set aside.
    pub(crate) fn described(&self) -> Value {
        match self {
            Self::Ended(row, begun, _, outcome) => attempt(Some(row.number), begun, outcome),
            Self::Made(begun, _, outcome) => attempt(None, begun, outcome),
            Self::NeverLeft { begun, row, outcome, .. } => attempt(row.map(|row| row.number), begun, outcome),
            Self::Quoted { quote, .. } => json!({ "quote": quote }),
            Self::Found { items, at, .. } => json!({ "found": items, "at": at.to_string() }),
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
