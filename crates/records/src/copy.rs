//! Backups of the records: why one was not made or restored, and the result of restoring one.

use std::io;
use std::path::PathBuf;

use crate::error::RecordsError;

/// Why a backup was not made, or not restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file exists already.
    #[error("{0} is there already; name another file, so that no backup is overwritten")]
    Taken(PathBuf),
    /// There is no such file.
    #[error("{0} cannot be read: {1}")]
    Unreadable(PathBuf, io::Error),
    /// The file is not a database of this program.
    #[error("{0} holds no records of this program: {1}")]
    NoRecords(PathBuf, String),
    /// The database is in memory.
    #[error("the records are in memory: there is no file to copy or to put back")]
    InMemory,
    /// The database is a server's.
    #[error("the records are in PostgreSQL: copy them with pg_dump, and put a copy back with pg_restore")]
    NoFile,
    /// Another process uses the database.
    #[error("a process works on {0}; stop the server, and any other tradein command, first")]
    InUse(PathBuf),
    /// The records or the backup cannot be read or written.
    #[error(transparent)]
    Records(#[from] RecordsError),
}

/// The result of restoring a backup.
#[derive(Clone, Debug)]
pub struct Restored {
    /// The former database's file, if there was one.
    pub former: Option<PathBuf>,
}
