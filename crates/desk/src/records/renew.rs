//! What happens when the database's file is removed, moved or replaced while the process runs: what
//! it held is written anew in its place, or set aside where another database stands there now.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::SqliteConnection;
use tokio::time::Instant;

use super::open::Database;
use super::place::{Found, Place};
use super::{Records, RecordsError};

/// How long a file may be missing before it is written anew: an operator who moves one away often
/// puts another in its place.
const GRACE: Duration = Duration::from_secs(3);

impl Records {
    /// Looks after the files, to be called each second or so: empties a large log, notices files
    /// that were removed or replaced, and opens anew what stands there after a moment.
    ///
    /// # Errors
    /// [`RecordsError`] when something could not be done; the next call tries again.
    pub(crate) async fn look_after(&self) -> Result<(), RecordsError> {
        if self.look().await == Found::Same {
            return if self.has_large_log().await { self.tidy().await } else { Ok(()) };
        }
        let waited = self.state().astray.map(|since| since.elapsed());
        if waited.is_some_and(|waited| waited >= GRACE) { self.renew().await } else { Ok(()) }
    }

    /// What stands at the database's place now. Files that are not those that were opened are
    /// noted, so that nothing more is written to them.
    pub(crate) async fn look(&self) -> Found {
        let database = self.current();
        let opened = database.known().and_then(|prepared| prepared.identity);
        let (Some(place), Some(opened)) = (self.0.place.clone(), opened) else { return Found::Same };
        let found = tokio::task::spawn_blocking(move || place.find(opened)).await.unwrap_or(Found::Same);
        let before = {
            let mut state = self.state();
            let before = state.astray;
            state.astray = if found == Found::Same { None } else { before.or_else(|| Some(Instant::now())) };
            before
        };
        match (found, before) {
            (Found::Gone, None) => tracing::error!(
                "the database's file was removed or moved; quoting goes on, and in {GRACE:?} what it held is written anew"
            ),
            (Found::Another, None) => tracing::error!(
                "another file was put in the database's place; what was recorded is set aside, and it is opened in {GRACE:?}"
            ),
            (Found::Same, Some(_)) => tracing::info!("the database's file is back"),
            _ => {}
        }
        found
    }

    /// Opens what stands at the database's place, after what the former file held is written there or
    /// set aside.
    ///
    /// # Errors
    /// [`RecordsError`] when the disk does not take it, or what stands there cannot be opened.
    pub(crate) async fn renew(&self) -> Result<(), RecordsError> {
        let found = self.look().await;
        let Some(place) = self.0.place.clone().filter(|_| found != Found::Same) else { return Ok(()) };
        let former = self.current();
        off_the_runtime({
            let place = place.clone();
            move || place.make_folder()
        })
        .await?;
        let number = if found == Found::Another {
            let aside = place.clone();
            let aside = off_the_runtime(move || free(&aside)).await?;
            copy(&former, &aside).await?;
            tracing::warn!(file = %aside.display(), "what the former database held is kept there");
            off_the_runtime(move || place.remove_log()).await?;
            former.number + 1
        } else {
            let anew = place.beside(".anew");
            copy(&former, &anew).await?;
            off_the_runtime(move || {
                place.remove_log()?;
                place.put(&anew)
            })
            .await?;
            tracing::warn!("the database was written anew, with all that it held");
            former.number
        };
        let writing = self.0.writing.lock().await;
        let opened = Arc::new(Database::new(&self.0.options, number));
        *self.0.open.write() = Arc::clone(&opened);
        self.state().astray = None;
        drop(writing);
        former.close().await;
        self.prepared(&opened).await.map(drop)
    }
}

/// Writes all that `database` holds to the file `to`, anew.
async fn copy(database: &Database, to: &Path) -> Result<(), RecordsError> {
    let Some(prepared) = database.known() else { return Ok(()) };
    let mut keeper = prepared.keeper.lock().await;
    copy_from(keeper.as_mut().ok_or(RecordsError::Closed)?, to).await
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

pub(super) async fn remove(path: PathBuf) -> Result<(), RecordsError> {
    off_the_runtime(move || match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    })
    .await
}

/// The first name for a file that is set aside which is not taken.
fn free(place: &Place) -> io::Result<PathBuf> {
    (1..10_000)
        .map(|number| place.beside(&format!(".set-aside-{number}")))
        .find(|path| !path.exists())
        .ok_or_else(|| io::Error::other("too many databases are set aside"))
}

/// Does something with the disk, which may hang, on a thread for that.
pub(super) async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, RecordsError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| RecordsError::Disk(io::Error::other(error)))?.map_err(RecordsError::Disk)
}
