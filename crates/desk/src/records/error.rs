//! Why the records cannot be opened, read or written, and what an operator can do about it.

use sqlx::migrate::MigrateError;

/// The records cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum RecordsError {
    /// The folder of the database cannot be made.
    #[error("the folder of the database cannot be made: {0}")]
    Folder(#[from] std::io::Error),
    /// A newer version of this program has changed the database's shape.
    #[error(
        "the database was written by a newer version of this program (its change {0} is unknown here), and is left as it is"
    )]
    Newer(i64),
    /// The database cannot be brought to this version's shape.
    #[error("the database cannot be brought up to date: {0}")]
    Migration(MigrateError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A record that cannot be read back, or written.
    #[error("a record cannot be read or written: {0}")]
    Garbled(#[from] serde_json::Error),
    /// The disk does not take what was written.
    #[error("the disk failed: {0}")]
    Disk(std::io::Error),
    /// The database's file was removed or moved while the process ran.
    #[error(
        "the database's file was removed, moved or replaced; nothing is written to it until it is made anew"
    )]
    Astray,
    /// Other writers of this process held the database for too long.
    #[error("the database was busy for too long")]
    Busy,
    /// It failed a moment ago, and is tried again in a moment; with [`Self::cause`] and words of that
    /// failure.
    #[error("the database failed a moment ago: {1}")]
    Resting(&'static str, String),
    /// The records were closed.
    #[error("the records are closed")]
    Closed,
}

impl From<MigrateError> for RecordsError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(version) => Self::Newer(version),
            MigrateError::Execute(error) => Self::Database(error),
            error => Self::Migration(error),
        }
    }
}

impl RecordsError {
    /// Whether there can be no database at that place at all: a wrong setting, and not a
    /// database that fails.
    pub fn is_misplaced(&self) -> bool {
        matches!(self, Self::Folder(_)) || self.code() == Some(CANNOT_OPEN)
    }

    /// Whether another process holds the database, or this one's writers do.
    pub fn is_locked(&self) -> bool {
        matches!(self, Self::Busy | Self::Database(sqlx::Error::PoolTimedOut))
            || matches!(self.code(), Some(BUSY | LOCKED))
    }

    /// Whether a record was refused for what is in it, so that it would be refused for ever.
    pub(crate) fn is_of_the_record(&self) -> bool {
        matches!(self, Self::Garbled(_)) || matches!(self.code(), Some(TOO_BIG | CONSTRAINT | MISMATCH))
    }

    /// A short name of the cause, for `/readyz` and logs.
    pub fn cause(&self) -> &'static str {
        match self {
            Self::Newer(_) => "newer",
            Self::Astray => "removed",
            Self::Folder(_) => "misplaced",
            Self::Resting(cause, _) => cause,
            Self::Disk(error) if is_full(error) => "full",
            Self::Disk(error) if error.kind() == std::io::ErrorKind::ReadOnlyFilesystem => "read_only",
            _ if self.is_locked() => "locked",
            _ => match self.code() {
                Some(FULL) => "full",
                Some(READ_ONLY) => "read_only",
                Some(CORRUPT | NOT_A_DATABASE) => "damaged",
                Some(CANNOT_OPEN) => "misplaced",
                _ => "failing",
            },
        }
    }

    /// SQLite's primary result code (<https://sqlite.org/rescode.html>), where it gave one.
    fn code(&self) -> Option<u32> {
        let error = match self {
            Self::Database(error) | Self::Migration(MigrateError::Execute(error)) => error,
            _ => return None,
        };
        let code = error.as_database_error()?.code()?.parse::<u32>().ok()?;
        // The upper bits tell more than is needed here.
        Some(code & 0xff)
    }
}

fn is_full(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

const BUSY: u32 = 5;
const LOCKED: u32 = 6;
const READ_ONLY: u32 = 8;
const CORRUPT: u32 = 11;
const FULL: u32 = 13;
const CANNOT_OPEN: u32 = 14;
const TOO_BIG: u32 = 18;
const CONSTRAINT: u32 = 19;
const MISMATCH: u32 = 20;
const NOT_A_DATABASE: u32 = 26;
