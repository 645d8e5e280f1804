//! Servers of two versions beside each other on one database, as during an upgrade without a stop.
//!
//! A newer server changes the schema at its start while older ones run. Most changes only add: servers of the
//! version before go on, and can start again. Such a migration says so in the table `schema_changes`: its own
//! number, and the oldest schema that a server must know. What older servers still use is removed by a later
//! version at the earliest. A server refuses a database with a change that is unknown to it and says nothing.

use sqlx::migrate::{MigrateError, Migrator};

use crate::error::RecordsError;

/// Selects the oldest schema that a server must know to work with the database.
pub(crate) const OLDEST_SCHEMA: &str = "SELECT max(coalesce(c.oldest, m.version))
    FROM _sqlx_migrations m LEFT JOIN schema_changes c ON c.version = m.version";

/// Selects the newest change of the schema.
pub(crate) const NEWEST_CHANGE: &str = "SELECT max(version) FROM _sqlx_migrations";

/// Accepts a database with changes that are unknown here, if servers of this version still work with it.
/// `done` is the result of the migrations of this version, and `oldest` is read from the database.
///
/// # Errors
/// [`RecordsError::Newer`] if they do not, and any other failure of the migrations.
pub(crate) async fn accept_newer(
    done: Result<(), MigrateError>,
    known: &Migrator,
    oldest: impl AsyncFnOnce() -> Result<Option<i64>, sqlx::Error>,
) -> Result<(), RecordsError> {
    match done.map_err(RecordsError::from) {
        // A database from before that table says nothing, and then nothing is known of it.
        Err(RecordsError::Newer(change)) => match oldest().await {
            Ok(Some(oldest)) if known.version_exists(oldest) => {
                tracing::warn!(change, "a newer version has changed the database; this one works beside it");
                Ok(())
            }
            _ => Err(RecordsError::Newer(change)),
        },
        done => done,
    }
}

/// Refuses a database with changes that are unknown here, because what a newer version has added would be
/// left out. `newest` is the newest change of the database.
///
/// # Errors
/// [`RecordsError::Newer`] if it has such changes.
pub(crate) fn refuse_newer(newest: Option<i64>, known: &Migrator) -> Result<(), RecordsError> {
    match newest {
        Some(change) if !known.version_exists(change) => Err(RecordsError::Newer(change)),
        _ => Ok(()),
    }
}
