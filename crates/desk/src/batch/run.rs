//! A batch at work: round after round over the devices that nothing is known of yet, until
//! there are none. The records say which those are, so it can be cut off at any moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::Moment;
use futures::{StreamExt, stream};
use jiff::Timestamp;
use parking_lot::{Mutex, MutexGuard};
use records::{BatchId, BatchState, OpenDevice, RecordsError};
use tokio::sync::watch;

use super::judge::{Ended, Round};
use super::{Phase, Progress};
use crate::desk::{Desk, Inner};

/// A pause is at most so many times the first.
const LONGEST_PAUSE: u32 = 32;

/// Why a batch cannot go on. What is known of it stays known.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// There is no such batch.
    #[error("there is no such batch")]
    NotFound,
    /// The partner refuses the account, and not just one device.
    #[error("the partner refuses this account's calls; the log names the cause")]
    Refused,
    /// It was cancelled, here or by another process.
    #[error("the list was cancelled")]
    Cancelled,
    /// The records cannot be read or written.
    #[error(transparent)]
    Records(#[from] RecordsError),
}

/// Why a round ends early.
#[derive(Clone, Copy, Debug)]
pub(super) enum Halt {
    /// The quota is used up until then.
    Quota(Moment),
    /// Calls are kept away from a partner that is down.
    Down,
    /// The partner answered for none of many devices.
    Silent,
    /// Calls are kept away from a partner that refuses the account.
    Latched,
    /// So many refusals in a row are the account's.
    Refused,
}

pub(super) struct Run<'a> {
    pub(super) inner: &'a Arc<Inner>,
    pub(super) id: BatchId,
    /// When the batch came: prices from then on are the batch's own.
    pub(super) since: Timestamp,
    /// Whether it asks for several devices in one call.
    pub(super) together: AtomicBool,
    /// Whether that was answered.
    pub(super) proven: AtomicBool,
    pub(super) progress: &'a watch::Sender<Progress>,
    pub(super) stop: watch::Receiver<bool>,
    round: Mutex<Round>,
}

impl Desk {
    /// Quotes what is open of a batch, and tells of it in `progress`, until all is known or
    /// `stop` holds true; calls that are under way then still count.
    ///
    /// It waits by itself for the quota's reset and for a partner that is down. Where another process
    /// cancels, pauses or deletes the batch, it notices within a second and begins no more calls; it
    /// ends when those under way have, which may take 30 seconds. To begin a run means that an account
    /// that was refused may be in order again: the next call finds out at once.
    ///
    /// # Errors
    /// [`BatchError`]; it can be run again.
    pub async fn run_batch(
        &self,
        id: BatchId,
        progress: &watch::Sender<Progress>,
        stop: watch::Receiver<bool>,
    ) -> Result<(), BatchError> {
        let inner = self.inner();
        let records = inner.partner.journal.records();
        let batch = records.batch(id).await?.ok_or(BatchError::NotFound)?;
        if batch.state == BatchState::Cancelled {
            return Err(BatchError::Cancelled);
        }
        progress.send_replace(Progress { counts: batch.counts, phase: Phase::Asking });
        inner.partner.admission.let_one_try((inner.deps.uptime)());
        let round = Mutex::default();
        let (since, together) = (batch.created_at.timestamp(), inner.partner.many().is_some().into());
        let (tell_stop, stopped) = watch::channel(*stop.borrow());
        let run =
            Run { inner, id, since, together, proven: AtomicBool::default(), progress, stop: stopped, round };
        let told = run.until_told(stop, batch.state);
        let work = run.to_the_end();
        tokio::pin!(told, work);
        let done = tokio::select! {
            done = &mut work => done,
            why = &mut told => {
                tell_stop.send_replace(true);
                work.await.and(why)
            }
        };
        run.tell(Phase::Ended);
        done
    }
}

impl Run<'_> {
    async fn to_the_end(&self) -> Result<(), BatchError> {
        let records = self.inner.partner.journal.records();
        let rest = self.inner.settings.batch_rest;
        let mut pause = rest;
        loop {
            let mut open = records.open_devices(self.id).await?;
            // While the partner is down, a round makes one call: the device that was asked for least
            // comes first, so that one which the partner fails on does not stand for all.
            open.sort_by_key(|it| self.round().turns.get(&it.device).copied().unwrap_or_default());
            if open.is_empty() {
                records.set_batch_state(self.id, BatchState::Done).await?;
                return Ok(());
            }
            self.tell(Phase::Asking);
            // Shoppers come first: no more devices ask than there are permits for others.
            if self.together.load(Ordering::Relaxed) {
                self.quote_together(open).await;
            } else {
                let most = self.inner.partner.limiter.other_permits();
                stream::iter(open).for_each_concurrent(most, |device| self.quote(device)).await;
            }
            if self.is_stopped() {
                return Ok(());
            }
            let Ended { halt, fruitful, at_once } = self.end_round().await;
            pause = if fruitful { rest } else { (pause * 2).min(rest * LONGEST_PAUSE) };
            match halt {
                // The cause was gone again before the round ended.
                Some(Halt::Latched) if !self.is_refused() => {}
                Some(Halt::Down) if !self.inner.partner.breaker_open() => {}
                Some(Halt::Latched | Halt::Refused) => return Err(BatchError::Refused),
                Some(Halt::Quota(until)) => {
                    self.tell(Phase::WaitsForQuota { until });
                    self.wait_until(until).await;
                }
                Some(Halt::Down | Halt::Silent) => self.wait_for_partner(pause).await,
                None if at_once => {}
                // Some found it out of order, others did not.
                None if !records.open_devices(self.id).await?.is_empty() => {
                    self.wait_for_partner(pause).await;
                }
                None => {}
            }
            if self.is_stopped() {
                return Ok(());
            }
        }
    }

    async fn quote(&self, OpenDevice { device, request }: OpenDevice) {
        // All batches share the permits.
        let Ok(_permit) = self.inner.batch_permits.acquire().await else { return };
        if self.is_stopped() || self.round().halt.is_some() {
            return;
        }
        let before = self.mark();
        let (answer, asked) = self.inner.price_for_batch(request, self.since).await;
        self.judge(device, answer, asked.then_some(before)).await;
    }

    pub(super) fn is_stopped(&self) -> bool {
        *self.stop.borrow()
    }

    pub(super) fn halt(&self, halt: Halt) {
        self.round().halt.get_or_insert(halt);
    }

    pub(super) fn tell(&self, phase: Phase) {
        self.progress.send_modify(|progress| progress.phase = phase);
    }

    pub(super) fn round(&self) -> MutexGuard<'_, Round> {
        self.round.lock()
    }
}
