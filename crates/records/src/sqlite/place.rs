//! The files of a database on the disk: where they are, and whether they are still the opened ones. If an
//! open file is removed or replaced, SQLite continues to write to it, and those changes are lost when the
//! file is closed.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The path of a database, and the paths of the files beside it.
#[derive(Clone, Debug)]
pub(crate) struct Place(PathBuf);

/// Identifies a file: device and inode. The number of an inode is not used for another file while the file is
/// open.
type FileId = (u64, u64);

/// The files that were opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    database: Option<FileId>,
    log: Option<FileId>,
}

/// What is now at the path of open files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// The files that were opened.
    Same,
    /// The database or its write-ahead log is gone.
    Gone,
    /// Another database.
    Another,
}

impl Place {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The path of a file beside it: its own name and `suffix`.
    pub(crate) fn beside(&self, suffix: &str) -> PathBuf {
        let mut name = OsString::from(&self.0);
        name.push(suffix);
        name.into()
    }

    /// The write-ahead log.
    pub(crate) fn log(&self) -> PathBuf {
        self.beside("-wal")
    }

    /// Its folder. A name without a folder is in the working directory.
    fn folder(&self) -> &Path {
        self.0.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."))
    }

    /// The files that are there now.
    pub(crate) fn identity(&self) -> Identity {
        Identity { database: id(&self.0), log: id(&self.log()) }
    }

    /// Compares what is there now with the files in `opened`.
    pub(crate) fn find(&self, opened: Identity) -> Found {
        let now = self.identity();
        match now.database {
            None => Found::Gone,
            database if database != opened.database => Found::Another,
            // One connection is always open, so SQLite does not remove the log by itself.
            _ if opened.log.is_some() && now.log != opened.log => Found::Gone,
            _ => Found::Same,
        }
    }

    /// Creates its folder if necessary.
    pub(crate) fn make_folder(&self) -> io::Result<()> {
        std::fs::create_dir_all(self.folder())
    }

    /// Removes the log and the index of a database that is no longer at this path: SQLite would apply them to
    /// the next database there.
    pub(crate) fn remove_log(&self) -> io::Result<()> {
        for path in [self.log(), self.beside("-shm")] {
            match std::fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Renames the complete file `new` to its path, and brings this to the disk.
    pub(crate) fn put(&self, new: &Path) -> io::Result<()> {
        File::open(new)?.sync_all()?;
        std::fs::rename(new, &self.0)?;
        File::open(self.folder())?.sync_all()
    }

    /// The size of the write-ahead log in bytes; 0 if there is none.
    pub(crate) fn log_size(&self) -> u64 {
        std::fs::metadata(self.log()).map_or(0, |data| data.len())
    }

    /// Tests whether the disk accepts a file of some pages. The file is removed at once.
    pub(crate) fn try_disk(&self) -> io::Result<()> {
        static SOME: [u8; 64 * 1024] = [0x5a; 64 * 1024];
        let path = self.beside(&format!("-trial-{}", std::process::id()));
        let written = std::fs::write(&path, SOME);
        let removed = std::fs::remove_file(&path);
        written.and(removed)
    }
}

fn id(path: &Path) -> Option<FileId> {
    let data = std::fs::metadata(path).ok()?;
    Some((data.dev(), data.ino()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_were_removed_or_replaced_are_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path().join("x.db"));
        let write = |path: &Path| std::fs::write(path, "x").unwrap();
        write(place.path());
        write(&place.log());
        let (held, held_log) = (File::open(place.path()).unwrap(), File::open(place.log()).unwrap());
        let opened = place.identity();
        assert_eq!(place.find(opened), Found::Same);
        std::fs::remove_file(place.log()).unwrap();
        assert_eq!(place.find(opened), Found::Gone);
        write(&place.log());
        assert_eq!(place.find(opened), Found::Gone, "another log");
        std::fs::remove_file(place.path()).unwrap();
        assert_eq!(place.find(opened), Found::Gone);
        write(place.path());
        assert_eq!(place.find(opened), Found::Another);
        drop((held, held_log));
    }
}
