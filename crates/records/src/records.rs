//! The one face of all that is kept: where it is, opening, upkeep and the end.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use crate::address::is_postgres;
use crate::copy::{BackupError, Restored};
use crate::error::RecordsError;
use crate::patience::{PATIENCE, patiently};
use crate::postgres;
use crate::sqlite;

/// All that is kept. Clones share everything.
#[derive(Clone, Debug)]
pub struct Records(pub(crate) Store);

/// Where it is kept. Engines are few and known here, so a method matches on them: see `on_each`.
#[derive(Clone, Debug)]
pub(crate) enum Store {
    Sqlite(sqlite::Store),
    Postgres(postgres::Store),
}

/// The same on each engine: `on_each!(records, store => store.method())`.
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
    /// How long [`Self::prepare`], and whatever is done with offers, waits for a database that another
    /// process holds.
    pub const PATIENCE: Duration = PATIENCE;

    /// The records in the database at `url`: `sqlite://PATH`, `postgres://…` or `postgresql://…`. It is
    /// looked at only when something is read or written; file and folder are made then, if need be.
    ///
    /// # Errors
    /// [`RecordsError`] when `url` is none.
    pub fn at(url: &str) -> Result<Self, RecordsError> {
        Ok(Self(if is_postgres(url) {
            Store::Postgres(postgres::Store::at(url)?)
        } else {
            Store::Sqlite(sqlite::Store::at(url)?)
        }))
    }

    /// The records in the database at `url`, looked at now. A database that another process holds
    /// is waited for, within [`Self::PATIENCE`].
    ///
    /// # Errors
    /// [`RecordsError`] when that fails.
    pub async fn open(url: &str) -> Result<Self, RecordsError> {
        let records = Self::at(url)?;
        records.prepare().await?;
        Ok(records)
    }

    /// Makes the database, or brings it to this version's shape, unless that is done.
    ///
    /// # Errors
    /// [`RecordsError`] when that fails; everything else tries again.
    pub async fn prepare(&self) -> Result<(), RecordsError> {
        patiently!(on_each!(self, store => store.prepare().await))
    }

    /// Closes the database. Whatever is asked of these records then fails.
    pub async fn close(&self) {
        on_each!(self, store => store.close().await);
    }

    /// Whether the database is in its place and takes what is written at `now`, as far as a trial write
    /// shows.
    ///
    /// # Errors
    /// [`RecordsError`] when it does not.
    pub async fn try_write(&self, now: Timestamp) -> Result<(), RecordsError> {
        on_each!(self, store => store.try_write(now).await)
    }

    /// What time it is by the records: that of the newest one from before this process, and what went
    /// by since they were opened. It is late by the time between, but no clock that is set can move it.
    /// `None` where there was no record.
    pub fn time_by_records(&self) -> Option<Timestamp> {
        on_each!(self, store => store.time_by_records())
    }

    /// For how long the database has been open.
    pub fn open_for(&self) -> Duration {
        on_each!(self, store => store.open_for())
    }

    /// Whether the database's clock is no more than a second from `now`, this machine's. Where several
    /// machines meet, days begin by both.
    ///
    /// # Errors
    /// [`RecordsError::ClockApart`], or why the clock cannot be read.
    pub async fn check_clock(&self, now: Timestamp) -> Result<(), RecordsError> {
        match &self.0 {
            // A file has none.
            Store::Sqlite(_) => Ok(()),
            Store::Postgres(store) => store.check_clock(now).await,
        }
    }

    /// Brings all that was written to the disk: it outlives a power loss then.
    ///
    /// # Errors
    /// [`RecordsError`] when the disk does not take it.
    pub async fn sync(&self) -> Result<(), RecordsError> {
        on_each!(self, store => store.sync().await)
    }

    /// Keeps what the engine needs beside the records small.
    ///
    /// # Errors
    /// [`RecordsError`] when that fails; the next call tries again.
    pub async fn tidy(&self) -> Result<(), RecordsError> {
        on_each!(self, store => store.tidy().await)
    }

    /// Whether that is so large that it wants [`Self::tidy`].
    pub async fn has_large_log(&self) -> bool {
        on_each!(self, store => store.has_large_log().await)
    }

    /// Looks after the database, to be called each second or so. Files that were removed or replaced
    /// are noticed. Three seconds later their content is written anew, or set aside if there is another
    /// database at their path.
    ///
    /// # Errors
    /// [`RecordsError`] when something could not be done; the next call tries again.
    pub async fn look_after(&self) -> Result<(), RecordsError> {
        on_each!(self, store => store.look_after().await)
    }

    /// What [`Self::look_after`] does about files that were removed or replaced, at once.
    ///
    /// # Errors
    /// [`RecordsError`] when the disk does not take it, or what stands there cannot be opened.
    pub async fn renew(&self) -> Result<(), RecordsError> {
        on_each!(self, store => store.renew().await)
    }

    /// Writes a copy of the database at `url`, as it is at one moment, to the file `to`; others may
    /// read and write meanwhile. The database is not brought to this version's shape, so that a backup
    /// can be made before an upgrade. There is no file of that name before it is whole.
    ///
    /// # Errors
    /// [`BackupError`]; nothing is left behind then.
    pub async fn back_up(url: &str, to: &Path) -> Result<(), BackupError> {
        match Self::at(url)?.0 {
            Store::Sqlite(store) => store.back_up(to).await,
            Store::Postgres(_) => Err(BackupError::NoFile),
        }
    }

    /// Puts the copy `from` in the place of the database at `url`, while no process works on it. The
    /// database that was there is kept beside it.
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
