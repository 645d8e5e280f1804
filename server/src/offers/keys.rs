//! The file with the keys that sign offers.

use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use checkout::keys::{KeyFileError, create, read};
use checkout::{Checkout, KeyRing};
use domain::Moment;
use jiff::Timestamp;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use crate::settings::Settings;

/// How long a copy of `/.well-known/jwks.json` may be used without asking again.
pub(crate) const KEYS_CACHED: Duration = Duration::from_secs(300);

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

/// Between two looks at the file.
const LOOK: Duration = Duration::from_secs(2);

/// Signs with the keys of the file from the moment on when `tradein keys rotate`, or a person, replaces it.
pub(crate) async fn follow(path: PathBuf, checkout: Arc<Checkout>) {
    let mut seen = version(&path).await;
    loop {
        sleep(LOOK).await;
        let now = version(&path).await;
        // A file that is gone for a moment is being replaced.
        if now.is_some() && now != seen {
            read_again(path.clone(), &checkout).await;
            seen = now;
        }
    }
}

/// Reads the keys again and uses them. If they cannot be read, the ones in use stay in use.
pub(crate) async fn read_again(path: PathBuf, checkout: &Checkout) {
    let file = path.display().to_string();
    // On a thread for blocking work, since a disk may hang.
    match spawn_blocking(move || read(&path)).await {
        Ok(Ok(keys)) => {
            let kid = keys.current().public().kid();
            if kid != checkout.setup().keys.current().public().kid() {
                tracing::info!(file, kid, "another key signs offers from now on");
            }
            checkout.use_keys(keys);
        }
        // They are missing from the start on, which was reported then.
        Ok(Err(KeyFileError::Io(error))) if error.kind() == ErrorKind::NotFound => {}
        Ok(Err(error)) => {
            tracing::error!(file, %error, "the keys that sign offers cannot be read again; the old ones stay in use");
        }
        Err(error) => tracing::error!(file, %error, "reading the keys that sign offers broke off"),
    }
}

/// What tells one version of the file from another; `None` if there is none. The file is replaced as a whole, so
/// each version has a number of its own on the disk.
async fn version(path: &Path) -> Option<(u64, u64, Option<SystemTime>)> {
    let path = path.to_owned();
    let about = spawn_blocking(move || path.metadata()).await.ok()?.ok()?;
    Some((about.ino(), about.len(), about.modified().ok()))
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
