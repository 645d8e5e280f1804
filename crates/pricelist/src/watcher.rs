//! Takes a list from a file when it changes.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use domain::UTC8;
use futures::future::BoxFuture;
use jiff::Timestamp;
use jiff::civil::Date;
use sheet::{ReadError, Table};

use crate::{Language, PriceList, PriceLists, Why};

/// How often the file is looked at.
const LOOK: Duration = Duration::from_secs(3);
/// How many mistakes are logged.
const LOGGED: usize = 20;

/// Reads the sheets of a file: the first, and those that [`crate::is_part`] names. A server does it in a process with
/// limited memory.
pub trait ReadSheets: Send + Sync {
    /// Reads the sheets.
    fn read_sheets<'a>(&'a self, file: &'a [u8]) -> BoxFuture<'a, Result<Vec<Table>, ReadError>>;
}

/// Looks at a file, and takes its list as a whole when it changes, or keeps the one in use and logs what is wrong.
pub struct Watcher {
    path: PathBuf,
    lists: Arc<PriceLists>,
    reader: Arc<dyn ReadSheets>,
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// What the last look found.
    seen: Option<Stamp>,
    /// What was there when the file was read last.
    read: Option<Stamp>,
    /// A hash of the content that was taken last.
    taken: Option<u64>,
    /// The day on which the file is read again, since its list holds from then on.
    again: Option<Date>,
}

/// A version of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stamp {
    Missing,
    /// Its size in bytes, and when it was changed.
    File(u64, Option<SystemTime>),
    Unreadable(String),
}

impl Watcher {
    /// A watcher of the file at `path`, which fills `lists`. `now` is the clock.
    pub fn new(
        path: PathBuf,
        lists: Arc<PriceLists>,
        reader: Arc<dyn ReadSheets>,
        now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    ) -> Self {
        Self { path, lists, reader, now, seen: None, read: None, taken: None, again: None }
    }

    /// The lists that it fills.
    pub fn lists(&self) -> &Arc<PriceLists> {
        &self.lists
    }

    /// Reads the file now, as at the start of a server. The result is in the lists' state.
    pub async fn begin(&mut self) {
        let stamp = self.stamp().await;
        self.seen = Some(stamp.clone());
        self.read_again(stamp).await;
    }

    /// Looks at the file every 3 seconds, without end.
    pub async fn run(mut self) {
        loop {
            tokio::time::sleep(LOOK).await;
            self.look().await;
        }
    }

    /// Looks at the file once. It is read when it differs from what was read last and two looks in a row have found
    /// the same, so that a file which is being written is not read halfway; and on the day from which it holds.
    pub async fn look(&mut self) {
        let stamp = self.stamp().await;
        let is_settled = self.seen.as_ref() == Some(&stamp);
        self.seen = Some(stamp.clone());
        let is_due = self.again.is_some_and(|day| UTC8.to_datetime((self.now)()).date() >= day);
        if is_settled && (self.read.as_ref() != Some(&stamp) || is_due) {
            self.read_again(stamp).await;
        }
    }

    async fn stamp(&self) -> Stamp {
        let path = self.path.clone();
        // On a thread for blocking work, since a disk may hang.
        let look = tokio::task::spawn_blocking(move || match std::fs::metadata(&path) {
            Ok(about) => Stamp::File(about.len(), about.modified().ok()),
            Err(error) if error.kind() == ErrorKind::NotFound => Stamp::Missing,
            Err(error) => Stamp::Unreadable(error.to_string()),
        });
        look.await.unwrap_or_else(|error| Stamp::Unreadable(error.to_string()))
    }

    /// Reads the file, and takes its list or says why not.
    async fn read_again(&mut self, stamp: Stamp) {
        self.again = None;
        self.read = Some(stamp.clone());
        let file = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let path = self.path.display().to_string();
        match self.take(stamp, &file).await {
            Ok(None) => {}
            Ok(Some((devices, models))) => {
                tracing::info!(file = path, devices, models, "the price list is in use");
            }
            Err(Why::NotYet(day)) => {
                self.again = Some(day);
                tracing::info!(file = path, from = %day, "the price list holds later; the one before it goes on");
            }
            Err(why) => {
                tracing::error!(file = path, error = %why, "the price list is refused; the one before it goes on");
                let mistakes = if let Why::Mistakes(mistakes) = &why { mistakes.listed() } else { &[] };
                for mistake in mistakes.iter().take(LOGGED) {
                    let what = mistake.kind.told(Language::English);
                    tracing::error!(file = path, cell = mistake.place(), "{what}");
                }
            }
        }
    }

    /// Takes the list of the file. Returns how many devices and models it has; `None` if it was taken before.
    async fn take(&mut self, stamp: Stamp, file: &str) -> Result<Option<(usize, usize)>, Why> {
        let read = match stamp {
            Stamp::Missing => Err(Why::Missing),
            Stamp::Unreadable(cause) => Err(Why::Disk(cause)),
            Stamp::File(..) => whole(self.path.clone()).await,
        };
        let content = read.as_deref().map_or(0, hash);
        // A file that was only touched, or is there again: taking it twice would lose the former list.
        if read.is_ok() && self.taken == Some(content) {
            self.lists.forget_refusal();
            return Ok(None);
        }
        let list = match read {
            Ok(bytes) => self.sheets(&bytes).await,
            Err(why) => Err(why),
        };
        let now = (self.now)();
        let list = list.inspect_err(|why| self.lists.refuse(file, now, why.clone()))?;
        let counts = (list.devices(), list.models());
        self.lists.take(list, file, now)?;
        self.taken = Some(content);
        Ok(Some(counts))
    }

    async fn sheets(&self, bytes: &[u8]) -> Result<PriceList, Why> {
        let sheets = self.reader.read_sheets(bytes).await.map_err(Why::Unreadable)?;
        // 50,000 rows take seconds, which would hold up other tasks.
        let parsed = tokio::task::spawn_blocking(move || PriceList::parse(&sheets)).await;
        parsed.map_err(|error| Why::Disk(error.to_string()))?.map_err(Why::Mistakes)
    }
}

/// The file's bytes, no more than are read.
async fn whole(path: PathBuf) -> Result<Vec<u8>, Why> {
    let read = tokio::task::spawn_blocking(move || read_whole(&path)).await;
    let bytes = read.map_err(|error| Why::Disk(error.to_string()))?;
    let is_missing = |error: &std::io::Error| error.kind() == ErrorKind::NotFound;
    let bytes = bytes
        .map_err(|error| if is_missing(&error) { Why::Missing } else { Why::Disk(error.to_string()) })?;
    if bytes.len() > sheet::LARGEST { Err(Why::Unreadable(ReadError::TooLarge)) } else { Ok(bytes) }
}

fn read_whole(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(sheet::LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

impl std::fmt::Debug for Watcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watcher").field("path", &self.path).finish_non_exhaustive()
    }
}
