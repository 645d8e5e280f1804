//! The mark: a small file beside the database with the counts of the most recent days and the time of the
//! last recorded attempt. If the database knows less than the mark, it is an older copy, or a new one in
//! place of a lost one. Calls are then counted on from the higher figure.

use std::io;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::taken::Taken;

/// How many counts are kept, of the most recent accounts and days.
const MOST_COUNTS: usize = 16;

/// What this process and earlier ones have counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mark {
    /// When the last attempt was recorded, in milliseconds since 1970.
    #[serde(default)]
    last_attempt: i64,
    #[serde(default)]
    counts: Vec<Count>,
    /// Whether it has changed since it was last written to its file.
    #[serde(skip)]
    dirty: bool,
}

/// Calls of one account on one day in UTC+8.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Count {
    app_id: String,
    day: String,
    calls: u32,
    searches: u32,
    /// How many of these never left this machine.
    #[serde(default)]
    returned: u32,
    #[serde(default)]
    returned_searches: u32,
}

impl Count {
    fn is(&self, app_id: &str, day: Date) -> bool {
        self.app_id == app_id && self.day == day.to_string()
    }

    fn taken(&self) -> Taken {
        let Self { calls, searches, returned, returned_searches, .. } = *self;
        Taken { calls, searches, returned, returned_searches }
    }
}

impl Mark {
    /// Reads the mark in the file at `path`; an empty one if there is no file.
    ///
    /// # Errors
    /// If the file exists but cannot be read.
    pub(crate) fn read(path: &Path) -> io::Result<Self> {
        match std::fs::read(path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Writes it to the file at `path`, which holds either the former or the new mark at any moment.
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        let new = path.with_extension("mark-new");
        std::fs::write(&new, serde_json::to_vec(self)?)?;
        std::fs::rename(new, path)
    }

    /// The count of that account and day.
    pub(crate) fn of(&self, app_id: &str, day: Date) -> Taken {
        let count = self.counts.iter().find(|count| count.is(app_id, day));
        count.map_or(Taken::default(), Count::taken)
    }

    /// All counts, by account and day.
    pub(crate) fn counts(&self) -> Vec<(String, String, Taken)> {
        let all = self.counts.iter();
        all.map(|count| (count.app_id.clone(), count.day.clone(), count.taken())).collect()
    }

    /// Raises a count to `taken`, for an attempt at `at`.
    pub(crate) fn note(&mut self, app_id: &str, day: Date, taken: Taken, at: Timestamp) {
        let Taken { calls, searches, returned, returned_searches } = taken.max(self.of(app_id, day));
        self.counts.retain(|count| !count.is(app_id, day));
        self.counts.push(Count {
            app_id: app_id.to_owned(),
            day: day.to_string(),
            calls,
            searches,
            returned,
            returned_searches,
        });
        let surplus = self.counts.len().saturating_sub(MOST_COUNTS);
        self.counts.drain(..surplus);
        self.last_attempt = self.last_attempt.max(at.as_millisecond());
        self.dirty = true;
    }

    /// Merges a mark that was read.
    pub(crate) fn learn(&mut self, read: Self) {
        let mut all = read;
        let at = Timestamp::from_millisecond(self.last_attempt).unwrap_or_default();
        for count in self.counts.drain(..) {
            if let Ok(day) = count.day.parse() {
                all.note(&count.app_id, day, count.taken(), at);
            }
        }
        *self = all;
    }

    /// Whether an attempt was recorded after `newest`, the newest record in a database.
    pub(crate) fn is_after(&self, newest: Option<Timestamp>) -> bool {
        self.last_attempt > newest.map_or(0, Timestamp::as_millisecond)
    }

    /// A copy to write, if it has changed since it was last written.
    pub(crate) fn take_news(&mut self) -> Option<Self> {
        std::mem::take(&mut self.dirty).then(|| self.clone())
    }

    /// Notes that it could not be written.
    pub(crate) fn keep_news(&mut self) {
        self.dirty = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(calls: u32) -> Taken {
        Taken { calls, ..Taken::default() }
    }

    #[test]
    fn the_higher_figure_stands_for_each_account_and_day() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db.mark");
        assert_eq!(Mark::read(&path).unwrap(), Mark::default());
        let (today, at) = (jiff::civil::date(2025, 12, 30), Timestamp::from_second(1_767_074_400).unwrap());
        let mut mark = Mark::default();
        mark.note("A", today, taken(5), at);
        mark.note("A", today, taken(3), at);
        mark.note("B", today, taken(1), at);
        mark.take_news().unwrap().write(&path).unwrap();
        assert_eq!(mark.take_news(), None);

        let read = Mark::read(&path).unwrap();
        assert_eq!((read.of("A", today), read.of("B", today)), (taken(5), taken(1)));
        assert_eq!(read.of("A", today.tomorrow().unwrap()), Taken::default());
        assert!(read.is_after(None) && !read.is_after(Some(at)));
        let mut own = Mark::default();
        own.note("A", today, taken(7), at);
        own.learn(read);
        assert_eq!((own.of("A", today), own.of("B", today)), (taken(7), taken(1)));
        std::fs::write(&path, "half a").unwrap();
        assert!(Mark::read(&path).is_err());
    }

    #[test]
    fn it_stays_small() {
        let mut mark = Mark::default();
        for day in 1..=28 {
            mark.note("A", jiff::civil::date(2026, 2, day), taken(1), Timestamp::UNIX_EPOCH);
        }
        assert_eq!(mark.counts.len(), MOST_COUNTS);
        assert_eq!(mark.of("A", jiff::civil::date(2026, 2, 28)), taken(1));
    }
}
