//! Checks whether the opened files are still at the database's path.

use std::time::Duration;

use tokio::time::Instant;

use super::place::Found;
use super::store::Store;

/// How long a file may be missing before it is written again. An operator who moves a file away often puts
/// another in its place.
pub(super) const GRACE: Duration = Duration::from_secs(3);

impl Store {
    /// What is at the database's path now. If it is not the opened files, this is noted, so that nothing more
    /// is written to them.
    pub(super) async fn look(&self) -> Found {
        let database = self.current();
        let opened = database.known().and_then(|prepared| prepared.identity);
        let (Some(place), Some(opened)) = (self.place().cloned(), opened) else { return Found::Same };
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
}
