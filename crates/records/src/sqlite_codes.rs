//! SQLite's primary result codes (<https://sqlite.org/rescode.html>), and the cause that each stands for.

use sqlx::sqlite::SqliteError;

use crate::cause::Cause;

/// The cause of `error`, as reported by SQLite, if it is known.
pub(crate) fn cause(error: &sqlx::Error) -> Option<Cause> {
    if matches!(error, sqlx::Error::PoolTimedOut) {
        return Some(Cause::Locked);
    }
    match primary(error)? {
        BUSY | LOCKED => Some(Cause::Locked),
        READ_ONLY => Some(Cause::ReadOnly),
        CORRUPT | NOT_A_DATABASE => Some(Cause::Damaged),
        FULL => Some(Cause::Full),
        CANNOT_OPEN => Some(Cause::Misplaced),
        TOO_BIG | CONSTRAINT | MISMATCH => Some(Cause::OfTheRecord),
        _ => None,
    }
}

/// Whether `error` is an I/O error, such as of a disk that was mounted read-only by its file system.
pub(crate) fn is_of_the_disk(error: &sqlx::Error) -> bool {
    primary(error) == Some(IO_ERROR)
}

/// The primary result code of `error`; `None` if it is not SQLite's.
fn primary(error: &sqlx::Error) -> Option<u32> {
    let error = error.as_database_error()?.try_downcast_ref::<SqliteError>()?;
    let code = sqlx::error::DatabaseError::code(error)?.parse::<u32>().ok()?;
    // The upper bits hold details that are not needed here.
    Some(code & 0xff)
}

const BUSY: u32 = 5;
const LOCKED: u32 = 6;
const READ_ONLY: u32 = 8;
const IO_ERROR: u32 = 10;
const CORRUPT: u32 = 11;
const FULL: u32 = 13;
const CANNOT_OPEN: u32 = 14;
const TOO_BIG: u32 = 18;
const CONSTRAINT: u32 = 19;
const MISMATCH: u32 = 20;
const NOT_A_DATABASE: u32 = 26;
