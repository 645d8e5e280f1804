//! Entries that the database refuses for what is in them: kept in a file beside it, so that those after
//! them are written.

use std::fs::File;
use std::io::Write;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::renew::off_the_runtime;
use super::{Records, RecordsError};
use crate::entry::{Begun, Entry, Outcome};
use crate::quota;

/// Where an entry went that the database refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SetAside {
    /// Into the file beside the database.
    Kept,
    /// Nowhere: there is no file, or the disk did not take it.
    Lost,
}

impl Records {
    /// Adds an entry that was refused because of `error` to the file `DATABASE.refused.jsonl`. What it
    /// spent of the day's calls is counted all the same.
    pub(crate) async fn set_aside(&self, entry: &Entry, error: &RecordsError) -> SetAside {
        if let Entry::Made(begun, taken, _) = entry {
            self.count(begun, *taken);
            let counted = self.change(async |change| Ok(quota::count_made(change, begun, *taken).await?));
            if let Err(error) = counted.await {
                tracing::warn!(%error, "the calls of an entry that was set aside are counted in the mark only");
            }
        }
        let Some(place) = self.0.place.clone() else { return SetAside::Lost };
        let line = format!("{}\n", json!({ "refused": error.to_string(), "entry": described(entry) }));
        let written = off_the_runtime(move || {
            let mut file = File::options().create(true).append(true).open(place.beside(".refused.jsonl"))?;
            file.write_all(line.as_bytes())?;
            file.sync_data()
        });
        match written.await {
            Ok(()) => SetAside::Kept,
            Err(error) => {
                tracing::error!(%error, "an entry that was refused cannot be set aside");
                SetAside::Lost
            }
        }
    }
}

fn described(entry: &Entry) -> Value {
    match entry {
        Entry::Ended(row, begun, _, outcome) => attempt(Some(row.number), begun, outcome),
        Entry::Made(begun, _, outcome) => attempt(None, begun, outcome),
        Entry::NeverLeft { begun, row, outcome, .. } => attempt(row.map(|row| row.number), begun, outcome),
        Entry::Quoted { quote, .. } => json!({ "quote": quote }),
        Entry::Found(_, items, at) => json!({ "found": items, "at": at.to_string() }),
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
