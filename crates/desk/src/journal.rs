//! The records as the desk writes them: attempts, the day's count and quotes. They are kept even if the
//! database fails for a while: no price waits long for a failing database, and none is lost because of it.

use std::sync::Arc;
use std::time::Duration;

use domain::{CatalogueItem, UTC8};
use jiff::Timestamp;
use jiff::civil::Time;
use provider::Identity;
use records::{
    Activity, Begin, Begun, Entry, InstanceId, NewComparison, Outcome, Records, RecordsError, Row, Span,
    Taken,
};
use tokio::time::{sleep, timeout};
use tokio_util::task::TaskTracker;

use crate::call_context::CallContext;
use crate::day_quota::{DayQuota, NoCall, Uncounted, day};
use crate::health::Health;
use crate::key::Key;
use crate::metrics::Metrics;
use crate::place::Place;
use crate::place_count::Ended;
use crate::question::Question;
use crate::writer::Writer;

/// How long each step of the shutdown waits for the database.
const FAREWELL: Duration = Duration::from_secs(1);
/// How often the database's files are checked.
const LOOK: Duration = Duration::from_secs(1);

/// Reads and writes the records, and skips operations while the database fails.
pub(crate) struct Journal {
    records: Records,
    /// Breakers for reading and for writing. They are separate, because a database that another process has
    /// locked can still be read.
    reads: Health,
    writes: Health,
    writer: Writer,
    metrics: Arc<Metrics>,
    /// Outcomes that are being recorded without the writer.
    ending: TaskTracker,
}

/// An attempt that is counted and may be made.
pub(crate) struct Reserved {
    begun: Begun,
    /// Its row in the records; `None` if it could not be written.
    row: Option<Row>,
    taken: Taken,
}

impl Journal {
    /// Writes to `records`.
    pub(crate) fn new(records: Records, metrics: Arc<Metrics>) -> Self {
        let (reads, writes) = (Health::new(Arc::clone(&metrics)), Health::new(Arc::clone(&metrics)));
        let writer = Writer::new(records.clone(), writes.clone(), Arc::clone(&metrics));
        let ending = TaskTracker::new();
        // Only what is closed can be waited for; a closed one takes further tasks.
        ending.close();
        Self { records, reads, writes, writer, metrics, ending }
    }

    /// Counts an attempt in the day's quota of its account and records it, both before it is made. The day is
    /// that of `at` in UTC+8. While the database fails, `quota` decides from what it knows, or from what is held back.
    ///
    /// # Errors
    /// [`NoCall`] if the attempt may not be made.
    pub(crate) async fn reserve(
        &self,
        quota: &DayQuota,
        context: &CallContext,
        of: &Identity,
        at: Timestamp,
        question: &Question,
        attempt: u32,
    ) -> Result<Reserved, NoCall> {
        let searches = question.searches();
        let Question { call, parameters, spends, .. } = question.clone();
        let account = &of.account;
        let (merchant, provider) = (context.merchant.clone(), Some(of.name.as_str().into()));
        let app_id = Arc::clone(account);
        let advance = None;
        let begun =
            Begun { app_id, at, call, attempt, parameters, spends, searches, merchant, provider, advance };
        let day = begun.day();
        let known = quota.taken(account, day).unwrap_or_default();
        let begin = async {
            // A server adds attempts that it did not count to those that it did. So they are written first: `known`
            // may contain them.
            if self.records.are_on_a_server() && self.writer.is_behind() {
                let why = "earlier attempts still wait to be written".to_owned();
                return Err(RecordsError::Resting("behind", why));
            }
            self.records.begin(&begun, quota.allowance().of(context.priority), known).await
        };
        let written = self.writes.try_to("record an attempt", begin).await;
        self.writer.sync_soon();
        if written.is_err() && quota.taken(account, day).is_none() {
            // A database that cannot be written may still be readable.
            self.look_up(quota, account, at).await;
        }
        match written {
            Ok(Begin::Made(row, taken)) => {
                quota.learn(account, day, taken);
                Ok(Reserved { begun, row: Some(row), taken })
            }
            Ok(Begin::UsedUp(taken)) => {
                quota.learn(account, day, taken);
                self.reserve_last(quota, context, begun).await
            }
            Err(_) => {
                let Uncounted { taken, advance } = quota.take(&begun, context.priority)?;
                Ok(Reserved { begun: Begun { advance, ..begun }, row: None, taken })
            }
        }
    }

