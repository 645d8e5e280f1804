//! What happens when the database's file is removed, moved or replaced while the process runs: what
//! it held is written anew in its place, or set aside where another database stands there now.

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
    /// Looks after the files, to be called each second or so: empties a large log, notices files
    /// that were removed or replaced, and opens anew what stands there after a moment.
    pub(crate) async fn look_after(&self) -> Result<(), RecordsError> {
        if self.look().await == Found::Same {
            return if self.has_large_log().await { self.tidy().await } else { Ok(()) };
        }
        let waited = self.state().astray.map(|since| since.elapsed());
        if waited.is_some_and(|waited| waited >= GRACE) { self.renew().await } else { Ok(()) }
    }

    /// Opens what stands at the database's place, after what the former file held is written there or
    /// set aside.
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

/// Writes all that `database` holds to the file `to`, anew.
async fn copy(database: &Database, to: &Path) -> Result<(), RecordsError> {
    let Some(prepared) = database.known() else { return Ok(()) };
    let mut keeper = prepared.keeper.lock().await;
    copy_from(keeper.as_mut().ok_or(RecordsError::Closed)?, to).await
}

/// The first name for a file that is set aside which is not taken.
fn free(place: &Place) -> io::Result<PathBuf> {
    (1..10_000)
        .map(|number| place.beside(&format!(".set-aside-{number}")))
        .find(|path| !path.exists())
        .ok_or_else(|| io::Error::other("too many databases are set aside"))
}
