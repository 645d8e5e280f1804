//! The file of a list on the disk, and the former one beside it.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sheet::ReadError;

use crate::Why;

/// The place of the former list: `prices.former.xlsx` beside `prices.xlsx`.
pub(crate) fn former(path: &Path) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(".former");
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}

/// How a file's name ends, in small letters; empty without an ending.
pub(crate) fn ending(path: &Path) -> String {
    path.extension().map(OsStr::to_string_lossy).unwrap_or_default().to_lowercase()
}

/// Whether `bytes` begin as a file with this ending does, so that other programs can open it by its name too.
pub(crate) fn begins_as(ending: &str, bytes: &[u8]) -> bool {
    let is_archive = bytes.starts_with(b"PK\x03\x04");
    let is_old_workbook = bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    match ending {
        "xlsx" | "xlsm" | "xlsb" | "ods" => is_archive,
        "xls" => is_old_workbook,
        "csv" | "tsv" | "txt" => !is_archive && !is_old_workbook,
        _ => true,
    }
}

/// A number that differs for different contents.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// The file's bytes.
pub(crate) async fn read(path: PathBuf) -> Result<Vec<u8>, Why> {
    let read = tokio::task::spawn_blocking(move || read_whole(&path)).await;
    let bytes = read.map_err(|error| Why::Disk(error.to_string()))?;
    let is_missing = |error: &io::Error| error.kind() == ErrorKind::NotFound;
    let bytes = bytes
        .map_err(|error| if is_missing(&error) { Why::Missing } else { Why::Disk(error.to_string()) })?;
    if bytes.len() > sheet::LARGEST { Err(Why::Unreadable(ReadError::TooLarge)) } else { Ok(bytes) }
}

/// No more bytes than are read, and one that shows that there are more.
fn read_whole(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(sheet::LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Replaces the contents of `files`, in this order. No file is ever half-written, and none is replaced unless there is room
/// for all. A file that has the content already is left as it is.
///
/// # Errors
/// What the disk says.
pub(crate) async fn replace(files: Vec<(PathBuf, std::sync::Arc<[u8]>)>, now: Timestamp) -> Result<(), Why> {
    let unwritten = |cause: &dyn std::fmt::Display| Why::Unwritten(cause.to_string());
    let written = tokio::task::spawn_blocking(move || replace_all(&files, now)).await;
    written.map_err(|error| unwritten(&error))?.map_err(|error| unwritten(&error))
}

fn replace_all(files: &[(PathBuf, std::sync::Arc<[u8]>)], now: Timestamp) -> io::Result<()> {
    let mut written = Vec::new();
    let prepared = files.iter().try_for_each(|(path, bytes)| {
        // A link goes on as one: its target is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        if read_whole(&path).is_ok_and(|there| there == **bytes) {
            return Ok(());
        }
        let beside = beside(&path, now);
        written.push((beside.clone(), path.clone()));
        write_new(&beside, &path, bytes)
    });
    let done = prepared.and_then(|()| {
        written.iter().try_for_each(|(beside, path)| {
            fs::rename(beside, path)?;
            // The new name is on the disk too.
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
        })
    });
    if done.is_err() {
        for (beside, _) in &written {
            // What is left of an attempt that failed; it may not be there.
            let _ = fs::remove_file(beside);
        }
    }
    done
}

/// A name in the same folder that no other process takes.
fn beside(path: &Path, now: Timestamp) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}-{}.new", now.as_nanosecond(), std::process::id()));
    path.with_file_name(name)
}

/// Writes a file that does not exist yet, with the permissions of the one that it is to replace.
fn write_new(new: &Path, old: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(new)?;
    if let Ok(about) = fs::metadata(old) {
        file.set_permissions(about.permissions())?;
    }
    file.write_all(bytes)?;
    file.sync_all()
}
