//! What the desk keeps: the day's count, whether what happens is recorded, and until when.

use jiff::SignedDuration;
use records::{Activity, RecordsError};

use crate::deletion::{Due, due};
use crate::desk::Desk;

impl Desk {
    /// What was asked of the partner today, in UTC+8.
    ///
    /// # Errors
    /// [`RecordsError`] when the records cannot be read.
    pub async fn today(&self) -> Result<Activity, RecordsError> {
        self.partner().journal.activity(self.partner().now()).await
    }

    /// Learns from the records what was spent of today's quota before this process began.
    pub async fn look_up_quota(&self) {
        let partner = self.partner();
        partner.look_up_quota().await;
    }

    /// Whether what happens now is recorded, as far as a trial write tells.
    ///
    /// # Errors
    /// [`RecordsError`] when it is not.
    pub async fn ready(&self) -> Result<(), RecordsError> {
        self.partner().journal.ready(self.now()).await?;
        if !self.knows_the_count() {
            self.look_up_quota().await;
        }
        Ok(())
    }

    /// Whether calls can be made at all, as far as the day's quota is concerned: while the records
    /// do not say how many were made today, none is.
    pub fn knows_the_count(&self) -> bool {
        self.partner().spent().is_some()
    }

    /// Looks after the records for as long as the process runs: bounds their log, and writes anew what
    /// was removed or replaced.
    pub async fn look_after_records(&self) {
        self.partner().journal.look_after().await;
    }

    /// Deletes what was recorded longer than `kept` ago, by the clock that is the farthest behind:
    /// this machine's, the partner's and the records' own. See [`Due`].
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be deleted.
    pub async fn purge(&self, kept: SignedDuration) -> Result<Due, RecordsError> {
        let partner = self.partner();
        let records = partner.journal.records();
        let machine = (self.inner().deps.clock)();
        // A sandbox goes by this machine's clock, and so do prices that are on this machine.
        let by_this_machine = self.is_sandbox() || !partner.provider().capabilities().over_the_net;
        let ahead = partner.clock_ahead_seconds().or(by_this_machine.then_some(0));
        let by_partner = ahead.and_then(|ahead| machine.checked_add(SignedDuration::from_secs(ahead)).ok());
        records.prepare().await?;
        let due = due(machine, by_partner, records.time_by_records(), records.open_for());
        if let Due::By(time, _) = due {
            let deleted = records.purge(time, kept).await?;
            return Ok(Due::By(time, deleted));
        }
        Ok(due)
    }

    /// Waits until everything that happened so far is recorded, for as long as the database
    /// fails.
    pub async fn all_recorded(&self) {
        self.partner().journal.all_written().await;
    }

    /// Writes what could not be written before, as far as it can be now, and closes the
    /// records.
    pub async fn close(&self) {
        self.partner().journal.close().await;
    }
}
