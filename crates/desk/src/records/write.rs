//! Entries of the journal, as rows.

use sqlx::SqliteConnection;

use super::{Records, RecordsError};
use crate::entry::{Begun, Entry, Outcome};
use crate::key::Key;
use crate::quota::Taken;
use crate::{history, quota, searches};

impl Records {
    /// Writes all of `entries` or none. What is written outlives this process at once, and a
    /// power loss after [`Self::sync`].
    pub(crate) async fn write(&self, entries: &[Entry]) -> Result<(), RecordsError> {
        self.change(async |change| {
            let database = self.number();
            for entry in entries {
                write_one(change, database, entry).await?;
            }
            Ok(())
        })
        .await?;
        for entry in entries {
            if let Entry::Made(begun, taken, _) = entry {
                self.count(begun, *taken);
            }
        }
        Ok(())
    }

    /// Notes in the mark what was counted in the database.
    pub(crate) fn count(&self, begun: &Begun, taken: Taken) {
        self.mark().note(&begun.app_id, begun.day(), taken, begun.at);
    }

    /// What the mark says of that account's day.
    pub(crate) fn counted(&self, app_id: &str, day: jiff::civil::Date) -> Taken {
        self.mark().of(app_id, day)
    }
}

async fn write_one(change: &mut SqliteConnection, database: u64, entry: &Entry) -> Result<(), RecordsError> {
    let (row, outcome) = match entry {
        Entry::Quoted { key, quote, confirmed } => {
            sqlx::query("INSERT INTO quotes (id, quoted_at, quote, key) VALUES (?, ?, ?, ?)")
                .bind(quote.id.as_str())
                .bind(quote.quoted_at.timestamp().as_second())
                .bind(serde_json::to_string(quote)?)
                .bind(key.as_ref().map(Key::bytes))
                .execute(&mut *change)
                .await?;
            // Public pages show names that the partner gave, never what somebody typed.
            if let Some(model) = confirmed {
                history::add(change, quote, model).await?;
            }
            return Ok(());
        }
        Entry::Found(key, items, at) => return searches::add(change, key, items, *at).await,
        Entry::Ended(row, _, _, outcome) if row.database == database => (row.number, outcome),
        // Its beginning is in a database that is no longer there.
        Entry::Ended(_, begun, taken, outcome) | Entry::Made(begun, taken, outcome) => {
            (made(change, begun, *taken).await?, outcome)
        }
        Entry::NeverLeft { begun, row, taken, outcome } => {
            let row = match row {
                Some(row) if row.database == database => row.number,
                _ => made(change, begun, *taken).await?,
            };
            quota::give_back(change, begun).await?;
            (row, outcome)
        }
    };
    write_outcome(change, row, outcome).await
}

/// Counts and records an attempt whose beginning is not in this database: its row.
async fn made(change: &mut SqliteConnection, begun: &Begun, taken: Taken) -> Result<i64, RecordsError> {
    quota::count_made(change, begun, taken).await?;
    Ok(quota::insert_attempt(change, begun, taken.spent().calls).await?)
}

async fn write_outcome(
    change: &mut SqliteConnection,
    row: i64,
    outcome: &Outcome,
) -> Result<(), RecordsError> {
    sqlx::query("INSERT INTO outcomes (attempt, outcome, code, latency_ms) VALUES (?, ?, ?, ?)")
        .bind(row)
        .bind(outcome.name)
        .bind(outcome.code.as_deref())
        .bind(i64::try_from(outcome.latency.as_millis()).unwrap_or(i64::MAX))
        .execute(change)
        .await?;
    Ok(())
}
