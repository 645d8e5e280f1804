//! Writes entries of the journal as rows.

use sqlx::PgConnection;

use super::store::Store;
use super::{attempts, merchants, quota, quotes, searches};
use crate::entry::{Begun, Entry};
use crate::error::RecordsError;
use crate::taken::Taken;

impl Store {
    /// Writes all of `entries` or none.
    pub(crate) async fn write(&self, entries: &[Entry]) -> Result<(), RecordsError> {
        self.change(async |change| {
            for entry in entries {
                write_one(change, entry).await?;
            }
            Ok(())
        })
        .await
    }
}

async fn write_one(change: &mut PgConnection, entry: &Entry) -> Result<(), RecordsError> {
    let (row, outcome) = match entry {
        Entry::Quoted { key, quote, confirmed, origin } => {
            return quotes::add(change, key.as_ref(), quote, confirmed.as_deref(), origin).await;
        }
        Entry::Found { key, provider, items, at } => {
            return searches::add(change, (key, provider), items, *at).await;
        }
        Entry::Ended(row, _, _, outcome) => (row.number, outcome),
        Entry::Made(begun, taken, outcome) => (made(change, begun, *taken).await?, outcome),
        Entry::NeverLeft { begun, row, taken, outcome } => {
            let row = match row {
                Some(row) => row.number,
                None => made(change, begun, *taken).await?,
            };
            quota::give_back(change, begun).await?;
            merchants::give_back(change, begun).await?;
            (row, outcome)
        }
    };
    attempts::insert_outcome(change, row, outcome).await
}

/// Counts and records an attempt whose beginning could not be written. Returns its row.
async fn made(change: &mut PgConnection, begun: &Begun, taken: Taken) -> Result<i64, RecordsError> {
    quota::count_made(change, begun, taken).await?;
    merchants::add(change, begun).await?;
    Ok(attempts::insert(change, begun, taken.spent().calls).await?)
}
