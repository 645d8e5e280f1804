use std::sync::atomic::AtomicBool;
use std::time::Duration;

use desk::{Desk, Quoter};
use parking_lot::Mutex;
use records::{BatchId, BatchState, InstanceId};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::error::ListError;
use crate::lease::{Claimant, Lease};
use crate::progress::{Phase, Progress};
use crate::round::Rounds;
use crate::run::Run;
use crate::times::LIFE;

/// How long a list waits for a partner that is down, after a round that settled a device. After each round
/// that settled none, the wait doubles, up to 32 times this.
const REST: Duration = Duration::from_secs(10);

/// How often a list that another instance quotes is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// Quotes device lists through one desk. Clones share everything.
#[derive(Clone)]
pub struct Runner {
    quoter: Quoter,
    claimant: Claimant,
    rest: Duration,
}

impl Runner {
    /// A runner of the process `instance` that quotes through `desk` and keeps lists in its records. It also quotes
    /// paused lists, as a command does.
    pub fn new(desk: &Desk, instance: InstanceId) -> Self {
        let claimant = Claimant { instance, life: LIFE, even_paused: true };
        Self { quoter: desk.quoter(), claimant, rest: REST }
    }

    /// The desk that it quotes through.
    pub(crate) fn quoter(&self) -> &Quoter {
        &self.quoter
    }

    /// Uses `rest` as the first wait for a partner that is down, instead of 10 seconds.
    #[must_use]
    pub fn resting(self, rest: Duration) -> Self {
        Self { rest, ..self }
    }

    /// Lets a lease live for `life` without being renewed, instead of 12 seconds; a minute at most.
    #[must_use]
    pub fn leasing(mut self, life: Duration) -> Self {
        self.claimant.life = life;
        self
    }

    /// Quotes no paused lists, as a server, where a person pauses them.
    #[must_use]
    pub(crate) fn only_open(mut self) -> Self {
        self.claimant.even_paused = false;
        self
    }

    /// Quotes the open devices of a list, and reports in `progress`, until every device is settled or `stop`
    /// is true. Calls in flight then are completed, and their results count.
    ///
    /// The run holds a lease, so that no other instance quotes the list meanwhile. No call begins after the end of a
    /// lease that could not be renewed.
    ///
    /// The run waits by itself for the quota's reset and for a partner that is down. If another process
    /// cancels, pauses or deletes the list, the run notices this within a second and begins no more calls. It
    /// ends when the calls in flight have ended, which may take 30 seconds. A new run assumes that a refused
    /// account may be in order again: its next call probes that at once.
    ///
    /// # Errors
    /// [`ListError`]. After [`ListError::Refused`], which pauses the list, and [`ListError::Records`], the list can be
    /// run again; after [`ListError::Elsewhere`], once the other instance has ended.
    pub async fn run(
        &self,
        id: BatchId,
        progress: &watch::Sender<Progress>,
        stop: watch::Receiver<bool>,
    ) -> Result<(), ListError> {
        let records = self.quoter.records();
        let Some(lease) = Lease::claim(records, id, &self.claimant).await? else {
            return self.not_claimed(id, progress).await;
        };
        let done = self.run_with(&lease, id, progress, stop).await;
        lease.release(&done).await;
        done
    }

    /// As [`Self::run`], for a command. While another instance quotes the list, this reports that one's progress, and
    /// goes on itself if that one ends before the list is done. If a person pauses the list there, this ends too.
    ///
    /// # Errors
    /// [`ListError`], as there, but never [`ListError::Elsewhere`].
    pub async fn run_or_follow(
        &self,
        id: BatchId,
        progress: &watch::Sender<Progress>,
        mut stop: watch::Receiver<bool>,
    ) -> Result<(), ListError> {
        let mut was_open = false;
        while !*stop.borrow() {
            let list = self.quoter.records().batch(id).await?.ok_or(ListError::NotFound)?;
            if was_open && list.state == BatchState::Paused {
                return Ok(());
            }
            was_open = list.state == BatchState::Open;
            match self.run(id, progress, stop.clone()).await {
                Err(ListError::Elsewhere) => {}
                done => return done,
            }
            progress.send_replace(Progress { counts: list.counts, phase: Phase::Asking });
            let _ = timeout(LOOK, stop.wait_for(|stop| *stop)).await;
        }
        Ok(())
    }

    /// What it means that a list was not claimed.
    async fn not_claimed(&self, id: BatchId, progress: &watch::Sender<Progress>) -> Result<(), ListError> {
        let list = self.quoter.records().batch(id).await?.ok_or(ListError::NotFound)?;
        match list.state {
            BatchState::Cancelled => Err(ListError::Cancelled),
            BatchState::Done => {
                progress.send_replace(Progress { counts: list.counts, phase: Phase::Ended });
                Ok(())
            }
            BatchState::Open | BatchState::Paused => Err(ListError::Elsewhere),
        }
    }

    async fn run_with(
        &self,
        lease: &Lease<'_>,
        id: BatchId,
        progress: &watch::Sender<Progress>,
        stop: watch::Receiver<bool>,
    ) -> Result<(), ListError> {
        let quoter = &self.quoter.until(lease.end());
        // Read after the claim, so that all that an earlier instance has settled is counted.
        let list = quoter.records().batch(id).await?.ok_or(ListError::NotFound)?;
        progress.send_replace(Progress { counts: list.counts, phase: Phase::Asking });
        lease.report(|doing| doing.while_paused = list.state == BatchState::Paused);
        quoter.let_one_try();
        let (tell_stop, stopped) = watch::channel(*stop.borrow());
        let run = Run {
            lease,
            quoter,
            id,
            since: list.created_at.timestamp(),
            together: quoter.most_in_a_call().is_some().into(),
            proven: AtomicBool::default(),
            rest: self.rest,
            progress,
            stop: stopped,
            rounds: Mutex::new(Rounds::default()),
        };
        let work = async {
            let (told, work) = (run.until_told(stop, list.state), run.to_the_end());
            tokio::pin!(told, work);
            tokio::select! {
                done = &mut work => done,
                why = &mut told => {
                    tell_stop.send_replace(true);
                    lease.report(|doing| doing.stopping = true);
                    work.await.and(why)
                }
            }
        };
        tokio::pin!(work);
        let done = tokio::select! {
            done = &mut work => done,
            () = lease.keep() => {
                tell_stop.send_replace(true);
                // The calls in flight are completed, so that the quotes that they bring are recorded.
                work.await.and(Err(ListError::Elsewhere))
            }
        };
        if !matches!(done, Err(ListError::Elsewhere)) {
            run.tell(Phase::Ended);
        }
        done
    }
}
