//! A batch at work: round after round over the devices that nothing is known of yet, until
//! there are none. The records say which those are, so it can be cut off at any moment.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::{Failure, Moment, QuoteId};
use futures::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tokio::time::sleep;

use super::doubt::Doubts;
use super::store::OpenDevice;
use super::{BatchId, BatchState, Phase, Progress};
use crate::desk::{Desk, Inner, Priced};
use crate::gate::PLACES;
use crate::purpose::Purpose;
use crate::records::RecordsError;

/// Rounds in which a device may find the partner out of order.
const MOST_TRIES: u32 = 3;
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
    /// The account is refused.
    Refused,
}

pub(super) struct Run<'a> {
    pub(super) inner: &'a Arc<Inner>,
    id: BatchId,
    /// When the batch came: prices from then on are the batch's own.
    pub(super) since: Timestamp,
    /// Whether it asks for several devices in one call.
    pub(super) together: AtomicBool,
    /// Whether that was answered.
    pub(super) proven: AtomicBool,
    progress: &'a watch::Sender<Progress>,
    stop: watch::Receiver<bool>,
    round: Mutex<Round>,
}

#[derive(Default)]
pub(super) struct Round {
    pub(super) halt: Option<Halt>,
    doubts: Doubts<(u32, Failure)>,
    /// How often a device found the partner out of order.
    tries: HashMap<u32, u32>,
    /// Whether anything became known.
    fruitful: bool,
    /// Whether the next round may begin at once.
    pub(super) at_once: bool,
}

impl Desk {
    /// Quotes what is open of a batch, and tells of it in `progress`, until all is known or
    /// `stop` holds true; calls that are under way then still count.
    ///
    /// It waits by itself for the quota's reset and for a partner that is down.
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
        progress.send_replace(Progress { counts: batch.counts, phase: Phase::Asking });
        let round = Mutex::default();
        let (since, together) = (batch.created_at.timestamp(), inner.settings.native_batch.into());
        let run = Run { inner, id, since, together, proven: AtomicBool::default(), progress, stop, round };
        let done = run.to_the_end().await;
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
            // While the partner is down, each round lets one device find out: another each time.
            open.sort_by_key(|it| self.round().tries.get(&it.device).copied().unwrap_or_default());
            if open.is_empty() {
                records.set_batch_state(self.id, BatchState::Done).await?;
                return Ok(());
            }
            self.tell(Phase::Asking);
            // Shoppers come first: a place that comes free is theirs before a batch's, since no
            // more devices ask than there are places.
            if self.together.load(Ordering::Relaxed) {
                self.quote_together(open).await;
            } else {
                stream::iter(open).for_each_concurrent(PLACES, |device| self.quote(device)).await;
            }
            if self.is_stopped() {
                return Ok(());
            }
            let Round { halt, doubts, fruitful, at_once, .. } = self.end_round();
            let doubted = if halt.is_none() { doubts } else { Doubts::default() }.clear();
            for (device, failure) in doubted {
                self.settle(device, Err(failure)).await;
            }
            pause = if fruitful { rest } else { (pause * 2).min(rest * LONGEST_PAUSE) };
            match halt {
                Some(Halt::Refused) => return Err(BatchError::Refused),
                Some(Halt::Quota(until)) => {
                    self.tell(Phase::WaitsForQuota { until });
                    self.wait_until(until).await;
                }
                Some(Halt::Down) => self.wait_for_partner(pause).await,
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
        // All batches share the places.
        let Ok(_place) = self.inner.batch_places.acquire().await else { return };
        if self.is_stopped() || self.round().halt.is_some() {
            return;
        }
        let (answer, asked) = self.inner.price_for_batch(request, self.since).await;
        self.judge(device, answer, asked).await;
    }

    /// Notes an answer, or decides what one that does not count means for the round.
    pub(super) async fn judge(&self, device: u32, answer: Priced, asked: bool) {
        match answer {
            Ok(quote) => {
                self.settle(device, Ok(quote.id.clone())).await;
                let doubted = self.round().doubts.clear();
                for (device, failure) in doubted {
                    self.settle(device, Err(failure)).await;
                }
            }
            Err(Failure::QuotaExhausted { resets_at }) if self.inner.left_for(Purpose::Batch) == 0 => {
                self.halt(Halt::Quota(resets_at));
            }
            Err(failure @ (Failure::QuotaExhausted { .. } | Failure::PartnerRefused)) => {
                let halt = match failure {
                    Failure::QuotaExhausted { resets_at } => Halt::Quota(resets_at),
                    _ => Halt::Refused,
                };
                let mut round = self.round();
                if round.doubts.add((device, failure)) {
                    round.doubts.clear();
                    round.halt.get_or_insert(halt);
                }
            }
            Err(failure @ (Failure::PartnerUnavailable | Failure::Internal { .. })) => {
                let tries = {
                    let mut round = self.round();
                    let tries = round.tries.entry(device).or_default();
                    *tries += u32::from(asked);
                    *tries
                };
                if self.inner.partner.breaker_open() {
                    self.halt(Halt::Down);
                }
                if tries >= MOST_TRIES {
                    self.settle(device, Err(failure)).await;
                }
            }
            Err(failure) => self.settle(device, Err(failure)).await,
        }
    }

    /// Notes what is known of a device, for as long as the database fails.
    async fn settle(&self, device: u32, answer: Result<QuoteId, Failure>) {
        let records = self.inner.partner.journal.records();
        while let Err(error) = records.settle(self.id, device, &answer).await {
            tracing::warn!(batch = self.id.0, device, %error, "an answer cannot be noted yet");
            self.wait(self.inner.settings.batch_rest).await;
            if self.is_stopped() {
                return;
            }
        }
        self.round().fruitful = true;
        self.progress.send_modify(|progress| match answer {
            Ok(_) => progress.counts.priced += 1,
            Err(_) => progress.counts.failed += 1,
        });
    }

    /// What came of the round. How often each device was tried is kept for the next.
    fn end_round(&self) -> Round {
        let mut round = self.round();
        let tries = std::mem::take(&mut round.tries);
        std::mem::replace(&mut *round, Round { tries, ..Round::default() })
    }

    async fn wait_for_partner(&self, pause: Duration) {
        let pause_signed = SignedDuration::try_from(pause).unwrap_or(SignedDuration::ZERO);
        let until = self.inner.now().saturating_add(pause_signed).unwrap_or(Timestamp::MAX);
        self.tell(Phase::WaitsForPartner { until: Moment::new(until) });
        self.wait(pause).await;
    }

    /// Waits in pieces: a machine that sleeps, or whose clock is set, must not miss it.
    async fn wait_until(&self, until: Moment) {
        while self.inner.now() < until.timestamp() && !self.is_stopped() {
            self.wait(self.inner.settings.batch_rest).await;
        }
    }

    /// Waits for that time, or until it is told to stop.
    async fn wait(&self, time: Duration) {
        let mut stop = self.stop.clone();
        let stopped = async {
            // Who could stop it is gone.
            if stop.wait_for(|stop| *stop).await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = sleep(time) => {}
            () = stopped => {}
        }
    }

    pub(super) fn is_stopped(&self) -> bool {
        *self.stop.borrow()
    }

    pub(super) fn halt(&self, halt: Halt) {
        self.round().halt.get_or_insert(halt);
    }

    fn tell(&self, phase: Phase) {
        self.progress.send_modify(|progress| progress.phase = phase);
    }

    pub(super) fn round(&self) -> MutexGuard<'_, Round> {
        self.round.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
