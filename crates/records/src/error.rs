//! Why the records cannot be opened, read or written, and what an operator can do about it.

use sqlx::migrate::MigrateError;

use crate::cause::Cause;
use crate::{postgres_codes, sqlite_codes};

/// The records cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum RecordsError {
    /// The folder of the database cannot be made.
    #[error("the folder of the database cannot be made: {0}")]
    Folder(#[from] std::io::Error),
    /// A newer version of this program has changed the database's schema.
    #[error(
        "the database was written by a newer version of this program (its change {0} is unknown here), and is left as it is"
    )]
    Newer(i64),
    /// The database's schema cannot be updated to this version's.
    #[error("the database cannot be brought up to date: {0}")]
    Migration(MigrateError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A record cannot be read or written.
    #[error("a record cannot be read or written: {0}")]
    Garbled(#[from] serde_json::Error),
    /// The disk did not accept a write.
    #[error("the disk failed: {0}")]
    Disk(std::io::Error),
    /// The database's file was removed or moved while the process ran.
    #[error(
        "the database's file was removed, moved or replaced; nothing is written to it until it is made anew"
    )]
    Astray,
    /// Other writers in this process used the database for too long.
    #[error("the database was busy for too long")]
    Busy,
    /// Skipped, because the database failed a moment ago; it is tried again soon. With [`Self::cause`] and
    /// the text of that failure.
    #[error("the database failed a moment ago: {1}")]
    Resting(&'static str, String),
    /// The given address is not a database's.
    #[error(
        "the database's address cannot be used: {0}; it takes sqlite://PATH or postgres://USER@HOST/DATABASE"
    )]
    Url(String),
    /// No connection to the database could be opened within that time.
    #[error("no connection to the database within {0:?}: it is down, out of reach, or has none left")]
    Unreachable(std::time::Duration),
    /// The database's server has this version, which is too old.
    #[error("the database's server is PostgreSQL {0}; 15 or later is needed")]
    TooOld(u32),
    /// The database's clock is this far ahead of this machine's; negative: behind.
    #[error("the database's clock and this machine's are {:.1} s apart", .0.abs().as_secs_f64())]
    ClockApart(jiff::SignedDuration),
    /// The records were closed.
    #[error("the records are closed")]
    Closed,
}

impl From<MigrateError> for RecordsError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(version) => Self::Newer(version),
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => Self::Database(error),
            error => Self::Migration(error),
        }
    }
}

impl RecordsError {
    /// Whether no database can be at that place at all: a wrong setting, not a database that fails.
    pub fn is_misplaced(&self) -> bool {
        matches!(self, Self::Folder(_) | Self::Url(_)) || self.of_the_database() == Some(Cause::Misplaced)
    }

    /// Whether the database is locked, by another process or by writers of this one.
    pub fn is_locked(&self) -> bool {
        matches!(self, Self::Busy) || self.of_the_database() == Some(Cause::Locked)
    }

    /// Whether SQLite reported an I/O error, which names no cause.
    pub(crate) fn is_of_the_disk(&self) -> bool {
        matches!(self, Self::Database(error) if sqlite_codes::is_of_the_disk(error))
    }

    /// Whether a record was rejected because of its content, so that it would always be rejected.
    pub fn is_of_the_record(&self) -> bool {
        matches!(self, Self::Garbled(_)) || self.of_the_database() == Some(Cause::OfTheRecord)
    }

    /// Whether the database works but rejected a statement.
    pub(crate) fn is_of_the_statement(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(_))) && self.of_the_database().is_none()
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
            Self::Busy => "locked",
            Self::Url(_) => "misplaced",
            Self::Unreachable(_) => "unreachable",
            Self::TooOld(_) => "too_old",
            Self::ClockApart(_) => "clock",
            Self::Migration(_) | Self::Database(_) | Self::Garbled(_) | Self::Disk(_) | Self::Closed => {
                self.of_the_database().map_or("failing", Cause::name)
            }
        }
    }

    /// The cause that the database reported, if any.
    fn of_the_database(&self) -> Option<Cause> {
        let (Self::Database(error) | Self::Migration(MigrateError::Execute(error))) = self else {
            return None;
        };
        sqlite_codes::cause(error).or_else(|| postgres_codes::cause(error))
    }
}

fn is_full(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};
    use std::time::Duration;

    use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};

    use super::*;

    /// The error with which SQLite rejects this.
    async fn rejected(sql: &str) -> RecordsError {
        let mut database = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut database).await.unwrap_err().into()
    }

    #[tokio::test]
    async fn a_rejected_record_is_told_from_a_rejected_statement() {
        let record = rejected("CREATE TABLE a (b PRIMARY KEY); INSERT INTO a VALUES (1), (1)").await;
        assert!(record.is_of_the_record() && !record.is_of_the_statement());
        let statement = rejected("SELECT b FROM nowhere").await;
        assert!(statement.is_of_the_statement() && !statement.is_of_the_record());
        for error in [record, statement, RecordsError::Closed] {
            assert!(!error.is_of_the_disk() && !error.is_locked() && !error.is_misplaced(), "{error:?}");
            assert_eq!(error.cause(), "failing");
        }
        assert!(!RecordsError::Closed.is_of_the_statement());
    }

    #[test]
    fn each_error_names_its_cause() {
        let disk = |kind: ErrorKind| RecordsError::Disk(Error::from(kind));
        let garbled = || serde_json::from_str::<u8>("x").unwrap_err();
        for (error, cause, is_misplaced, is_locked) in [
            (RecordsError::Newer(12), "newer", false, false),
            (RecordsError::Astray, "removed", false, false),
            (RecordsError::Folder(Error::from(ErrorKind::NotFound)), "misplaced", true, false),
            (RecordsError::Url("it has another beginning".into()), "misplaced", true, false),
            (RecordsError::Resting("damaged", String::new()), "damaged", false, false),
            (disk(ErrorKind::StorageFull), "full", false, false),
            (disk(ErrorKind::QuotaExceeded), "full", false, false),
            (disk(ErrorKind::FileTooLarge), "full", false, false),
            (disk(ErrorKind::ReadOnlyFilesystem), "read_only", false, false),
            (disk(ErrorKind::Other), "failing", false, false),
            (RecordsError::Busy, "locked", false, true),
            (RecordsError::Unreachable(Duration::ZERO), "unreachable", false, false),
            (RecordsError::TooOld(14), "too_old", false, false),
            (RecordsError::ClockApart(jiff::SignedDuration::ZERO), "clock", false, false),
            (RecordsError::Database(sqlx::Error::PoolTimedOut), "locked", false, true),
            (RecordsError::Garbled(garbled()), "failing", false, false),
        ] {
            let found = (error.cause(), error.is_misplaced(), error.is_locked());
            assert_eq!(found, (cause, is_misplaced, is_locked), "{error:?}");
        }
        assert!(RecordsError::Garbled(garbled()).is_of_the_record());
    }
}
