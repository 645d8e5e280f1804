//! Runs work on the disk, which may hang, outside the threads that answer requests.

use std::io;
use std::path::{Path, PathBuf};

use sqlx::SqliteConnection;

use crate::error::RecordsError;

/// Runs `work` on a thread for blocking work.
pub(super) async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, RecordsError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| RecordsError::Disk(io::Error::other(error)))?.map_err(RecordsError::Disk)
}

/// Writes the whole database of `connection` to the file `to`, in place of an existing file.
pub(super) async fn copy_from(connection: &mut SqliteConnection, to: &Path) -> Result<(), RecordsError> {
    remove(to.to_owned()).await?;
    let path = to.to_string_lossy().into_owned();
    let copied = sqlx::query("VACUUM INTO ?").bind(path).execute(connection).await;
    if copied.is_err() {
        remove(to.to_owned()).await?;
    }
    copied?;
    Ok(())
}

/// Removes a file, if it exists.
pub(super) async fn remove(path: PathBuf) -> Result<(), RecordsError> {
    off_the_runtime(move || match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    })
    .await
}
