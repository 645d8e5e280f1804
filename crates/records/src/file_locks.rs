//! Places that are counted by locked files, for the processes of one machine.
//!
//! The system unlocks a file when the process that locked it ends, however that ends. To lock or unlock takes
//! some microseconds.

use std::fs::{File, TryLockError};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A number of files, each of which one holder at a time may lock.
#[derive(Debug)]
pub(crate) struct FileLocks(Vec<Slot>);

#[derive(Debug)]
struct Slot {
    path: PathBuf,
    file: File,
    /// Whether this process holds it. The system does not tell holders of one process apart that use the same
    /// open file.
    held: AtomicBool,
}

/// A locked file, until this is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    locks: Arc<FileLocks>,
    number: usize,
}

impl FileLocks {
    /// Opens the files `NAME.1` to `NAME.COUNT`, where `name` is a path. What is missing is created.
    pub(crate) fn open(name: &Path, count: usize) -> io::Result<Self> {
        if let Some(folder) = name.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let open = |number: usize| {
            let mut path = name.as_os_str().to_owned();
            path.push(format!(".{number}"));
            let path = PathBuf::from(path);
            let file = File::options().create(true).truncate(false).write(true).open(&path)?;
            Ok(Slot { path, file, held: AtomicBool::new(false) })
        };
        (1..=count).map(open).collect::<io::Result<_>>().map(Self)
    }

    /// Locks a file that is not held; `None` if all are held.
    ///
    /// # Errors
    /// If the file system has no locks.
    pub(crate) fn lock(self: &Arc<Self>) -> io::Result<Option<Lock>> {
        for (number, slot) in self.0.iter().enumerate() {
            if slot.held.swap(true, Ordering::Acquire) {
                continue;
            }
            match slot.file.try_lock() {
                Ok(()) => return Ok(Some(Lock { locks: Arc::clone(self), number })),
                Err(refused) => {
                    slot.held.store(false, Ordering::Release);
                    if let TryLockError::Error(error) = refused {
                        return Err(error);
                    }
                }
            }
        }
        Ok(None)
    }

    /// Whether these files are still those at their paths. Otherwise another process may open others there.
    pub(crate) fn are_in_place(&self) -> bool {
        self.0.iter().all(|slot| {
            let [own, there] = [slot.file.metadata(), std::fs::metadata(&slot.path)];
            let id = |data: io::Result<std::fs::Metadata>| data.map(|data| (data.dev(), data.ino())).ok();
            id(own) == id(there)
        })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let Slot { file, held, .. } = &self.locks.0[self.number];
        if let Err(error) = file.unlock() {
            tracing::warn!(%error, "a file beside the database cannot be unlocked");
        }
        held.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_are_held_as_there_are_files_whoever_holds_them() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Arc::new(FileLocks::open(&folder.path().join("x/dealer"), 3).unwrap());
        let (one, other) = (open(), open());
        let held = [one.lock().unwrap(), other.lock().unwrap(), one.lock().unwrap()];
        assert!(held.iter().all(Option::is_some));
        assert!(one.lock().unwrap().is_none() && other.lock().unwrap().is_none());
        drop(held);
        let held: Vec<_> = (0..3).map(|_| other.lock().unwrap().unwrap()).collect();
        assert!(one.lock().unwrap().is_none());
        drop(held);
    }

    #[test]
    fn files_that_were_removed_are_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("dealer");
        let locks = FileLocks::open(&name, 2).unwrap();
        assert!(locks.are_in_place());
        std::fs::remove_file(folder.path().join("dealer.2")).unwrap();
        assert!(!locks.are_in_place());
        let _other = FileLocks::open(&name, 2).unwrap();
        assert!(!locks.are_in_place(), "another file");
    }
}
