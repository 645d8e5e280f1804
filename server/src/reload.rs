//! Reloads the settings while the server runs: when their file changes, and on SIGHUP.

mod whole;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use checkout::Checkout;
use desk::Desks;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use self::whole::{Version, doubt};
use crate::Settings;
use crate::offers::{Sender, key_file, read_keys_again};
use crate::partner::use_secrets;
use crate::settings::{FileError, LONGEST_FILE, read_file};
use crate::web::Site;

/// How often the file is checked for changes.
const LOOK: Duration = Duration::from_secs(2);
/// How long reading the settings may take: a disk or a network folder may hang.
const READING: Duration = Duration::from_secs(10);

/// What a check of the file found: its content, or why it cannot be read. It has no secrets.
type Look = Result<Vec<u8>, FileError>;

/// Why the settings are reloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The file changed.
    Change,
    /// A person or a secret store sent SIGHUP.
    Signal,
}

/// The file of settings, and what earlier checks found in it.
pub(crate) struct Watched {
    path: PathBuf,
    /// What the last check found.
    seen: Look,
    /// What the last reload read, whether its settings could be used or not.
    read: Look,
    /// The content whose settings are in use; `None` if there was no file at the start.
    used: Option<Vec<u8>>,
}

impl Watched {
    /// The file that `environment` names, or `tradein.toml`. To be made before the settings are read, so that no
    /// change is missed.
    pub(crate) fn new(environment: &dyn Fn(&str) -> Option<String>) -> Self {
        let path = PathBuf::from(Settings::file(environment));
        let seen = read_file(&path, LONGEST_FILE);
        Self { path, read: seen.clone(), used: seen.clone().ok(), seen }
    }

    /// Logs a warning if the file is empty at the start: a power failure can empty a file, and then there are no
    /// older settings to keep.
    pub(crate) fn warn_if_empty(&self) {
        let is_empty = self.seen.as_ref().is_ok_and(|text| text.trim_ascii().is_empty());
        if is_empty && self.path != Path::new("/dev/null") {
            tracing::warn!(
                file = %self.path.display(),
                "the file of settings is empty, so there is no merchant but the demo; if it held some, put them back"
            );
        }
    }

    /// Waits until the content differs from what was read last, and two checks in a row find the same: so a file
    /// that is being written is not read halfway. Contents are compared and not times, which are misleading for
    /// links and for files from another machine.
    pub(crate) async fn changed(&mut self) {
        loop {
            tokio::time::sleep(LOOK).await;
            let path = self.path.clone();
            // On a thread for blocking work, since a disk may hang.
            let look = spawn_blocking(move || read_file(&path, LONGEST_FILE));
            if look.await.is_ok_and(|now| self.note(now)) {
                return;
            }
        }
    }

    /// Notes what a check found. Returns whether it is the same as at the check before, and not read yet.
    fn note(&mut self, now: Look) -> bool {
        let is_settled = now == self.seen;
        self.seen = now;
        is_settled && self.seen != self.read
    }

    /// What the last check found, which counts as read from now on.
    fn take(&mut self) -> Look {
        self.read = self.seen.clone();
        self.read.clone()
    }
}

/// The parts that a reload reads from and changes.
pub(crate) struct Reload<'a> {
    /// The environment variables, as they were at the start.
    pub(crate) environment: &'static (dyn Fn(&str) -> Option<String> + Sync),
    /// The settings that the server started with.
    pub(crate) running: &'a Settings,
    /// Gets the new merchants.
    pub(crate) site: Site,
    /// Gets the new secrets.
    pub(crate) desks: Desks,
    /// Gets the new endpoints of webhooks.
    pub(crate) sender: Sender,
    /// Gets the keys that sign offers, which are read again with the settings.
    pub(crate) checkout: Arc<Checkout>,
}

impl Reload<'_> {
    /// Reloads the settings. Merchants, their webhooks and secrets take effect at once; other sections that changed are logged, since
    /// they need a restart. Settings with a mistake change nothing; the mistake is reported in the log, at `/readyz`
    /// and to the operator.
    pub(crate) async fn read_again(&self, watched: &mut Watched, cause: Cause) {
        read_keys_again(key_file(self.running), &self.checkout).await;
        match self.read(watched, cause).await {
            Ok(settings) => {
                let merchants = settings.merchants.iter().count();
                self.sender.use_merchants(&settings.merchants);
                self.site.use_merchants(settings.merchants.clone());
                tracing::info!(merchants, "the settings were read again");
                let waiting = settings.wait_for_a_start(self.running);
                if !waiting.is_empty() {
                    tracing::warn!(
                        sections = waiting.join(", "),
                        "changed settings of these sections take effect at the next start"
                    );
                }
            }
            Err(error) => {
                tracing::error!(%error, "the settings cannot be read again; the old ones stay in use");
                self.site.note_mistake(error);
            }
        }
    }

    async fn read(&self, watched: &mut Watched, cause: Cause) -> Result<Settings, String> {
        if cause == Cause::Signal {
            let path = watched.path.clone();
            watched.seen = on_a_thread(move || read_file(&path, LONGEST_FILE)).await?;
        }
        let path = watched.path.display().to_string();
        let text = match (watched.take(), &watched.used) {
            (Ok(text), _) => Some(text),
            // There was no file at the start either.
            (Err(FileError::Missing), None) => None,
            // Without this, a server whose file is removed would serve the demo instead of its merchants.
            (Err(FileError::Missing), Some(_)) => return Err(format!("{path} is gone")),
            (Err(fault), _) => return Err(format!("{path}: {fault}")),
        };
        let (environment, read) = (self.environment, text.clone());
        let settings = on_a_thread(move || match &read {
            Some(text) => Settings::read_with(environment, text),
            None => Settings::read(environment),
        });
        let settings = settings.await?.map_err(|error| error.to_string())?;
        if let (Some(text), Some(used)) = (&text, &watched.used) {
            let merchants = self.site.merchants();
            let used = Version { text: used, merchants: &merchants };
            let doubt = doubt(&used, &Version { text, merchants: &settings.merchants });
            if let Some(doubt) = doubt.filter(|doubt| cause == Cause::Change || doubt.outlasts_a_signal()) {
                return Err(format!("{path}: {doubt}"));
            }
        }
        use_secrets(&self.desks, &settings, self.running).await.map_err(|error| error.to_string())?;
        if text.is_some() {
            watched.used = text;
        }
        Ok(settings)
    }
}

/// Runs `read` on a thread for blocking work, with a time limit: while a disk hangs, requests are answered and
/// signals handled.
async fn on_a_thread<T: Send + 'static>(read: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
    match timeout(READING, spawn_blocking(read)).await {
        Ok(read) => read.map_err(|broken| broken.to_string()),
        Err(_) => {
            let seconds = READING.as_secs();
            Err(format!("reading them takes longer than {seconds} s; does the disk hang?"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_once_two_looks_in_a_row_found_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tradein.toml");
        std::fs::write(&path, "whole").unwrap();
        let named = path.display().to_string();
        let mut watched = Watched::new(&|_| Some(named.clone()));
        let text = |text: &str| Ok(text.as_bytes().to_vec());
        assert!(!watched.note(text("whole")), "nothing changed");
        for half in ["", "new", "new and "] {
            assert!(!watched.note(text(half)), "it is being written");
        }
        assert!(!watched.note(text("new and whole")) && watched.note(text("new and whole")));
        watched.take().unwrap();
        assert!(!watched.note(text("new and whole")), "it was read");
        // The content is changing back to what is in use.
        assert!(!watched.note(Err(FileError::Missing)) && !watched.note(text("new and whole")));
    }
}
