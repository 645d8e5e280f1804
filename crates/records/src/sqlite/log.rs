//! Brings the write-ahead log to the disk, and keeps it small.

use std::fs::File;
use std::io::ErrorKind;

use super::disk::off_the_runtime;
use super::store::Store;
use crate::error::RecordsError;

/// A log with more bytes than this is emptied, even if writers have to wait a moment.
const LARGE: u64 = 4 * 1024 * 1024;

impl Store {
    /// Brings everything that was written to the disk, and the mark beside the database to its file.
    ///
    /// SQLite does the same at the end of each transaction with `synchronous=FULL`. Here others can write
    /// meanwhile, because the log only ever grows and no lock is held on it.
    pub(crate) async fn sync(&self) -> Result<(), RecordsError> {
        let Some(place) = self.place().cloned() else { return Ok(()) };
        let news = self.mark().take_news();
        let synced = off_the_runtime(move || {
            if let Some(mark) = news {
                mark.write(&place.beside(".mark"))?;
            }
            match File::open(place.log()) {
                Ok(log) => log.sync_data(),
                // Without a log, everything is already in the database's own file.
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

    /// Moves changes from the log to the database's file, so that the log does not grow. With many readers
    /// and writers, some part of the log is always in use, and it would never start again from its beginning.
    /// Therefore a large log is emptied while the writers of this process wait.
    pub(crate) async fn tidy(&self) -> Result<(), RecordsError> {
        self.checkpoint("PRAGMA wal_checkpoint(PASSIVE)").await?;
        if self.place().is_some_and(|place| place.log_size() > LARGE) {
            let _writing = self.hold_writers().await;
            self.checkpoint("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(())
    }

    /// Whether the log is so large that [`Self::tidy`] should be called.
    pub(crate) async fn has_large_log(&self) -> bool {
        let Some(place) = self.place().cloned() else { return false };
        off_the_runtime(move || Ok(place.log_size() > LARGE)).await.unwrap_or(false)
    }

    async fn checkpoint(&self, statement: &'static str) -> Result<(), RecordsError> {
        let database = self.database().await?;
        let prepared = self.prepared(&database).await?;
        let mut keeper = prepared.keeper.lock().await;
        let keeper = keeper.as_mut().ok_or(RecordsError::Closed)?;
        // Readers in the way usually finish within milliseconds. There is no wait for a slower one.
        sqlx::query("PRAGMA busy_timeout = 50").execute(&mut *keeper).await?;
        sqlx::query(statement).execute(keeper).await?;
        Ok(())
    }
}
