//! What must be recorded even if the database fails for a while: attempts, the day's count
//! and quotes. Nobody waits long for a database in trouble, and nobody goes without a price
//! for it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::{Quote, UTC8};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use tokio::time::timeout;

use crate::activity::Activity;
use crate::audit::Span;
use crate::entry::{Begun, Entry, Outcome};
use crate::health::Health;
use crate::key::Key;
use crate::meters::Meters;
use crate::partner::Question;
use crate::purpose::Purpose;
use crate::records::{Records, RecordsError};
use crate::writer::Writer;

/// How long the end of the process waits for a database.
const FAREWELL: Duration = Duration::from_secs(1);

/// The calls of a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    /// Calls a day.
    pub(crate) daily: u32,
    /// Of these, calls that only shoppers may take.
    pub(crate) reserve: u32,
}

impl Allowance {
    /// The calls of the day that may be taken for that purpose.
    fn most(self, purpose: Purpose) -> u32 {
        match purpose {
            Purpose::Shopper => self.daily,
            Purpose::Batch | Purpose::Background => self.daily.saturating_sub(self.reserve),
        }
    }
}

/// The records as the desk writes them.
pub(crate) struct Journal {
    records: Records,
    app_id: Arc<str>,
    allowance: Allowance,
    /// Of reading and of writing: a database that another process holds can still be read.
    reads: Health,
    writes: Health,
    writer: Writer,
    /// A day and the calls that were taken of it, as far as this process knows.
    known: Mutex<(Date, u32)>,
}

/// An attempt that may be made.
pub(crate) struct Reserved {
    begun: Begun,
    /// Its row; `None` when it could not be written.
    row: Option<i64>,
    used: u32,
}

impl Journal {
    pub(crate) fn new(records: Records, app_id: &str, allowance: Allowance, meters: Arc<Meters>) -> Self {
        let (reads, writes) = (Health::new(Arc::clone(&meters)), Health::new(Arc::clone(&meters)));
        let writer = Writer::new(records.clone(), writes.clone(), meters);
        let known = Mutex::new((Date::MIN, 0));
        Self { records, app_id: app_id.into(), allowance, reads, writes, writer, known }
    }

    /// Takes what an attempt spends of the day's calls and records it before it is made; `None`
    /// when fewer are left for that purpose. The day is that of `at` in UTC+8. While the
    /// database fails, the count goes on from what was known last.
    pub(crate) async fn reserve(
        &self,
        purpose: Purpose,
        at: Timestamp,
        question: &Question,
        attempt: u32,
    ) -> Option<Reserved> {
        let Question { call, parameters, spends } = question.clone();
        let begun = Begun { app_id: Arc::clone(&self.app_id), at, call, attempt, parameters, spends };
        let (day, most) = (begun.day(), self.allowance.most(purpose));
        let begin = self.records.begin(&begun, most, self.known().of(day));
        let written = self.writes.try_to("record an attempt", begin).await;
        self.writer.sync_soon();
        let mut known = self.known();
        let taken = match written {
            Ok(taken) => taken.map(|(row, used)| (Some(row), used)),
            Err(_) => {
                let used = known.of(day).saturating_add(spends);
                (used <= most).then_some((None, used))
            }
        };
        // Not so many left: others took them, so that many are taken at least.
        let used = taken.map_or((most + 1).saturating_sub(spends), |(_, used)| used);
        // Who began before midnight may come to this after it.
        if day >= known.0 {
            *known = (day, used.max(known.of(day)));
        }
        taken.map(|(row, used)| Reserved { begun, row, used })
    }

    /// Records how an attempt ended. Nobody waits for that: its beginning is recorded.
    pub(crate) fn ended(&self, reserved: Reserved, outcome: Outcome) {
        let Reserved { begun, row, used } = reserved;
        self.writer.take(match row {
            Some(row) => Entry::Ended(row, outcome),
            None => Entry::Made(begun, used, outcome),
        });
    }

    /// Records a quote and, if the partner answered it, what was asked.
    pub(crate) async fn quoted(&self, key: Option<Key>, quote: Arc<Quote>) {
        let entries = [Entry::Quoted(key, quote)];
        let written = self.writes.try_to("record a quote", self.records.write(&entries)).await;
        let [entry] = entries;
        match written {
            Ok(()) => self.writer.sync_soon(),
            Err(_) => self.writer.take(entry),
        }
    }

    /// The quote that `read` finds in the records.
    pub(crate) async fn look_for(
        &self,
        read: impl AsyncFnOnce(&Records) -> Result<Option<Quote>, RecordsError>,
    ) -> Result<Option<Quote>, RecordsError> {
        self.reads.try_to("read a quote", read(&self.records)).await
    }

