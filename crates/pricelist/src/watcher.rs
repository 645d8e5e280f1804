//! Takes a list from a file when it changes.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use domain::UTC8;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::{Intake, Language, PriceLists, ReadSheets, Why};

/// How often the file is looked at.
const LOOK: Duration = Duration::from_secs(3);
/// How many mistakes are logged.
const LOGGED: usize = 20;

/// Looks at a file, and takes its list as a whole when it changes, or keeps the one in use and logs what is wrong.
#[derive(Debug)]
pub struct Watcher {
    path: PathBuf,
    intake: Arc<Intake>,
    /// What the last look found.
    seen: Option<Stamp>,
    /// What was there when the file was read last.
    read: Option<Stamp>,
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
        let intake = Arc::new(Intake::of_file(path.clone(), lists, reader, now));
        Self { path, intake, seen: None, read: None, again: None }
    }

    /// Takes lists into the same file.
    pub fn intake(&self) -> &Arc<Intake> {
        &self.intake
    }

    /// Reads the file and the former one now, as at the start of a server. The result is in the lists' state.
    pub async fn begin(&mut self) {
        let stamp = self.stamp().await;
        self.seen = Some(stamp.clone());
        self.read_again(stamp).await;
        self.intake.remember_former().await;
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
        let is_due = self.again.is_some_and(|day| UTC8.to_datetime(self.intake.now()).date() >= day);
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
        let path = self.path.display().to_string();
        let taken = match stamp {
            Stamp::Missing => self.intake.take_file(Err(Why::Missing)).await,
            Stamp::Unreadable(cause) => self.intake.take_file(Err(Why::Disk(cause))).await,
            Stamp::File(..) => self.intake.take_file(Ok(())).await,
        };
        match taken {
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
}
