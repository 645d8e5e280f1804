//! Settings that are read again while the server runs: by itself when the file changes, and
//! on SIGHUP.

use std::path::{Path, PathBuf};
use std::time::Duration;

use desk::Desk;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::Settings;
use crate::partner::use_secrets;
use crate::web::Site;

/// How often the file is looked at.
const LOOK: Duration = Duration::from_secs(2);
/// How long reading the settings may take.
const READING: Duration = Duration::from_secs(10);

/// The file of settings, as it was when somebody looked last.
pub(crate) struct Watched {
    path: PathBuf,
    /// What it held; `None` while it cannot be read. No secret is in it.
    seen: Option<Vec<u8>>,
    /// Whether it could be read once: then settings without it are a mistake.
    was_there: bool,
}

impl Watched {
    /// The file that `environment` names, or `tradein.toml`. Look before the settings are
    /// read, and no change is missed.
    pub(crate) fn new(environment: &dyn Fn(&str) -> Option<String>) -> Self {
        let path = PathBuf::from(Settings::file(environment));
        let seen = read_file(&path);
        Self { path, was_there: seen.is_some(), seen }
    }

    /// Waits until it holds something else than last time. Its content is what counts: times
    /// lie where files are links, or come from another machine.
    pub(crate) async fn changed(&mut self) {
        loop {
            tokio::time::sleep(LOOK).await;
            let path = self.path.clone();
            // On another thread, since a disk may hang.
            let look = spawn_blocking(move || read_file(&path));
            match look.await {
                Ok(now) if now != self.seen => {
                    self.was_there |= now.is_some();
                    self.seen = now;
                    return;
                }
                _ => {}
            }
        }
    }

    /// Where the file is, if it was there once and so must still be.
    fn needed(&self) -> Option<PathBuf> {
        self.was_there.then(|| self.path.clone())
    }
}

/// What a file holds; `None` where it cannot be read, or is none: a pipe would be waited for.
fn read_file(path: &Path) -> Option<Vec<u8>> {
    path.is_file().then(|| std::fs::read(path).ok()).flatten()
}

/// What a reload acts on.
pub(crate) struct Reload<'a> {
    /// The variables, as they were at the start.
    pub(crate) environment: &'static (dyn Fn(&str) -> Option<String> + Sync),
    /// The settings that the server started with.
    pub(crate) running: &'a Settings,
    /// Who takes new merchants.
    pub(crate) site: Site,
    /// Who takes new secrets.
    pub(crate) desk: Desk,
}

impl Reload<'_> {
    /// Reads the settings again: merchants and secrets take effect at once, what needs a
    /// start is named. Settings that cannot be used change nothing, and say so: in the log,
    /// at `/readyz` and to the operator.
    pub(crate) async fn read_again(&self, watched: &Watched) {
        match self.read(watched).await {
            Ok(settings) => {
                let merchants = settings.merchants.iter().count();
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

    async fn read(&self, watched: &Watched) -> Result<Settings, String> {
        let (environment, needed) = (self.environment, watched.needed());
        // On another thread: while a disk hangs, requests are answered and signals heeded.
        let read = spawn_blocking(move || {
            // Without its file a server would fall back to the demo, in the middle of the day.
            if let Some(path) = needed.filter(|path| !path.is_file()) {
                return Err(format!("{} is gone", path.display()));
            }
            Settings::read(environment).map_err(|error| error.to_string())
        });
        let settings = match timeout(READING, read).await {
            Ok(Ok(settings)) => settings?,
            Ok(Err(broken)) => return Err(broken.to_string()),
            Err(_) => {
                let seconds = READING.as_secs();
                return Err(format!("reading them takes longer than {seconds} s; does the disk hang?"));
            }
        };
        use_secrets(&self.desk, &settings, self.running).map_err(|error| error.to_string())?;
        Ok(settings)
    }
}
