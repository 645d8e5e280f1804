//! Reads the files that an operator names: settings and secrets. Only a regular file of bounded length is read:
//! a pipe would keep the start and a reload waiting.

use std::fs::{self, File, FileType};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::FileTypeExt;
use std::path::Path;

/// Why a file cannot be used. Its content is never part of the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FileError {
    /// There is no such file.
    #[error("there is no such file")]
    Missing,
    /// A link whose target is not there.
    #[error("it is a link, and what it leads to is not there")]
    DeadLink,
    /// A folder.
    #[error("it is a folder; name the file in it")]
    Folder,
    /// A pipe, a device or a socket. Reading it could block.
    #[error("it is {0}, which can keep the server waiting and cannot be read twice; name a regular file")]
    NotRegular(&'static str),
    /// This process has no permission to read it.
    #[error(
        "there is no permission to read it; let the user that tradein runs as read the file and enter its folders"
    )]
    Forbidden,
    /// It has more bytes than that.
    #[error("it is larger than {0} bytes")]
    TooLarge(usize),
    /// UTF-16, which programs on Windows call Unicode.
    #[error("it is UTF-16, as some programs on Windows write; save it as UTF-8")]
    Utf16,
    /// Another encoding than UTF-8, or no text. The number is that of the first wrong byte, from 1.
    #[error("it is not UTF-8 from byte {0} on; save it as UTF-8")]
    NotUtf8(usize),
    /// Any other error, in the system's words.
    #[error("{0}")]
    Other(String),
}

/// Reads a regular file of `most` bytes at most.
///
/// # Errors
/// [`FileError`]. It waits for the disk only.
pub(crate) fn read_file(path: &Path, most: usize) -> Result<Vec<u8>, FileError> {
    // Opening a pipe waits for a writer, so the kind of file is checked first.
    let about = fs::metadata(path).map_err(|error| error_of(&error, path))?;
    let kind = about.file_type();
    if kind.is_dir() {
        return Err(FileError::Folder);
    }
    // This is how people say that there is no file.
    if path == Path::new("/dev/null") {
        return Ok(Vec::new());
    }
    if !kind.is_file() {
        return Err(FileError::NotRegular(name(kind)));
    }
    let file = File::open(path).map_err(|error| error_of(&error, path))?;
    // All memory is reserved at once: a vector that grows leaves copies of a secret in freed memory.
    let expected = usize::try_from(about.len()).unwrap_or(most).min(most);
    let mut bytes = Vec::with_capacity(expected + 1);
    // The length that the system reports may be wrong, as below /proc, so the read itself is bounded.
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    file.take(limit).read_to_end(&mut bytes).map_err(|error| error_of(&error, path))?;
    if bytes.len() > most {
        return Err(FileError::TooLarge(most));
    }
    Ok(bytes)
}

/// The text of a file, without a byte order mark.
///
/// # Errors
/// [`FileError::Utf16`] or [`FileError::NotUtf8`].
pub(crate) fn text_of(bytes: &[u8]) -> Result<&str, FileError> {
    if is_utf16(bytes) {
        return Err(FileError::Utf16);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| FileError::NotUtf8(error.valid_up_to() + 1))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Whether it begins with the byte order mark of UTF-16, or is ASCII letters each beside a zero byte.
fn is_utf16(bytes: &[u8]) -> bool {
    let (pairs, _) = bytes.as_chunks::<2>();
    let zero_at =
        |place: usize| bytes.len() >= 4 && pairs.iter().all(|pair| pair[place] == 0 && pair[1 - place] != 0);
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || zero_at(0) || zero_at(1)
}

fn error_of(error: &io::Error, path: &Path) -> FileError {
    match error.kind() {
        ErrorKind::NotFound if fs::symlink_metadata(path).is_ok() => FileError::DeadLink,
        ErrorKind::NotFound => FileError::Missing,
        ErrorKind::PermissionDenied => FileError::Forbidden,
        ErrorKind::IsADirectory => FileError::Folder,
        _ => FileError::Other(error.to_string()),
    }
}

fn name(kind: FileType) -> &'static str {
    match kind {
        kind if kind.is_fifo() => "a pipe",
        kind if kind.is_socket() => "a socket",
        _ => "a device",
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn only_a_regular_file_of_bounded_length_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        fs::write(file("text"), "12345").unwrap();
        std::os::unix::fs::symlink("text", file("link")).unwrap();
        std::os::unix::fs::symlink("nowhere", file("dead")).unwrap();
        assert!(Command::new("mkfifo").arg(file("pipe")).status().unwrap().success());
        let read = |name: &str, most: usize| read_file(&file(name), most);
        assert_eq!(read("text", 5), Ok(b"12345".to_vec()));
        assert_eq!(read("link", 5), Ok(b"12345".to_vec()));
        assert_eq!(read("text", 4), Err(FileError::TooLarge(4)));
        assert_eq!(read("missing", 5), Err(FileError::Missing));
        assert_eq!(read("dead", 5), Err(FileError::DeadLink));
        assert_eq!(read(".", 5), Err(FileError::Folder));
        assert_eq!(read("pipe", 5), Err(FileError::NotRegular("a pipe")));
        assert_eq!(read_file(Path::new("/dev/zero"), 5).unwrap_err(), FileError::NotRegular("a device"));
        assert_eq!(read_file(Path::new("/dev/null"), 5), Ok(Vec::new()));
        // The system reports that files below /proc are empty.
        assert_eq!(read_file(Path::new("/proc/self/status"), 9).unwrap_err(), FileError::TooLarge(9));
    }

    #[test]
    fn what_may_not_be_read_says_who_has_to_be_let_in() {
        let forbidden = error_of(&io::Error::from(ErrorKind::PermissionDenied), Path::new("/nowhere"));
        assert_eq!(forbidden, FileError::Forbidden);
        assert!(forbidden.to_string().contains("permission"));
    }

    #[test]
    fn a_text_is_utf8_and_its_mark_no_part_of_it() {
        assert_eq!(text_of(b"\xef\xbb\xbfabc"), Ok("abc"));
        assert_eq!(text_of("密钥".as_bytes()), Ok("密钥"));
        for utf16 in [&b"\xff\xfea\0b\0"[..], b"\xfe\xff\0a\0b", b"a\0b\0c\0", b"\0a\0b\0c", b"\xff\xfe"] {
            assert_eq!(text_of(utf16), Err(FileError::Utf16), "{utf16:?}");
        }
        assert_eq!(text_of(b"ab\xff"), Err(FileError::NotUtf8(3)));
        assert_eq!(text_of(b"a\0"), Ok("a\0"), "one letter is told as a NUL");
        assert_eq!(text_of(b""), Ok(""));
    }
}
