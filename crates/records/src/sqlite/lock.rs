//! The lock beside a database: it shows other processes that this one uses it.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use tokio::time::sleep;

use super::place::Place;
use crate::error::RecordsError;

/// How often the lock is tried, and the pause between two tries.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(50);

/// The lock of a process that uses the database.
#[derive(Debug)]
pub(super) enum Lock {
    /// Several processes may hold it together. It prevents a restore.
    Shared(File),
    /// No other process uses the database, or begins to until this becomes a shared lock.
    Alone(File),
}

impl Lock {
    /// Takes the lock in the file at `path`; `None` if the file system has no locks. `Err` if another process is alone at
    /// the moment.
    pub(super) fn take(path: &Path) -> Result<Option<Self>, ()> {
        let Ok(file) = File::options().create(true).truncate(false).write(true).open(path) else {
            return Ok(None);
        };
        if file.try_lock().is_ok() {
            return Ok(Some(Self::Alone(file)));
        }
        match file.try_lock_shared() {
            Ok(()) => Ok(Some(Self::Shared(file))),
            Err(TryLockError::WouldBlock) => Err(()),
            Err(TryLockError::Error(_)) => Ok(None),
        }
    }

    /// The lock that other processes may hold too; `None` if one took it for itself at this moment.
    pub(super) fn shared(self) -> Option<File> {
        match self {
            Self::Shared(file) => Some(file),
            Self::Alone(file) => file.try_lock_shared().is_ok().then_some(file),
        }
    }
}

/// Whether a process holds the lock; `false` if the file system has no locks.
pub(super) fn is_locked(path: &Path) -> bool {
    let Ok(file) = File::options().write(true).open(path) else { return false };
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

/// Takes the lock of the database at `place`. If the file is missing while another process works on it, that
/// process is about to create it, or holds its content and writes it anew. A new file made here meanwhile
/// would use the index beside the database that the other process still reads by.
pub(super) async fn lock(place: &Place) -> Result<Option<Lock>, RecordsError> {
    let path = place.beside(".lock");
    for _ in 0..TRIES {
        if (place.path().exists() || !is_locked(&path))
            && let Ok(lock) = Lock::take(&path)
        {
            return Ok(lock);
        }
        sleep(PAUSE).await;
    }
    // Another process restores or opens the database for so long that this one goes on without a lock.
    if place.path().exists() { Ok(None) } else { Err(RecordsError::Astray) }
}
