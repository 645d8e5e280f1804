//! The file with the keys that sign offers.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use checkout::KeyRing;
use checkout::keys::{KeyFileError, create, read};
use domain::Moment;
use jiff::Timestamp;

use crate::settings::Settings;

/// The file's name where no database has a folder.
const NAME: &str = "data/tradein.signing-key.pem";

/// The signing keys are there and cannot be read. Other keys would make tokens of which shops know nothing.
#[derive(Debug, thiserror::Error)]
#[error(
    "the keys that sign offers cannot be read from {path} (TRADEIN_SIGNING_KEY_FILE): {cause}; {}",
    fix(cause)
)]
pub struct SigningKeysError {
    /// The file.
    pub path: PathBuf,
    /// The cause.
    pub cause: KeyFileError,
}

/// What to do about `cause`.
fn fix(cause: &KeyFileError) -> &'static str {
    match cause {
        KeyFileError::Io(error) if error.kind() == ErrorKind::PermissionDenied => {
            "give the file to the server's user"
        }
        _ => {
            "put the file back from a backup, or move it away so that new keys are made, and tokens of the old \
             ones end"
        }
    }
}

/// The path of the file: the one in the settings, or beside the database.
pub(crate) fn path(settings: &Settings) -> PathBuf {
    settings.offers.signing_key_file.clone().unwrap_or_else(|| {
        let database = settings.records.database_url.file();
        database.map_or_else(|| NAME.into(), |file| file.with_extension("signing-key.pem"))
    })
}

/// Reads the keys, or makes the file if it is missing. If it cannot be made, because the disk is full or may
/// not be written, the server starts with keys that end with it: offers can be redeemed after that too, since
/// the records have them, but their tokens cannot be verified.
///
/// # Errors
/// [`SigningKeysError`] if the file is there and cannot be read.
pub(super) fn open(settings: &Settings, now: Timestamp) -> Result<KeyRing, SigningKeysError> {
    let path = path(settings);
    let refuse = |cause| SigningKeysError { path: path.clone(), cause };
    match read(&path) {
        Err(KeyFileError::Io(error)) if error.kind() == ErrorKind::NotFound => {}
        known => return known.map_err(refuse),
    }
    let made = KeyRing::generate(rand::random(), rand::random(), Moment::new(now));
    match make(&path, &made) {
        Ok(()) => {
            tracing::info!(file = %path.display(), "keys that sign offers were made; back this file up");
            Ok(made)
        }
        // Another process made it just now.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => read(&path).map_err(refuse),
        Err(error) => {
            tracing::error!(
                file = %path.display(), %error,
                "the keys that sign offers cannot be kept (TRADEIN_SIGNING_KEY_FILE): the tokens of this run \
                 cannot be verified after it"
            );
            Ok(made)
        }
    }
}

fn make(path: &Path, keys: &KeyRing) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    create(path, keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_another_user_are_to_be_given_and_not_to_be_moved_away() {
        let error = |kind: ErrorKind| {
            let cause = KeyFileError::Io(kind.into());
            SigningKeysError { path: NAME.into(), cause }.to_string()
        };
        let forbidden = error(ErrorKind::PermissionDenied);
        assert!(forbidden.contains("give the file to the server's user"), "{forbidden}");
        assert!(!forbidden.contains("move it away"), "{forbidden}");
        assert!(error(ErrorKind::InvalidData).contains("move it away"));
    }
}