    /// Counts and records an attempt with the help of this instance's own advance, since otherwise too little remains.
    ///
    /// # Errors
    /// [`NoCall`] if the attempt may not be made.
    async fn reserve_last(
        &self,
        quota: &DayQuota,
        context: &CallContext,
        begun: Begun,
    ) -> Result<Reserved, NoCall> {
        let (account, day) = (&begun.app_id, begun.day());
        let Some((holder, lent)) = quota.lend(&begun) else { return Err(NoCall::UsedUp) };
        let most = quota.allowance().of(context.priority);
        let known = quota.taken(account, day).unwrap_or_default();
        let begin = self.records.begin_from_advance(&begun, most, known, holder, lent);
        match self.writes.try_to("record an attempt", begin).await {
            Ok(Begin::Made(row, taken)) => {
                quota.learn(account, day, taken);
                Ok(Reserved { begun, row: Some(row), taken })
            }
            Ok(Begin::UsedUp(taken)) => {
                quota.lent_in_vain(&begun, lent);
                quota.learn(account, day, taken);
                Err(NoCall::UsedUp)
            }
            // It may have been counted even so, and what was lent may be gone.
            Err(_) => Err(NoCall::CountUnknown),
        }
    }

    /// Gives the place of an attempt back, and records how the attempt ended, without waiting for the database: the
    /// attempt's beginning is already recorded.
    pub(crate) fn ended(self: &Arc<Self>, place: Place, reserved: Reserved, outcome: Outcome) {
        let Some(row) = reserved.row else {
            drop(place);
            return self.write_end(reserved, outcome);
        };
        let (own, token, later) = (Arc::clone(self), self.ending.token(), outcome.clone());
        let unwritten = Box::new(move || {
            own.write_end(reserved, later);
            drop(token);
        });
        if let Some(Ended { unwritten, .. }) = place.end(Ended { row, outcome, unwritten }) {
            unwritten();
        }
    }

    fn write_end(&self, reserved: Reserved, outcome: Outcome) {
        let Reserved { begun, row, taken } = reserved;
        self.writer.take(match row {
            Some(row) => Entry::Ended(row, begun, taken, outcome),
            None => Entry::Made(begun, taken, outcome),
        });
    }

    /// Records that an attempt never left this machine, and returns to the quota what was counted for it.
    pub(crate) fn never_left(&self, quota: &DayQuota, reserved: Reserved, outcome: Outcome) {
        let Reserved { begun, row, taken } = reserved;
        quota.give_back(&begun);
        self.writer.take(Entry::NeverLeft { begun, row, taken, outcome });
    }

    /// Records a quote; see [`Entry::Quoted`]. If it `waits`, or if much waits to be written already, this returns once
    /// the quote is written or the database has refused it.
    pub(crate) async fn quoted(&self, entry: Entry, waits: bool) {
        if !waits && self.writer.has_room() {
            return self.writer.take(entry);
        }
        let entries = [entry];
        let written = self.writes.try_to("record a quote", self.records.write(&entries)).await;
        let [entry] = entries;
        match written {
            Ok(()) => self.writer.sync_soon(),
            Err(_) => self.writer.take_refused(entry),
        }
    }

    /// Records what a search found, without waiting for the database.
    pub(crate) fn found(&self, key: Key, provider: Key, items: Arc<[CatalogueItem]>, at: Timestamp) {
        self.writer.take(Entry::Found { key: *key, provider: *provider, items, at });
    }

    /// Runs `read` on the records, unless the last read failed a moment ago.
    pub(crate) async fn look_for<T>(
        &self,
        read: impl AsyncFnOnce(&Records) -> Result<Option<T>, RecordsError>,
    ) -> Result<Option<T>, RecordsError> {
        self.reads.try_to("read", read(&self.records)).await
    }

    /// The metrics of recording.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Records a comparison. Without it a price's page shows that price alone, so a failure is only logged.
    pub(crate) async fn compared(&self, comparison: NewComparison<'_>) {
        let written = self.records.note_comparison(comparison);
        // Both are logged where they are counted.
        let _ = self.writes.try_to("record a comparison", written).await;
    }

    /// The records themselves.
    pub(crate) fn records(&self) -> &Records {
        &self.records
    }

    /// A summary of the attempts of the day in UTC+8, until now.
    pub(crate) async fn activity(&self, now: Timestamp) -> Result<Activity, RecordsError> {
        let midnight = UTC8.to_datetime(now).date().to_datetime(Time::midnight());
        let span = Span { from: UTC8.to_timestamp(midnight).unwrap_or(now), to: Timestamp::MAX };
        self.reads.try_to("sum up the day", self.records.activity(span)).await
    }

    /// Updates `quota` with the number of calls of `account` that the database counted on the day of `now`.
    pub(crate) async fn look_up(&self, quota: &DayQuota, account: &Arc<str>, now: Timestamp) {
        let day = day(now);
        if let Ok(taken) = self.reads.try_to("count", self.records.taken(account, day)).await {
            quota.learn(account, day, taken);
        }
    }

