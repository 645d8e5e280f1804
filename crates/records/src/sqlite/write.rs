//! Writes entries of the journal as rows.

use sqlx::SqliteConnection;

use super::store::Store;
use super::{attempts, merchants, quota, quotes, searches};
use crate::entry::{Begun, Entry};
use crate::error::RecordsError;
use crate::taken::Taken;

impl Store {
    /// Writes all of `entries` or none. Written entries survive the end of this process at once, and a power
    /// loss after [`Self::sync`].
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
}

async fn write_one(change: &mut SqliteConnection, database: u64, entry: &Entry) -> Result<(), RecordsError> {
    let (row, outcome) = match entry {
        Entry::Quoted { key, quote, confirmed, origin } => {
            return quotes::add(change, key.as_ref(), quote, confirmed.as_deref(), origin).await;
        }
        Entry::Found { key, provider, items, at } => {
            return searches::add(change, (key, provider), items, *at).await;
        }
        Entry::Ended(row, _, _, outcome) if row.database == database => (row.number, outcome),
        // The attempt's beginning is in a database that is no longer at this path, or was never written.
        Entry::Ended(_, begun, taken, outcome) | Entry::Made(begun, taken, outcome) => {
            (made(change, begun, *taken).await?, outcome)
        }
        Entry::NeverLeft { begun, row, taken, outcome } => {
            let row = match row {
                Some(row) if row.database == database => row.number,
                _ => made(change, begun, *taken).await?,
            };
            quota::give_back(change, begun).await?;
            merchants::give_back(change, begun).await?;
            (row, outcome)
        }
    };
    attempts::insert_outcome(change, row, outcome).await
}

/// Counts and records an attempt whose beginning is not in this database. Returns its row.
async fn made(change: &mut SqliteConnection, begun: &Begun, taken: Taken) -> Result<i64, RecordsError> {
    quota::count_made(change, begun, taken).await?;
    merchants::add(change, begun).await?;
    Ok(attempts::insert(change, begun, taken.spent().calls).await?)
}
