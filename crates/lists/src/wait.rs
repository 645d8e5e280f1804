//! How a list waits: for the quota, for a partner that is down, and for the signal to stop.

use std::time::Duration;

use domain::Moment;
use jiff::{SignedDuration, Timestamp};
use records::BatchState;
use tokio::sync::watch;
use tokio::time::sleep;

use crate::error::ListError;
use crate::progress::Phase;
use crate::run::Run;

/// How often a running list checks whether another process stopped it.
const LOOK: Duration = Duration::from_secs(1);

impl Run<'_> {
    /// Waits until the list must stop: `stop` is true, or another process cancelled, paused or deleted the
    /// list. A list that was paused when its run began, as one that the command line runs, does not stop for
    /// that.
    ///
    /// # Errors
    /// [`ListError::Cancelled`] or [`ListError::NotFound`] if another process cancelled or deleted the list.
    pub(crate) async fn until_told(
        &self,
        mut stop: watch::Receiver<bool>,
        mut state: BatchState,
    ) -> Result<(), ListError> {
        loop {
            tokio::select! {
                () = sleep(LOOK) => {}
                () = holds(&mut stop) => return Ok(()),
            }
            // While the records cannot be read, the state counts as unchanged.
            let Ok(batch) = self.quoter.records().batch(self.id).await else { continue };
            let now = batch.ok_or(ListError::NotFound)?.state;
            match (state, now) {
                (_, BatchState::Cancelled) => return Err(ListError::Cancelled),
                (BatchState::Open, BatchState::Paused) => return Ok(()),
                _ => state = now,
            }
        }
    }

    /// Waits until calls may begin: at once, unless the lease has ended. Returns `false` if the run must stop.
    pub(crate) async fn may_go_on(&self) -> bool {
        let mut stop = self.stop.clone();
        tokio::select! {
            biased;
            () = holds(&mut stop) => false,
            () = self.lease.live() => true,
        }
    }

    /// Waits for `pause`, or until the partner, which is down, answers another caller's call.
    pub(crate) async fn wait_for_partner(&self, pause: Duration) {
        let pause_signed = SignedDuration::try_from(pause).unwrap_or(SignedDuration::ZERO);
        let until = self.quoter.now().saturating_add(pause_signed).unwrap_or(Timestamp::MAX);
        self.tell(Phase::WaitsForPartner { until: Moment::new(until) });
        tokio::select! {
            () = self.wait(pause) => {}
            () = self.quoter.recovered() => {}
        }
    }

    /// Waits until `until` in short steps, so that the end is not missed if the machine sleeps or its clock
    /// is set.
    pub(crate) async fn wait_until(&self, until: Moment) {
        while self.quoter.now() < until.timestamp() && !self.is_stopped() {
            self.wait(self.rest).await;
        }
    }

    /// Waits for `time`, or until the run is told to stop.
    pub(crate) async fn wait(&self, time: Duration) {
        let mut stop = self.stop.clone();
        tokio::select! {
            () = sleep(time) => {}
            () = holds(&mut stop) => {}
        }
    }
}

/// Waits until `stop` is true. If its sender is gone it can no longer change, so this then never
/// returns.
async fn holds(stop: &mut watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
}
