//! Takes lists: from the file when it changed, from an upload, and the former one again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures::future::BoxFuture;
use jiff::Timestamp;
use sheet::{ReadError, Table};
use tokio::sync::Mutex;

use crate::lists::Taken;
use crate::{PriceList, PriceLists, Why, file};

/// Reads the sheets of a file: the first, and those that [`crate::is_part`] names. A server does it in a process with
/// limited memory.
pub trait ReadSheets: Send + Sync {
    /// Reads the sheets.
    fn read_sheets<'a>(&'a self, file: &'a [u8]) -> BoxFuture<'a, Result<Vec<Table>, ReadError>>;
}

/// Takes lists, one at a time. With a file, an upload and going back also change the file, so that a restart keeps them.
pub struct Intake {
    /// `None` for lists in memory only.
    path: Option<PathBuf>,
    lists: Arc<PriceLists>,
    reader: Arc<dyn ReadSheets>,
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// A hash of the content that was taken last. It is locked while a list is taken.
    taken: Mutex<Option<u64>>,
}

/// What became of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uploaded {
    /// It is in use.
    InUse,
    /// It was in use already.
    Same,
    /// It is in the file, and is in use from its day on.
    Waits,
}

/// What became of going back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoneBack {
    /// The former list is in use.
    InUse,
    /// The list that waited for its day is not used. The list in use goes on.
    Withdrawn,
    /// There is no former list, or the lists have changed since the person looked.
    Nothing,
}

impl Intake {
    /// Takes lists into the file at `path`. `now` is the clock.
    pub(crate) fn of_file(
        path: PathBuf,
        lists: Arc<PriceLists>,
        reader: Arc<dyn ReadSheets>,
        now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    ) -> Self {
        Self { path: Some(path), lists, reader, now, taken: Mutex::default() }
    }

    /// Takes lists in memory only, until the process ends.
    pub fn in_memory(
        lists: Arc<PriceLists>,
        reader: Arc<dyn ReadSheets>,
        now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    ) -> Self {
        Self { path: None, lists, reader, now, taken: Mutex::default() }
    }

    /// The file; `None` for lists in memory only.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The lists.
    pub fn lists(&self) -> &Arc<PriceLists> {
        &self.lists
    }

    /// The time.
    pub(crate) fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// Takes an uploaded list: it is written into the file, and is in use at once or from its day on. `name` is the
    /// upload's.
    ///
    /// # Errors
    /// Why nothing has changed. [`Why::Unwritten`] if the disk does not keep it.
    pub async fn upload(&self, name: &str, bytes: Vec<u8>) -> Result<Uploaded, Why> {
        let mut known = self.taken.lock().await;
        let now = self.now();
        let checked = match self.of_the_files_kind(name) {
            Ok(()) => self.list(&bytes).await,
            Err(why) => Err(why),
        };
        let taken = match checked.and_then(|list| self.fitting(list, name, bytes.into(), now)) {
            Ok(taken) => taken,
            Err(why) => {
                self.lists.note(name, now, why.clone());
                return Err(why);
            }
        };
        let content = taken.bytes.as_deref().map(file::hash);
        let current = self.lists.current();
        let is_same = content == *known && current.is_some();
        let before = current.filter(|_| !is_same).and_then(|current| current.bytes.clone());
        self.write(before, taken.bytes.clone(), now).await?;
        if is_same {
            self.lists.settle();
            return Ok(Uploaded::Same);
        }
        let (devices, models) = (taken.list.devices(), taken.list.models());
        match self.lists.enter(taken) {
            Ok(()) => {
                *known = content;
                tracing::info!(upload = name, devices, models, "the price list is in use");
                Ok(Uploaded::InUse)
            }
            Err(why) => {
                tracing::info!(upload = name, %why, "the uploaded price list waits; the one before it goes on");
                Ok(Uploaded::Waits)
            }
        }
    }

    /// Puts the former list in use again, or withdraws a list that waits for its day. The files are exchanged too. Nothing
    /// is done if `mark` is not the lists' [`mark`](crate::State::mark) any more, as when a button is pressed twice.
    ///
    /// # Errors
    /// [`Why::NotYet`] if the former list holds later, [`Why::Unwritten`] if the disk does not keep the change. Then
    /// nothing has changed.
    pub async fn go_back(&self, mark: &str) -> Result<GoneBack, Why> {
        let mut known = self.taken.lock().await;
        let (state, now) = (self.lists.state(), self.now());
        if state.mark() != mark {
            return Ok(GoneBack::Nothing);
        }
        let bytes = |taken: Option<Arc<Taken>>| taken.and_then(|taken| taken.bytes.clone());
        if state.waiting.is_some() && state.current.is_some() {
            self.write(bytes(state.former), bytes(state.current), now).await?;
            self.lists.settle();
            tracing::info!("the price list that waited is withdrawn");
            return Ok(GoneBack::Withdrawn);
        }
        let Some(former) = state.former else { return Ok(GoneBack::Nothing) };
        if let Some(day) = former.later(now) {
            return Err(Why::NotYet(day));
        }
        self.write(bytes(state.current), former.bytes.clone(), now).await?;
        *known = former.bytes.as_deref().map(file::hash);
        self.lists.go_back(now);
        tracing::info!(file = former.file, "the former price list is in use again");
        Ok(GoneBack::InUse)
    }