    /// Calls of the day in UTC+8 that are taken, as far as this process knows, and those that
    /// there are.
    pub(crate) fn taken(&self, now: Timestamp) -> (u32, u32) {
        (self.known().of(UTC8.to_datetime(now).date()), self.allowance.daily)
    }

    /// Calls of the day in UTC+8 that may still be taken for that purpose, as far as this
    /// process knows.
    pub(crate) fn left_for(&self, purpose: Purpose, now: Timestamp) -> u32 {
        let (taken, _) = self.taken(now);
        self.allowance.most(purpose).saturating_sub(taken)
    }

    /// The database itself.
    pub(crate) fn records(&self) -> &Records {
        &self.records
    }

    /// Sums up the attempts of the day in UTC+8, up to now.
    pub(crate) async fn activity(&self, now: Timestamp) -> Result<Activity, RecordsError> {
        let midnight = UTC8.to_datetime(now).date().to_datetime(Time::midnight());
        let span = Span { from: UTC8.to_timestamp(midnight).unwrap_or(now), to: Timestamp::MAX };
        self.reads.try_to("sum up the day", self.records.activity(span)).await
    }

    /// Learns from the database how many calls of the day were taken.
    pub(crate) async fn look_up(&self, now: Timestamp) {
        let day = UTC8.to_datetime(now).date();
        if let Ok(used) = self.reads.try_to("count", self.records.used(&self.app_id, day)).await {
            let mut known = self.known();
            *known = (day, used.max(known.of(day)));
        }
    }

    /// Entries that wait in memory for the database.
    pub(crate) fn unwritten(&self) -> usize {
        self.writer.unwritten()
    }

    /// Waits until everything is written, however long that takes.
    pub(crate) async fn all_written(&self) {
        self.writer.all_written().await;
    }

    /// Whether the database failed the last time that something was read or written, or
    /// something still waits for it.
    pub(crate) fn is_failing(&self) -> bool {
        self.reads.is_failing() || self.writes.is_failing() || self.writer.is_behind()
    }

    /// Whether what happens now is recorded.
    ///
    /// # Errors
    /// [`RecordsError`] when it is not.
    pub(crate) async fn ready(&self) -> Result<(), RecordsError> {
        if self.writes.is_resting() || self.writer.is_behind() {
            return Err(RecordsError::Resting);
        }
        self.reads.try_to("answer", self.records.ping()).await
    }

    /// Waits until all is written, if it can be, and closes the database.
    pub(crate) async fn close(&self) {
        if timeout(FAREWELL, self.all_written()).await.is_err() {
            tracing::error!(unwritten = self.unwritten(), "stopped before this could be recorded");
        }
        self.records.close().await;
    }

    fn known(&self) -> MutexGuard<'_, (Date, u32)> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is known of the calls of a day.
trait Of {
    fn of(&self, day: Date) -> u32;
}

impl Of for (Date, u32) {
    fn of(&self, day: Date) -> u32 {
        if self.0 == day { self.1 } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_reserve_is_kept_for_shoppers() {
        let folder = tempfile::tempdir().unwrap();
        let records = Records::at(&format!("sqlite://{}/x.db", folder.path().display())).unwrap();
        let allowance = Allowance { daily: 5, reserve: 3 };
        let journal = Journal::new(records, "A", allowance, Arc::new(Meters::new()));
        let take_some = async |purpose, spends| {
            let question = Question { call: "x", parameters: "{}".into(), spends };
            let reserved = journal.reserve(purpose, Timestamp::UNIX_EPOCH, &question, 1).await;
            reserved.map(|reserved| reserved.used)
        };
        let take = async |purpose| take_some(purpose, 1).await;
        assert_eq!(take_some(Purpose::Batch, 3).await, None);
        assert_eq!(take(Purpose::Background).await, Some(1));
        assert_eq!(take(Purpose::Background).await, Some(2));
        assert_eq!(take(Purpose::Background).await, None);
        assert_eq!(take(Purpose::Shopper).await, Some(3));
        // So it is while the database fails.
        journal.records.close().await;
        assert_eq!(take(Purpose::Background).await, None);
        assert_eq!(take_some(Purpose::Shopper, 3).await, None);
        assert_eq!((take(Purpose::Shopper).await, take(Purpose::Shopper).await), (Some(4), Some(5)));
        assert_eq!(take(Purpose::Shopper).await, None);
    }
}
