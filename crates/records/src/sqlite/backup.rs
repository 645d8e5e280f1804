//! Backs the database up while others write to it, and restores a backup.

use std::fs::File;
use std::io;
use std::path::Path;

use sqlx::migrate::Migrate;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, SqliteConnection};

use super::disk::{copy_from, off_the_runtime, remove};
use super::place::Place;
use super::store::{MIGRATIONS, Store};
use crate::copy::{BackupError, Restored};
use crate::error::RecordsError;
use crate::schema::refuse_newer;

impl Store {
    /// Writes a backup of the database to the file `to`: its state at one moment, while others may read and
    /// write. The schema is not updated first, so that a backup can be made before an upgrade. The file gets
    /// its name only when it is complete.
    pub(crate) async fn back_up(&self, to: &Path) -> Result<(), BackupError> {
        let place = self.place().ok_or(BackupError::InMemory)?;
        if to.exists() {
            return Err(BackupError::Taken(to.to_owned()));
        }
        if !place.path().is_file() {
            let none = io::Error::from(io::ErrorKind::NotFound);
            return Err(BackupError::Unreadable(place.path().to_owned(), none));
        }
        let new = Place::new(to.to_owned());
        let part = new.beside(".part");
        let done = async {
            let options = self.options().clone().create_if_missing(false);
            let mut connection =
                SqliteConnection::connect_with(&options).await.map_err(RecordsError::Database)?;
            let copied = copy_from(&mut connection, &part).await;
            connection.close().await.map_err(RecordsError::Database)?;
            copied?;
            examine(&part).await
        };
        if let Err(error) = done.await {
            remove(part).await?;
            return Err(error);
        }
        off_the_runtime(move || new.put(&part)).await?;
        Ok(())
    }

    /// Restores the backup `from` as the database, while no process uses that database. The former database
    /// is kept beside it.
    pub(crate) async fn restore(&self, from: &Path) -> Result<Restored, BackupError> {
        let place = self.place().cloned().ok_or(BackupError::InMemory)?;
        File::open(from).map_err(|error| BackupError::Unreadable(from.to_owned(), error))?;
        examine(from).await?;
        place.make_folder().map_err(RecordsError::Folder)?;
        let lock = File::options().create(true).truncate(false).write(true).open(place.beside(".lock"));
        let lock = lock.map_err(RecordsError::Folder)?;
        // If the file system has no locks, nothing prevents this; the manual says to stop the server first.
        if matches!(lock.try_lock(), Err(std::fs::TryLockError::WouldBlock)) {
            return Err(BackupError::InUse(place.path().to_owned()));
        }
        let from = from.to_owned();
        let restored = off_the_runtime(move || put_back(&place, &from)).await?;
        drop(lock);
        Ok(restored)
    }
}

fn put_back(place: &Place, from: &Path) -> io::Result<Restored> {
    let part = place.beside(".part");
    std::fs::copy(from, &part)?;
    let mut former = None;
    if place.path().exists() {
        let kept = (1..10_000)
            .map(|number| place.beside(&format!(".before-restore-{number}")))
            .find(|path| !path.exists())
            .ok_or_else(|| io::Error::other("too many databases are kept from before"))?;
        // The log is moved too: it may hold changes that are not in the database's own file yet.
        let kept = Place::new(kept);
        for (one, other) in [(place.log(), kept.log()), (place.beside("-shm"), kept.beside("-shm"))] {
            match std::fs::rename(one, other) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        std::fs::rename(place.path(), kept.path())?;
        former = Some(kept.path().to_owned());
    }
    place.remove_log()?;
    place.put(&part)?;
    Ok(Restored { former })
}

/// Checks that a file is a complete database of this program, of this version or an older one.
async fn examine(file: &Path) -> Result<(), BackupError> {
    let none = |why: String| BackupError::NoRecords(file.to_owned(), why);
    // Opened read-only, so that the examined file is not changed.
    let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
    let mut connection =
        SqliteConnection::connect_with(&options).await.map_err(|error| none(error.to_string()))?;
    let sound: Result<String, _> =
        sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_one(&mut connection).await;
    let done = match sound {
        Ok(sound) if sound == "ok" => Ok(()),
        Ok(found) => Err(none(found)),
        Err(error) => Err(none(error.to_string())),
    };
    done?;
    let applied = connection.list_applied_migrations("_sqlx_migrations").await;
    let applied = applied.map_err(|error| none(error.to_string()))?;
    if applied.is_empty() {
        return Err(none("it has no tables of ours".to_owned()));
    }
    refuse_newer(applied.iter().map(|applied| applied.version).max(), &MIGRATIONS)?;
    connection.close().await.map_err(RecordsError::Database)?;
    Ok(())
}
