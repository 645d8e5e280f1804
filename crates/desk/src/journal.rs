//! What must be recorded even if the database fails for a while: attempts, the day's count
//! and quotes. Nobody waits long for a database in trouble, and nobody goes without a price
//! for it.

use std::sync::Arc;
use std::time::Duration;

use domain::{CatalogueItem, Quote, UTC8};
use jiff::Timestamp;
use jiff::civil::Time;
use provider::Identity;
use records::{Activity, Begin, Begun, Entry, Origin, Outcome, Records, RecordsError, Row, Span, Taken};
use tokio::time::{sleep, timeout};

use crate::call_context::CallContext;
use crate::day_quota::{DayQuota, NoCall};
use crate::health::Health;
use crate::key::Key;
use crate::meters::Meters;
use crate::question::Question;
use crate::writer::Writer;

/// How long the end of the process waits for a database.
const FAREWELL: Duration = Duration::from_secs(1);
/// How often the database's files are looked at.
const LOOK: Duration = Duration::from_secs(1);

/// The records as the desk writes them.
pub(crate) struct Journal {
    records: Records,
    /// Of reading and of writing: a database that another process holds can still be read.
    reads: Health,
    writes: Health,
    writer: Writer,
}

/// An attempt that may be made.
pub(crate) struct Reserved {
    begun: Begun,
    /// Its row; `None` when it could not be written.
    row: Option<Row>,
    taken: Taken,
}

impl Journal {
    /// Writes to `records`.
    pub(crate) fn new(records: Records, meters: Arc<Meters>) -> Self {
        let (reads, writes) = (Health::new(Arc::clone(&meters)), Health::new(Arc::clone(&meters)));
        let writer = Writer::new(records.clone(), writes.clone(), meters);
        Self { records, reads, writes, writer }
    }

