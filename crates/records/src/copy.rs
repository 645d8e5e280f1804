//! Copies of the records: why there is none, and what came of putting one back.

use std::io;
use std::path::PathBuf;

use crate::error::RecordsError;

/// Why there is no copy, or it was not put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is a file already.
    #[error("{0} is there already; name another file, so that no backup is overwritten")]
    Taken(PathBuf),
    /// There is no such file.
    #[error("{0} cannot be read: {1}")]
    Unreadable(PathBuf, io::Error),
    /// What is in the file is no database of this program.
    #[error("{0} holds no records of this program: {1}")]
    NoRecords(PathBuf, String),
    /// The database is in memory.
    #[error("the records are in memory: there is no file to copy or to put back")]
    InMemory,
    /// The database is a server's.
    #[error("the records are in PostgreSQL: copy them with pg_dump, and put a copy back with pg_restore")]
    NoFile,
    /// A process works on the database.
    #[error("a process works on {0}; stop the server, and any other tradein command, first")]
    InUse(PathBuf),
    /// The records, or a copy of them, cannot be read or written.
    #[error(transparent)]
    Records(#[from] RecordsError),
}

/// What came of putting a copy back.
#[derive(Clone, Debug)]
pub struct Restored {
    /// The database as it was before, if there was one.
    pub former: Option<PathBuf>,
}
