use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use secrecy::zeroize::Zeroizing;

use super::{KeyRing, UnreadableKeys, text};

/// A key file that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The content is not understood.
    #[error(transparent)]
    Unreadable(#[from] UnreadableKeys),
}

/// Reads the keys of the file at `path`.
///
/// # Errors
/// [`KeyFileError`], without anything of the content.
pub fn read(path: &Path) -> Result<KeyRing, KeyFileError> {
    let text = Zeroizing::new(fs::read_to_string(path)?);
    Ok(text::read(&text)?)
}

/// Writes the keys into a new file, which only its owner may read (mode 0600). The file appears whole,
/// or not at all.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] where there is a file: another process may have made it just now, and
/// its keys count. Other errors are the file system's.
pub fn create(path: &Path, ring: &KeyRing) -> io::Result<()> {
    let written = written_beside(path, ring)?;
    // A link, other than a renaming, never takes the place of a file.
    let linked = fs::hard_link(&written, path);
    fs::remove_file(&written)?;
    linked?;
    sync_folder(path)
}

/// Puts the keys in the place of the file at `path`, with mode 0600. Whoever reads it, even after a
/// power cut, finds the old keys or the new ones.
///
/// # Errors
/// The file system's.
pub fn replace(path: &Path, ring: &KeyRing) -> io::Result<()> {
    // Where it is a symbolic link, the file behind it is replaced.
    let path = fs::canonicalize(path)?;
    let written = written_beside(&path, ring)?;
    fs::rename(&written, &path).inspect_err(|_| drop(fs::remove_file(&written)))?;
    sync_folder(&path)
}

/// Writes the keys into a file in the same folder. Its name has the id of the newest key in it: two
/// processes that do the same at once do not write into one file. A process that is killed before the next
/// step leaves it there, readable by the owner only.
fn written_beside(path: &Path, ring: &KeyRing) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let newest = ring.next().unwrap_or(ring.current()).public().kid();
    let beside = path.with_file_name(format!(".{name}.{newest}"));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    let written = file.write_all(text::write(ring).as_bytes()).and_then(|()| file.sync_all());
    written.inspect_err(|_| drop(fs::remove_file(&beside)))?;
    Ok(beside)
}

fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