    /// How many entries wait in memory for the database.
    pub(crate) fn unwritten(&self) -> usize {
        self.writer.unwritten()
    }

    /// Waits until all entries so far are written, however long that takes.
    pub(crate) async fn all_written(&self) {
        self.ending.wait().await;
        self.writer.all_written().await;
    }

    /// Whether the last read or write failed, or entries still wait to be written.
    pub(crate) fn is_failing(&self) -> bool {
        self.reads.is_failing() || self.writes.is_failing() || self.writer.is_behind()
    }

    /// Checks with a trial write at `now` that what happens now is recorded.
    ///
    /// # Errors
    /// [`RecordsError`] if it is not.
    pub(crate) async fn ready(&self, now: Timestamp) -> Result<(), RecordsError> {
        if let Some(error) = self.writes.resting() {
            return Err(error);
        }
        self.writes.try_to("take a trial write", self.records.try_write(now)).await?;
        if self.writer.is_behind() {
            return Err(RecordsError::Resting("behind", "records still wait to be written".to_owned()));
        }
        Ok(())
    }

    /// Checks the database's files for as long as the process runs, and repairs what it can.
    pub(crate) async fn look_after(&self) {
        loop {
            sleep(LOOK).await;
            if let Err(error) = self.records.look_after().await {
                tracing::error!(%error, "the database's files cannot be looked after");
                sleep(LOOK * 4).await;
            }
        }
    }

    /// Writes all entries, if that is possible within a few seconds, and closes the database. The other instances
    /// learn that `own` has ended.
    pub(crate) async fn close(&self, own: &InstanceId) {
        // If the database's file was removed, it is written again, so that nothing is lost when this process
        // ends.
        match timeout(FAREWELL, self.records.renew()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "what was recorded cannot be written anew"),
            Err(_) => tracing::error!("what was recorded cannot be written anew in time"),
        }
        if timeout(FAREWELL, self.all_written()).await.is_err() {
            tracing::error!(unwritten = self.unwritten(), "stopped before this could be recorded");
        }
        // This also writes the mark beside the database, by which an older copy of it is recognised.
        if !matches!(timeout(FAREWELL, self.records.sync()).await, Ok(Ok(()))) {
            tracing::error!("what was recorded last may not be on the disk");
        }
        if !matches!(timeout(FAREWELL, self.records.forget_instance(own)).await, Ok(Ok(()))) {
            tracing::debug!("the other instances do not learn at once that this one has ended");
        }
        self.records.close().await;
    }
}

#[cfg(test)]
mod tests {
    use provider::{CallKind, ProviderName};
    use tokio::time::Instant;

    use super::*;
    use crate::call_context::Priority;
    use crate::quota::{Allowance, Known};

    #[tokio::test]
    async fn the_reserve_is_kept_for_shoppers() {
        let folder = tempfile::tempdir().unwrap();
        let records = Records::at(&format!("sqlite://{}/x.db", folder.path().display())).unwrap();
        let allowance = Allowance { daily: 5, reserve: 3, searches: 1 };
        let quota = DayQuota::new(allowance, Known::default(), None);
        let journal = Journal::new(records, Arc::new(Metrics::new()));
        let name = ProviderName::parse("main").unwrap();
        let of = Identity { name, account: "A".into(), protocol: "v2" };
        let take_some = async |priority, spends| {
            let kind = CallKind::Quote;
            let question = Question { kind, call: "x", parameters: "{}".into(), spends };
            let at = Timestamp::UNIX_EPOCH;
            let context =
                CallContext { priority, deadline: Instant::now(), merchant: None, lease: None, turn: None };
            let reserved = journal.reserve(&quota, &context, &of, at, &question, 1).await;
            reserved.ok().map(|reserved| reserved.taken.calls)
        };
        let take = async |priority| take_some(priority, 1).await;
        assert_eq!(take_some(Priority::List, 3).await, None);
        assert_eq!(take(Priority::Background).await, Some(1));
        assert_eq!(take(Priority::Background).await, Some(2));
        assert_eq!(take(Priority::Background).await, None);
        assert_eq!(take(Priority::Shopper).await, Some(3));
        // The same holds while the database fails.
        journal.records.close().await;
        assert_eq!(take(Priority::Background).await, None);
        assert_eq!(take_some(Priority::Shopper, 3).await, None);
        assert_eq!((take(Priority::Shopper).await, take(Priority::Shopper).await), (Some(4), Some(5)));
        assert_eq!(take(Priority::Shopper).await, None);
    }
}
