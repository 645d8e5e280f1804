//! Reacts to a database file that was removed, moved or replaced while the process runs: its content is
//! written again at its path, or set aside if another database is there now.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::database::Database;
use super::disk::{copy_from, off_the_runtime};
use super::look::GRACE;
use super::place::{Found, Place};
use super::store::Store;
use crate::error::RecordsError;

impl Store {
    /// Checks the files; called about once a second. Empties a large log, notices removed or replaced files,
    /// and some seconds later opens the database at their path.
    pub(crate) async fn look_after(&self) -> Result<(), RecordsError> {
        if self.look().await == Found::Same {
            self.look_after_places().await;
            return if self.has_large_log().await { self.tidy().await } else { Ok(()) };
        }
        let waited = self.state().astray.map(|since| since.elapsed());
        if waited.is_some_and(|waited| waited >= GRACE) { self.renew().await } else { Ok(()) }
    }

    /// Opens the database that is at the path. Before that, the content of the former file is written there,
    /// or set aside if another database is there.
    pub(crate) async fn renew(&self) -> Result<(), RecordsError> {
        let found = self.look().await;
        let Some(place) = self.place().cloned().filter(|_| found != Found::Same) else { return Ok(()) };
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
        let writing = self.hold_writers().await;
        let opened = Arc::new(Database::new(self.options(), number));
        self.replace(Arc::clone(&opened));
        self.state().astray = None;
        drop(writing);
        former.close().await;
        self.prepared(&opened).await.map(drop)
    }
}

/// Writes the content of `database` to the file `to`, in place of an existing file.
async fn copy(database: &Database, to: &Path) -> Result<(), RecordsError> {
    let Some(prepared) = database.known() else { return Ok(()) };
    let mut keeper = prepared.keeper.lock().await;
    copy_from(keeper.as_mut().ok_or(RecordsError::Closed)?, to).await
}

/// The first unused name for a file that is set aside.
fn free(place: &Place) -> io::Result<PathBuf> {
    (1..10_000)
        .map(|number| place.beside(&format!(".set-aside-{number}")))
        .find(|path| !path.exists())
        .ok_or_else(|| io::Error::other("too many databases are set aside"))
}
