//! The desk's records: the day's count, whether recording works, and what is deleted when.

use jiff::SignedDuration;
use records::{Activity, RecordsError};

use crate::deletion::{Due, due};
use crate::desk::Desk;

impl Desk {
    /// The calls to the partner today, in UTC+8.
    ///
    /// # Errors
    /// [`RecordsError`] if the records cannot be read.
    pub async fn today(&self) -> Result<Activity, RecordsError> {
        self.partner().journal.activity(self.partner().now()).await
    }

    /// Reads from the records how many of today's calls were used before this process began.
    pub async fn look_up_quota(&self) {
        let partner = self.partner();
        partner.look_up_quota().await;
    }

    /// Checks with a trial write that what happens now is recorded.
    ///
    /// # Errors
    /// [`RecordsError`] if it is not.
    pub async fn ready(&self) -> Result<(), RecordsError> {
        self.partner().journal.ready(self.now()).await?;
        if !self.knows_the_count() {
            self.look_up_quota().await;
        }
        Ok(())
    }

    /// Whether the records say how many calls were used today. Otherwise no call is made, since it might
    /// exceed the quota.
    pub fn knows_the_count(&self) -> bool {
        self.partner().spent().is_some()
    }

    /// Maintains the records for as long as the process runs: limits the size of their log, and writes the
    /// database again if its file was removed or replaced.
    pub async fn look_after_records(&self) {
        self.partner().journal.look_after().await;
    }

    /// Deletes records that are older than `kept`, by the clock that is farthest behind: this machine's, the
    /// partner's or the records' own. See [`Due`].
    ///
    /// # Errors
    /// [`RecordsError`] if they cannot be deleted.
    pub async fn purge(&self, kept: SignedDuration) -> Result<Due, RecordsError> {
        let partner = self.partner();
        let records = partner.journal.records();
        let machine = (self.inner().deps.clock)();
        // A sandbox uses this machine's clock, and so does a provider that is not called over the network.
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

    /// Waits until everything so far is recorded, also while the database fails.
    pub async fn all_recorded(&self) {
        self.partner().journal.all_written().await;
    }

    /// Writes the entries that still wait, if that is possible within a few seconds, and closes the records.
    pub async fn close(&self) {
        self.partner().give_advances_back().await;
        self.partner().journal.close(self.instance()).await;
    }
}
