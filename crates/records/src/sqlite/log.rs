//! The write-ahead log: brought to the disk, and kept small.

use std::fs::File;
use std::io::ErrorKind;

use super::disk::off_the_runtime;
use super::store::Store;
use crate::error::RecordsError;

/// A log of more bytes than this is emptied, even if others have to wait a moment for that.
const LARGE: u64 = 4 * 1024 * 1024;

impl Store {
    /// Brings all that was written to the disk, and the mark beside the database to its file. It
    /// is what SQLite does at the end of each change with `synchronous=FULL`, but others can write
    /// meanwhile: the log is only ever added to, and no lock is held on it.
    pub(crate) async fn sync(&self) -> Result<(), RecordsError> {
        let Some(place) = self.place().cloned() else { return Ok(()) };
        let news = self.mark().take_news();
        let synced = off_the_runtime(move || {
            if let Some(mark) = news {
                mark.write(&place.beside(".mark"))?;
            }
            match File::open(place.log()) {
                Ok(log) => log.sync_data(),
                // All of it is in the database's own file already.
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
                Err(error) => Err(error),
            }
        })
        .await;
        if synced.is_err() {
            self.mark().keep_news();
        }
        synced
    }

    /// Moves what was written from the log to its place, so that the log does not grow. While many
    /// read and write, some part of the log is always in use, and it would never begin anew: a
    /// large one is therefore emptied while the writers of this process wait.
    pub(crate) async fn tidy(&self) -> Result<(), RecordsError> {
        self.checkpoint("PRAGMA wal_checkpoint(PASSIVE)").await?;
        if self.place().is_some_and(|place| place.log_size() > LARGE) {
            let _writing = self.hold_writers().await;
            self.checkpoint("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(())
    }

    /// Whether the log is so large that it wants [`Self::tidy`].
    pub(crate) async fn has_large_log(&self) -> bool {
        let Some(place) = self.place().cloned() else { return false };
        off_the_runtime(move || Ok(place.log_size() > LARGE)).await.unwrap_or(false)
    }

    async fn checkpoint(&self, statement: &'static str) -> Result<(), RecordsError> {
        let database = self.database().await?;
        let prepared = self.prepared(&database).await?;
        let mut keeper = prepared.keeper.lock().await;
        let keeper = keeper.as_mut().ok_or(RecordsError::Closed)?;
        // Readers that are in the way end within milliseconds; one that does not is not waited for.
        sqlx::query("PRAGMA busy_timeout = 50").execute(&mut *keeper).await?;
        sqlx::query(statement).execute(keeper).await?;
        Ok(())
    }
}