    /// Takes what an attempt spends of the day's calls of that account and records it before it is made;
    /// the day is that of `at` in UTC+8. While the database fails, the count goes on from what `quota`
    /// knew last.
    ///
    /// # Errors
    /// [`NoCall`] says why it may not be made.
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
        let begun = Begun { app_id, at, call, attempt, parameters, spends, searches, merchant, provider };
        let day = begun.day();
        let known = quota.taken(account, day).unwrap_or_default();
        let begin = self.records.begin(&begun, quota.allowance().of(context.priority), known);
        let written = self.writes.try_to("record an attempt", begin).await;
        self.writer.sync_soon();
        if written.is_err() && quota.taken(account, day).is_none() {
            // What cannot be written to may be readable.
            self.look_up(quota, account, at).await;
        }
        let (row, taken) = match written {
            Ok(Begin::Made(row, taken)) => {
                quota.learn(account, day, taken);
                (Some(row), taken)
            }
            Ok(Begin::UsedUp(taken)) => {
                quota.learn(account, day, taken);
                return Err(NoCall::UsedUp);
            }
            Err(_) => (None, quota.take(&begun, context.priority)?),
        };
        Ok(Reserved { begun, row, taken })
    }

    /// Records how an attempt ended. Nobody waits for that: its beginning is recorded.
    pub(crate) fn ended(&self, reserved: Reserved, outcome: Outcome) {
        let Reserved { begun, row, taken } = reserved;
        self.writer.take(match row {
            Some(row) => Entry::Ended(row, begun, taken, outcome),
            None => Entry::Made(begun, taken, outcome),
        });
    }

    /// Records that an attempt never left this machine, and gives back what was taken for it.
    pub(crate) fn never_left(&self, quota: &DayQuota, reserved: Reserved, outcome: Outcome) {
        let Reserved { begun, row, taken } = reserved;
        quota.give_back(&begun);
        self.writer.take(Entry::NeverLeft { begun, row, taken, outcome });
    }

    /// Records a quote of the provider `of`; see [`Entry::Quoted`].
    pub(crate) async fn quoted(
        &self,
        of: &Identity,
        merchant: Option<Arc<str>>,
        key: Option<Key>,
        quote: Arc<Quote>,
        confirmed: Option<Box<str>>,
    ) {
        let origin = Origin {
            merchant,
            provider: Some(of.name.as_str().into()),
            account: Some(Arc::clone(&of.account)),
        };
        let entries = [Entry::Quoted { key: key.map(|key| *key), quote, confirmed, origin }];
        let written = self.writes.try_to("record a quote", self.records.write(&entries)).await;
        let [entry] = entries;
        match written {
            Ok(()) => self.writer.sync_soon(),
            Err(_) => self.writer.take_refused(entry),
        }
    }

    /// Records what a search found. Nobody waits for that: the answer is known.
    pub(crate) fn found(&self, key: Key, items: Arc<[CatalogueItem]>, at: Timestamp) {
        self.writer.take(Entry::Found(*key, items, at));
    }

    /// What `read` finds in the records.
    pub(crate) async fn look_for<T>(
        &self,
        read: impl AsyncFnOnce(&Records) -> Result<Option<T>, RecordsError>,
    ) -> Result<Option<T>, RecordsError> {
        self.reads.try_to("read", read(&self.records)).await
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

    /// Lets `quota` learn from the database how many calls of `account` of the day were taken.
    pub(crate) async fn look_up(&self, quota: &DayQuota, account: &Arc<str>, now: Timestamp) {
        let day = UTC8.to_datetime(now).date();
        if let Ok(taken) = self.reads.try_to("count", self.records.taken(account, day)).await {
            quota.learn(account, day, taken);
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

    /// Whether what happens now is recorded, as far as a trial write at `now` tells.
    ///
    /// # Errors
    /// [`RecordsError`] when it is not.
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

    /// Looks after the database's files for as long as the process runs.
    pub(crate) async fn look_after(&self) {
        loop {
            sleep(LOOK).await;
            if let Err(error) = self.records.look_after().await {
                tracing::error!(%error, "the database's files cannot be looked after");
                sleep(LOOK * 4).await;
            }
        }
    }

    /// Waits until all is written, if it can be, and closes the database.
    pub(crate) async fn close(&self) {
        // A file that was removed is written anew, so that nothing is lost with this process.
        match timeout(FAREWELL, self.records.renew()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "what was recorded cannot be written anew"),
            Err(_) => tracing::error!("what was recorded cannot be written anew in time"),
        }
        if timeout(FAREWELL, self.all_written()).await.is_err() {
            tracing::error!(unwritten = self.unwritten(), "stopped before this could be recorded");
        }
        // With the mark beside the database, which an older copy is held against.
        if !matches!(timeout(FAREWELL, self.records.sync()).await, Ok(Ok(()))) {
            tracing::error!("what was recorded last may not be on the disk");
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
        let quota = DayQuota::new(allowance, Known::default());
        let journal = Journal::new(records, Arc::new(Meters::new()));
        let name = ProviderName::parse("main").unwrap();
        let of = Identity { name, account: "A".into(), protocol: "v2" };
        let take_some = async |priority, spends| {
            let kind = CallKind::Quote;
            let question = Question { kind, call: "x", parameters: "{}".into(), spends };
            let at = Timestamp::UNIX_EPOCH;
            let context = CallContext { priority, deadline: Instant::now(), merchant: None };
            let reserved = journal.reserve(&quota, &context, &of, at, &question, 1).await;
            reserved.ok().map(|reserved| reserved.taken.calls)
        };
        let take = async |priority| take_some(priority, 1).await;
        assert_eq!(take_some(Priority::List, 3).await, None);
        assert_eq!(take(Priority::Background).await, Some(1));
        assert_eq!(take(Priority::Background).await, Some(2));
        assert_eq!(take(Priority::Background).await, None);
        assert_eq!(take(Priority::Shopper).await, Some(3));
        // So it is while the database fails.
        journal.records.close().await;
        assert_eq!(take(Priority::Background).await, None);
        assert_eq!(take_some(Priority::Shopper, 3).await, None);
        assert_eq!((take(Priority::Shopper).await, take(Priority::Shopper).await), (Some(4), Some(5)));
        assert_eq!(take(Priority::Shopper).await, None);
    }
}
