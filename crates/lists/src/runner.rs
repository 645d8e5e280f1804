use std::sync::atomic::AtomicBool;
use std::time::Duration;

use desk::{Desks, Quoter};
use domain::Failure;
use parking_lot::Mutex;
use records::{Batch, BatchId, BatchState, InstanceId};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::asked::Asked;
use crate::error::ListError;
use crate::lease::{Claimant, Lease};
use crate::progress::{Phase, Progress};
use crate::round::Rounds;
use crate::run::Run;
use crate::side::{MainRun, Reached, Side};
use crate::side_by_side::side_by_side;
use crate::times::LIFE;

/// How long a list waits for a partner that is down, after a round that settled a device. After each round
/// that settled none, the wait doubles, up to 32 times this.
const REST: Duration = Duration::from_secs(10);

/// How often a list that another instance quotes is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// Quotes device lists through one desk, or several. Clones share everything.
#[derive(Clone)]
pub struct Runner {
    desks: Desks,
    quoter: Quoter,
    claimant: Claimant,
    rest: Duration,
}

impl Runner {
    /// A runner of the process `instance` that quotes through `desks`, or one desk, and keeps lists in their records. It
    /// also quotes paused lists, as a command does. The first desk is the one that each list asks; the others are asked
    /// by lists that compare ([`crate::ask_all`]).
    pub fn new(desks: impl Into<Desks>, instance: InstanceId) -> Self {
        let desks = desks.into();
        let claimant = Claimant { instance, life: LIFE, even_paused: true };
        Self { quoter: desks.first().quoter(), desks, claimant, rest: REST }
    }

    /// The desks of all providers.
    pub(crate) fn desks(&self) -> &Desks {
        &self.desks
    }

    /// The desk that each list asks.
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
            progress.send_replace(Progress::of(&list));
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
                progress.send_replace(Progress { phase: Phase::Ended, ..Progress::of(&list) });
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
        // Read after the claim, so that all that an earlier instance has settled is counted.
        let list = self.quoter.records().batch(id).await?.ok_or(ListError::NotFound)?;
        progress.send_replace(Progress::of(&list));
        lease.report(|doing| doing.while_paused = list.state == BatchState::Paused);
        let (main_ends, main) = watch::channel(MainRun::Works);
        let Asked { main: quoter, further, missing } = Asked::by(&list, &self.desks, &lease.end(), &main);
        let (tell_stop, stopped) = watch::channel(*stop.borrow());
        let of_side = |quoter, side| self.run_of(lease, &list, quoter, side, (progress, &stopped));
        let run = of_side(&quoter, Side::Main);
        let further: Vec<_> =
            further.iter().map(|(further, quoter)| of_side(quoter, Side::Further(further.clone()))).collect();
        let to_the_end = async {
            if side_by_side(&run, &further, main_ends).await? == Reached::Done {
                for (provider, place) in &missing {
                    run.give_up(provider, *place, &Failure::PartnerUnavailable).await?;
                }
                lease.end_as_done().await?;
            }
            Ok(())
        };
        let work = async {
            let told = run.until_told(stop, list.state);
            tokio::pin!(told, to_the_end);
            tokio::select! {
                done = &mut to_the_end => done,
                why = &mut told => {
                    tell_stop.send_replace(true);
                    lease.report(|doing| doing.stopping = true);
                    to_the_end.await.and(why)
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
            progress.send_modify(|progress| progress.phase = Phase::Ended);
            lease.report(|doing| doing.phase = Phase::Ended);
        }
        done
    }

    /// The run of a list at one of its providers.
    fn run_of<'a>(
        &self,
        lease: &'a Lease<'a>,
        list: &Batch,
        quoter: &'a Quoter,
        side: Side,
        (progress, stop): (&'a watch::Sender<Progress>, &watch::Receiver<bool>),
    ) -> Run<'a> {
        quoter.let_one_try();
        Run {
            lease,
            quoter,
            side,
            id: list.id,
            since: list.created_at.timestamp(),
            together: quoter.most_in_a_call().is_some().into(),
            proven: AtomicBool::default(),
            rest: self.rest,
            progress,
            stop: stop.clone(),
            rounds: Mutex::new(Rounds::default()),
        }
    }
}
