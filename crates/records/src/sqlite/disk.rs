//! Work on the disk, which may hang, away from the threads that answer.

use std::io;
use std::path::{Path, PathBuf};

use sqlx::SqliteConnection;

use crate::error::RecordsError;

/// Does something with the disk on a thread for that.
pub(super) async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, RecordsError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| RecordsError::Disk(io::Error::other(error)))?.map_err(RecordsError::Disk)
}

/// Writes all that is in the database of `connection` to the file `to`, anew.
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

/// Removes a file, if it is there.
pub(super) async fn remove(path: PathBuf) -> Result<(), RecordsError> {
    off_the_runtime(move || match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    })
    .await
}
