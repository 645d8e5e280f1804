use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, chown};
use std::path::{Path, PathBuf};

use secrecy::zeroize::Zeroizing;

use super::{KeyRing, UnreadableKeys, text};

/// A key file that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The content is not a valid key file.
    #[error(transparent)]
    Unreadable(#[from] UnreadableKeys),
}

/// Reads the keys of the file at `path`.
///
/// # Errors
/// [`KeyFileError`], which contains nothing of the file's content.
pub fn read(path: &Path) -> Result<KeyRing, KeyFileError> {
    let text = Zeroizing::new(fs::read_to_string(path)?);
    Ok(text::read(&text)?)
}

/// Writes the keys to a new file with mode 0600, which only its owner may read. The file appears complete or
/// not at all.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] if the file exists already: another process may have created it just now,
/// and its keys are the valid ones. Other errors come from the file system.
pub fn create(path: &Path, ring: &KeyRing) -> io::Result<()> {
    let written = written_beside(path, ring)?;
    // A hard link never replaces an existing file, as renaming would.
    let linked = fs::hard_link(&written, path);
    fs::remove_file(&written)?;
    linked?;
    sync_folder(path)
}

/// Replaces the file at `path` by one with these keys and mode 0600. A reader finds either the old keys or
/// the new ones, even after a power cut. The owner stays the same, so that a server of another user can still read
/// the file after the superuser replaced it.
///
/// # Errors
/// Errors of the file system.
pub fn replace(path: &Path, ring: &KeyRing) -> io::Result<()> {
    // If `path` is a symbolic link, the file that it points to is replaced.
    let path = fs::canonicalize(path)?;
    let written = written_beside(&path, ring)?;
    let replaced = keep_owner(&path, &written).and_then(|()| fs::rename(&written, &path));
    replaced.inspect_err(|_| drop(fs::remove_file(&written)))?;
    sync_folder(&path)
}

/// Writes the keys to a file in the same folder. The file's name contains the id of the newest key, so that
/// two processes that do this at once do not write to the same file. A process that is killed before the next
/// step leaves the file behind, readable by its owner only.
fn written_beside(path: &Path, ring: &KeyRing) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let newest = ring.next().unwrap_or(ring.current()).public().kid();
    let beside = path.with_file_name(format!(".{name}.{newest}"));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    let written = file.write_all(text::write(ring).as_bytes()).and_then(|()| file.sync_all());
    written.inspect_err(|_| drop(fs::remove_file(&beside)))?;
    Ok(beside)
}

/// Gives the file `new` to the owner of `old`.
fn keep_owner(old: &Path, new: &Path) -> io::Result<()> {
    let (of_old, of_new) = (fs::metadata(old)?, fs::metadata(new)?);
    if of_old.uid() == of_new.uid() {
        return Ok(());
    }
    chown(new, Some(of_old.uid()), Some(of_old.gid()))
}

fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
