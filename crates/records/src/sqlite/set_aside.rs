//! Entries that the database rejects because of their content. They are kept in the file
//! `DATABASE.refused.jsonl`, so that the entries after them can be written.

use std::fs::File;
use std::io::Write;

use serde_json::json;

use super::disk::off_the_runtime;
use super::quota::count_made;
use super::store::Store;
use crate::entry::{Entry, SetAside};
use crate::error::RecordsError;

impl Store {
    /// Writes an entry that was rejected because of `error` to the place for such entries. What it used of
    /// the day's calls is still counted.
    pub(crate) async fn set_aside(&self, entry: &Entry, error: &RecordsError) -> SetAside {
        if let Entry::Made(begun, taken, _) = entry {
            self.count(begun, *taken);
            let counted = self.change(async |change| Ok(count_made(change, begun, *taken).await?));
            if let Err(error) = counted.await {
                tracing::warn!(%error, "the calls of an entry that was set aside are counted in the mark only");
            }
        }
        let Some(place) = self.place().cloned() else { return SetAside::Lost };
        let line = format!("{}\n", json!({ "refused": error.to_string(), "entry": entry.described() }));
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