    /// Takes the list of the file, or notes why it cannot be read. Returns how many devices and models it has; `None` if it
    /// was taken before.
    pub(crate) async fn take_file(&self, found: Result<(), Why>) -> Result<Option<(usize, usize)>, Why> {
        let Some(path) = self.path.clone() else { return Ok(None) };
        let mut known = self.taken.lock().await;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let refuse = |why: &Why| self.lists.refuse(&name, self.now(), why.clone());
        let read = match found {
            Ok(()) => file::read(path.clone()).await,
            Err(why) => Err(why),
        };
        let bytes = read.inspect_err(refuse)?;
        let content = file::hash(&bytes);
        // A file that was only touched, or is there again: taking it twice would lose the former list.
        if *known == Some(content) {
            self.lists.found_same();
            return Ok(None);
        }
        let list = self.list(&bytes).await.inspect_err(refuse)?;
        let counts = (list.devices(), list.models());
        let before = self.lists.current().and_then(|current| current.bytes.clone());
        let now = self.now();
        let taken = Taken { list: Arc::new(list), file: name, at: now, bytes: Some(bytes.into()) };
        let entered = self.lists.enter(taken);
        // Also while the new list waits: after a restart, the one in use is there.
        if let Some(before) = before
            && let Err(why) = file::replace(vec![(file::former(&path), before)], now).await
        {
            tracing::warn!(file = %path.display(), %why, "the former price list is kept in memory only");
        }
        entered?;
        *known = Some(content);
        Ok(Some(counts))
    }

    /// Reads the former list beside the file, to go back to. While the file's list waits for its day, the former one is
    /// in use.
    pub(crate) async fn remember_former(&self) {
        let Some(path) = self.path.as_deref().map(file::former) else { return };
        let mut known = self.taken.lock().await;
        let Ok(bytes) = file::read(path.clone()).await else { return };
        let content = file::hash(&bytes);
        if *known == Some(content) {
            return;
        }
        let list = match self.list(&bytes).await {
            Ok(list) => Arc::new(list),
            Err(why) => {
                tracing::warn!(file = %path.display(), %why, "the former price list cannot be used");
                return;
            }
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let taken = Taken { list, file: name, at: self.now(), bytes: Some(bytes.into()) };
        let state = self.lists.state();
        if state.current.is_none() && state.waiting.is_some() && taken.later(taken.at).is_none() {
            tracing::info!(file = %path.display(), "the former price list is in use until the day of the other");
            *known = Some(content);
            self.lists.bridge(taken);
        } else {
            self.lists.remember(taken);
        }
    }

    /// Whether a file of this name can be kept under the name in the settings.
    fn of_the_files_kind(&self, name: &str) -> Result<(), Why> {
        let wanted = self.path.as_deref().map(file::ending).unwrap_or_default();
        let is_fit = wanted.is_empty() || file::ending(Path::new(name)) == wanted;
        if is_fit { Ok(()) } else { Err(Why::OtherKind(wanted)) }
    }

    /// An uploaded list, if its content is what its name says, and it can wait for its day.
    fn fitting(&self, list: PriceList, name: &str, bytes: Arc<[u8]>, at: Timestamp) -> Result<Taken, Why> {
        let wanted = self.path.as_deref().map(file::ending).unwrap_or_default();
        if !file::begins_as(&wanted, &bytes) {
            return Err(Why::OtherKind(wanted));
        }
        let taken = Taken { list: Arc::new(list), file: name.to_owned(), at, bytes: Some(bytes) };
        match taken.later(at) {
            // Without a file, there is no watcher that takes it on its day.
            Some(day) if self.path.is_none() => Err(Why::NotYet(day)),
            _ => Ok(taken),
        }
    }

    /// Writes the former list and then the one in use, so that the one in use is never lost.
    async fn write(
        &self,
        former: Option<Arc<[u8]>>,
        current: Option<Arc<[u8]>>,
        now: Timestamp,
    ) -> Result<(), Why> {
        let Some(path) = &self.path else { return Ok(()) };
        let files =
            [former.map(|bytes| (file::former(path), bytes)), current.map(|bytes| (path.clone(), bytes))];
        file::replace(files.into_iter().flatten().collect(), now)
            .await
            .inspect_err(|why| tracing::error!(file = %path.display(), %why, "the price list in use goes on"))
    }

    async fn list(&self, bytes: &[u8]) -> Result<PriceList, Why> {
        let sheets = self.reader.read_sheets(bytes).await.map_err(Why::Unreadable)?;
        let lists = Arc::clone(&self.lists);
        // 50,000 rows take seconds, which would hold up other tasks.
        let parsed =
            tokio::task::spawn_blocking(move || PriceList::parse_with(&sheets, lists.grades())).await;
        parsed.map_err(|error| Why::Disk(error.to_string()))?.map_err(Why::Mistakes)
    }
}

impl std::fmt::Debug for Intake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Intake").field("path", &self.path).finish_non_exhaustive()
    }
}
