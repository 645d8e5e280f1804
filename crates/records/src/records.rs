//! The interface to the records: open, keep in order, back up and close them.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use crate::address::is_postgres;
use crate::copy::{BackupError, Restored};
use crate::error::RecordsError;
use crate::patience::{PATIENCE, patiently};
use crate::postgres;
use crate::sqlite;

/// The records. Clones share everything.
#[derive(Clone, Debug)]
pub struct Records(pub(crate) Store);

/// The engine. There are few, all known here, so each method matches on them: see `on_each`.
#[derive(Clone, Debug)]
pub(crate) enum Store {
    Sqlite(sqlite::Store),
    Postgres(postgres::Store),
}

/// Calls the same method on each engine: `on_each!(records, store => store.method())`.
macro_rules! on_each {
    ($records:expr, $store:ident => $work:expr) => {
        match &$records.0 {
            $crate::records::Store::Sqlite($store) => $work,
            $crate::records::Store::Postgres($store) => $work,
        }
    };
}
pub(crate) use on_each;

impl Records {
    /// How long [`Self::prepare`] and the calls about offers wait for a database that another process has
    /// locked.
    pub const PATIENCE: Duration = PATIENCE;

    /// The records in the database at `url`: `sqlite://PATH`, `postgres://…` or `postgresql://…`. The
    /// database is opened at the first read or write, and file and folder are created then if necessary.
    ///
    /// # Errors
    /// [`RecordsError`] if `url` is not such an address.
    pub fn at(url: &str) -> Result<Self, RecordsError> {
        Ok(Self(if is_postgres(url) {
            Store::Postgres(postgres::Store::at(url)?)
        } else {
            Store::Sqlite(sqlite::Store::at(url)?)
        }))
    }

    /// The records in the database at `url`, opened now. If another process has locked it, this waits up to
    /// [`Self::PATIENCE`].
    ///
    /// # Errors
    /// [`RecordsError`] when that fails.
    pub async fn open(url: &str) -> Result<Self, RecordsError> {
        let records = Self::at(url)?;
        records.prepare().await?;
        Ok(records)
    }

    /// Creates the database or updates its schema to this version's, unless that is done.
    ///
    /// # Errors
    /// [`RecordsError`] if that fails. Every other call tries it again.
    pub async fn prepare(&self) -> Result<(), RecordsError> {
        patiently!(on_each!(self, store => store.prepare().await))
    }

    /// Closes the database. Every later call fails.
    pub async fn close(&self) {
        on_each!(self, store => store.close().await);
    }

    /// Tests with a trial write at `now` whether the database is in its place and accepts writes.
    ///
    /// # Errors
    /// [`RecordsError`] when it does not.
    pub async fn try_write(&self, now: Timestamp) -> Result<(), RecordsError> {
        on_each!(self, store => store.try_write(now).await)
    }

    /// The time by the records: the time of the newest record from before this process, plus the time since
    /// they were opened. It is too early by the time between that record and the opening, but no change of a
    /// clock affects it. `None` if there was no record.
    pub fn time_by_records(&self) -> Option<Timestamp> {
        on_each!(self, store => store.time_by_records())
    }

    /// How long the database has been open.
    pub fn open_for(&self) -> Duration {
        on_each!(self, store => store.open_for())
    }

    /// Checks that the database's clock differs from `now`, this machine's time, by at most a second. If
    /// several machines use one database, a day begins by both clocks.
    ///
    /// # Errors
    /// [`RecordsError::ClockApart`], or why the clock cannot be read.
    pub async fn check_clock(&self, now: Timestamp) -> Result<(), RecordsError> {
        match &self.0 {
            // A file has no clock.
            Store::Sqlite(_) => Ok(()),
            Store::Postgres(store) => store.check_clock(now).await,
        }
    }

    /// Brings everything that was written to the disk, so that it survives a power loss.
    ///
    /// # Errors
    /// [`RecordsError`] when the disk does not take it.
    pub async fn sync(&self) -> Result<(), RecordsError> {
        on_each!(self, store => store.sync().await)
    }

    /// Keeps the engine's additional files, such as a log, small.
    ///
    /// # Errors
    /// [`RecordsError`] when that fails; the next call tries again.
    pub async fn tidy(&self) -> Result<(), RecordsError> {
        on_each!(self, store => store.tidy().await)
    }

    /// Whether these files are so large that [`Self::tidy`] should be called.
    pub async fn has_large_log(&self) -> bool {
        on_each!(self, store => store.has_large_log().await)
    }

    /// Checks the database's files; call it about once a second. If files were removed or replaced, then
    /// three seconds later their content is written again, or set aside if another database is at their path.
    ///
    /// # Errors
    /// [`RecordsError`] when something could not be done; the next call tries again.
    pub async fn look_after(&self) -> Result<(), RecordsError> {
        on_each!(self, store => store.look_after().await)
    }

    /// Does at once what [`Self::look_after`] does after three seconds with files that were removed or
    /// replaced.
    ///
    /// # Errors
    /// [`RecordsError`] when the disk does not take it, or what stands there cannot be opened.
    pub async fn renew(&self) -> Result<(), RecordsError> {
        on_each!(self, store => store.renew().await)
    }

    /// Writes a backup of the database at `url` to the file `to`: its state at one moment, while others may
    /// read and write. The schema is not updated first, so that a backup can be made before an upgrade. The
    /// file gets its name only when it is complete.
    ///
    /// # Errors
    /// [`BackupError`]; nothing is left behind then.
    pub async fn back_up(url: &str, to: &Path) -> Result<(), BackupError> {
        match Self::at(url)?.0 {
            Store::Sqlite(store) => store.back_up(to).await,
            Store::Postgres(_) => Err(BackupError::NoFile),
        }
    }

    /// Restores the backup `from` as the database at `url`, while no process uses that database. The former
    /// database is kept beside it.
    ///
    /// # Errors
    /// [`BackupError`]; the database stays as it was then.
    pub async fn restore(url: &str, from: &Path) -> Result<Restored, BackupError> {
        match Self::at(url)?.0 {
            Store::Sqlite(store) => store.restore(from).await,
            Store::Postgres(_) => Err(BackupError::NoFile),
        }
    }
}
