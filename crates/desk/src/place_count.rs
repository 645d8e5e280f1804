//! Counts the places at a provider over all instances: asks the records and, while these do not answer, goes on
//! with this instance's share.

use std::num::NonZeroUsize;
use std::sync::{Arc, Weak};
use std::time::Duration;

use futures::FutureExt;
use parking_lot::{Mutex, MutexGuard};
use records::{Outcome, PlaceAnswer, PlaceAsked, ProviderPlace, Records, RecordsError, Row};
use tokio::sync::{Notify, oneshot};
use tokio::time::{Instant, sleep, timeout};

use crate::settings::Deps;
use crate::share::{Limit, Share};

/// How much longer the records hold a place than this instance uses it.
const SPARE: Duration = Duration::from_secs(1);
/// How often records that did not answer are tried.
const RETRY: Duration = Duration::from_millis(500);

/// How the attempt ended that held a place.
pub(crate) struct Ended {
    /// Its row in the records.
    pub(crate) row: Row,
    pub(crate) outcome: Outcome,
    /// Called if the records did not note it.
    pub(crate) unwritten: Box<dyn FnOnce() + Send + Sync>,
}

/// The count of the places at one provider.
pub(crate) struct PlaceCount {
    records: Records,
    deps: Deps,
    provider: Arc<str>,
    most: NonZeroUsize,
    turns: NonZeroUsize,
    /// Whether the places are those of all instances. Prices in memory have places of each process.
    is_shared: bool,
    /// How long the records may take to answer.
    within: Duration,
    share: Mutex<Share>,
    /// Notified when this instance gives a place back.
    pub(crate) freed: Notify,
}

impl PlaceCount {
    /// Of the places, `turns` may be held by calls that are not for shoppers.
    pub(crate) fn new(
        records: Records,
        deps: Deps,
        provider: Arc<str>,
        most: NonZeroUsize,
        turns: NonZeroUsize,
        is_shared: bool,
        within: Duration,
    ) -> Self {
        let all = Limit { places: most.get(), turns: turns.get() };
        // Processes that share a file are kept apart by the system.
        let instances = (!is_shared || !records.are_on_a_server()).then_some(1);
        let share = Mutex::new(Share::new(all, instances));
        Self { records, deps, provider, most, turns, is_shared, within, share, freed: Notify::new() }
    }

    /// Asks the records for a place that is held for longer than `longest`. `None` if they do not answer.
    pub(crate) async fn ask(self: &Arc<Self>, takes_turn: bool, longest: Duration) -> Option<PlaceAnswer> {
        let Self { records, deps, provider, most, turns, within, .. } = &**self;
        if !self.is_shared {
            return Some(PlaceAnswer::NotShared);
        }
        let asked = PlaceAsked {
            provider: Arc::clone(provider),
            holder: deps.instance.clone(),
            most: *most,
            turns: *turns,
            takes_turn,
            lease: longest + SPARE,
        };
        let own = records.clone();
        let mut taking = async move { own.take_place(&asked).await }.boxed();
        // Locks of files are taken at once.
        let answer = match (&mut taking).now_or_never() {
            Some(answer) => answer,
            None => {
                let (tell, told) = oneshot::channel();
                let records = records.clone();
                tokio::spawn(async move {
                    // The caller is gone: its place is given back.
                    if let Err(Ok(PlaceAnswer::Taken(place))) = tell.send(taking.await)
                        && let Err(error) = records.give_back_place(place).await
                    {
                        tracing::debug!(%error, "a place is not given back, and ends by itself");
                    }
                });
                match timeout(*within, told).await {
                    Ok(Ok(answer)) => answer,
                    Ok(Err(_)) | Err(_) => Err(RecordsError::Unreachable(*within)),
                }
            }
        };
        answer.map_err(|error| self.lose(&error)).ok()
    }

    /// Gives a place back to the records, and calls `done` when that is done, or takes too long. With it, the records
    /// note how the attempt ended that held it, if it is `ended`; otherwise `unwritten` does that.
    pub(crate) async fn give_back(
        self: &Arc<Self>,
        place: ProviderPlace,
        ended: Option<Ended>,
        done: impl FnOnce(),
    ) {
        let records = &self.records;
        let (attempt, unwritten) =
            ended.map(|Ended { row, outcome, unwritten }| ((row, outcome), unwritten)).unzip();
        let mut giving = async {
            match &attempt {
                Some((row, outcome)) => records.end_attempt(place, *row, outcome).await,
                None => records.give_back_place(place).await,
            }
        }
        .boxed();
        let given = timeout(self.within, &mut giving).await;
        done();
        let given = match given {
            Ok(given) => given.inspect_err(|error| {
                if !error.is_of_the_record() {
                    self.lose(error);
                }
            }),
            // It may be given back late; otherwise it ends by itself.
            Err(_) => giving.await,
        };
        if given.is_err()
            && let Some(unwritten) = unwritten
        {
            unwritten();
        }
    }

    /// The share of this instance, and what it holds.
    pub(crate) fn share(&self) -> MutexGuard<'_, Share> {
        self.share.lock()
    }

    /// A random number from 0 to 1.
    pub(crate) fn chance(&self) -> f64 {
        ((self.deps.random)() >> 96) as f64 / f64::from(u32::MAX)
    }

    /// Goes on with this instance's share, and looks in the background whether the records answer again.
    pub(crate) fn lose(self: &Arc<Self>, error: &RecordsError) {
        let (lost, limit) = {
            let mut share = self.share();
            (share.lose(Instant::now()), share.limit().places)
        };
        if lost {
            let provider = &self.provider;
            tracing::warn!(
                %error, %provider, limit,
                "the records do not count the calls of all instances now; this one keeps to its share"
            );
            tokio::spawn(heal(Arc::downgrade(self)));
        }
    }

    /// Whether the records count places again.
    async fn try_again(&self) -> Result<(), RecordsError> {
        self.records.try_write((self.deps.clock)()).await?;
        let seen = self.records.instances().await?.len();
        let mut share = self.share();
        if seen > 0 {
            share.see(seen);
        }
        share.heal(Instant::now());
        Ok(())
    }
}

async fn heal(count: Weak<PlaceCount>) {
    loop {
        sleep(RETRY).await;
        let Some(count) = count.upgrade() else { return };
        if let Ok(Ok(())) = timeout(count.within, count.try_again()).await {
            tracing::info!(provider = %count.provider, "the records count the calls of all instances again");
            count.freed.notify_waiters();
            return;
        }
    }
}
