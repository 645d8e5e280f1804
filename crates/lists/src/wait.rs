//! How a list waits: for the quota, for a partner that is down, and for being told to stop.

use std::time::Duration;

use domain::Moment;
use jiff::{SignedDuration, Timestamp};
use records::BatchState;
use tokio::sync::watch;
use tokio::time::sleep;

use crate::error::ListError;
use crate::progress::Phase;
use crate::run::Run;

/// How often a running list looks whether another process stopped it.
const LOOK: Duration = Duration::from_secs(1);

impl Run<'_> {
    /// Waits until the list is to stop: `stop` holds true, or another process cancelled, paused or
    /// deleted it. One that began paused, as at the command line, is not stopped for that.
    ///
    /// # Errors
    /// [`ListError`] that says why, if the caller does not know.
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
            // Records that cannot be read say nothing.
            let Ok(batch) = self.quoter.records().batch(self.id).await else { continue };
            let now = batch.ok_or(ListError::NotFound)?.state;
            match (state, now) {
                (_, BatchState::Cancelled) => return Err(ListError::Cancelled),
                (BatchState::Open, BatchState::Paused) => return Ok(()),
                _ => state = now,
            }
        }
    }

    /// Waits for that time, or until the partner, which is down, answers a call of others.
    pub(crate) async fn wait_for_partner(&self, pause: Duration) {
        let pause_signed = SignedDuration::try_from(pause).unwrap_or(SignedDuration::ZERO);
        let until = self.quoter.now().saturating_add(pause_signed).unwrap_or(Timestamp::MAX);
        self.tell(Phase::WaitsForPartner { until: Moment::new(until) });
        tokio::select! {
            () = self.wait(pause) => {}
            () = self.quoter.recovered() => {}
        }
    }

    /// Waits in pieces: a machine that sleeps, or whose clock is set, must not miss it.
    pub(crate) async fn wait_until(&self, until: Moment) {
        while self.quoter.now() < until.timestamp() && !self.is_stopped() {
            self.wait(self.rest).await;
        }
    }

    /// Waits for that time, or until it is told to stop.
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
