//! The places at a provider, counted over all instances: by the records or, while these do not answer, by this
//! instance's share. The limiter in front of it ([`ConcurrencyLimiter`](crate::concurrency_limiter)) keeps this
//! instance's own calls within the same limit.

use std::num::NonZeroUsize;
use std::sync::{Arc, Weak};
use std::time::Duration;

use futures::FutureExt;
use parking_lot::{Mutex, MutexGuard};
use provider::{CallError, Refusal};
use records::{PlaceAnswer, PlaceAsked, ProviderPlace, Records, RecordsError};
use tokio::runtime::Handle;
use tokio::sync::{Notify, oneshot};
use tokio::time::{Instant, sleep, timeout, timeout_at};

use crate::call_context::Priority;
use crate::concurrency_limiter::Permit;
use crate::settings::Deps;
use crate::share::{Limit, Share, Way};

/// The time that a place is held beyond the longest call: to count and record the attempt before it.
const ROOM: Duration = Duration::from_secs(1);
/// How much longer the records hold a place than this instance uses it.
const SPARE: Duration = Duration::from_secs(1);
/// The pause before a caller that waits asks for the second time. An instance that holds its share or more
/// doubles it each time, up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(20);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_millis(200);
/// How often records that did not answer are tried.
const RETRY: Duration = Duration::from_millis(500);

/// The places at one provider. Clones share everything.
#[derive(Clone)]
pub(crate) struct Places(Arc<Inner>);

struct Inner {
    records: Records,
    deps: Deps,
    provider: Arc<str>,
    most: NonZeroUsize,
    turns: NonZeroUsize,
    /// How long the records may take to answer.
    within: Duration,
    share: Mutex<Share>,
    /// The first of the callers that wait, in the order of arrival: shoppers', and those that take a turn.
    queues: [tokio::sync::Mutex<()>; 2],
    /// Notified when this instance gives a place back.
    freed: Notify,
}

/// A place, until it is dropped. It is given back in the background; only then is the permit free.
pub(crate) struct Place {
    taken: Option<ProviderPlace>,
    /// When it ends; `None` if it has no end.
    ends: Option<Instant>,
    counted: Option<Counted>,
    permit: Option<Permit>,
}

/// RAII guard: counted as held by this instance until it is dropped.
struct Counted {
    inner: Arc<Inner>,
    takes_turn: bool,
}

/// A place that came too late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLate;

impl Places {
    /// The places at `provider`, of which `turns` may be held by calls that are not for shoppers.
    pub(crate) fn new(
        records: Records,
        deps: Deps,
        provider: Arc<str>,
        most: NonZeroUsize,
        turns: NonZeroUsize,
        within: Duration,
    ) -> Self {
        let all = Limit { places: most.get(), turns: turns.get() };
        // Processes that share a file are kept apart by the system.
        let instances = (!records.are_on_a_server()).then_some(1);
        let share = Mutex::new(Share::new(all, instances));
        let (queues, freed) = Default::default();
        Self(Arc::new(Inner { records, deps, provider, most, turns, within, share, queues, freed }))
    }

    /// Waits for a place until `deadline`, with the permit of the limiter. `longest` says how long the call may
    /// take that begins now.
    ///
    /// # Errors
    /// [`TooLate`] if none was free until then.
    pub(crate) async fn take(
        &self,
        permit: Permit,
        priority: Priority,
        deadline: Instant,
        longest: impl Fn() -> Duration,
    ) -> Result<Place, TooLate> {
        let takes_turn = priority != Priority::Shopper;
        let queue = &self.0.queues[usize::from(takes_turn)];
        let waited = permit.has_waited();
        let waiting = async {
            if waited && self.share().offers(Instant::now()) {
                sleep(self.way_for_others()).await;
            }
            // A caller that finds others waiting is behind them.
            if let Ok(turn) = queue.try_lock() {
                drop(turn);
                if let Some(place) = self.try_to_take(takes_turn, longest()).await {
                    return place;
                }
            }
            let _first = queue.lock().await;
            let mut pause = FIRST_PAUSE;
            loop {
                let freed = self.0.freed.notified();
                if let Some(place) = self.try_to_take(takes_turn, longest()).await {
                    return place;
                }
                let jittered = pause.mul_f64(0.75 + 0.5 * self.chance());
                let is_freed = timeout(jittered, freed).await.is_ok();
                let is_below = self.share().is_below();
                if is_freed && !is_below {
                    // Lets an instance go first that holds less.
                    sleep(self.way_for_others()).await;
                }
                pause = if is_freed || is_below { FIRST_PAUSE } else { (pause * 2).min(LONGEST_PAUSE) };
            }
        };
        let mut place = timeout_at(deadline, waiting).await.map_err(|_| TooLate)?;
        place.permit = Some(permit);
        Ok(place)
    }

    /// A place, if one is free.
    async fn try_to_take(&self, takes_turn: bool, longest: Duration) -> Option<Place> {
        let way = self.share().enter(takes_turn, Instant::now());
        let counted = || Some(Counted { inner: Arc::clone(&self.0), takes_turn });
        match way {
            Way::Wait => None,
            Way::Own => Some(Place { taken: None, ends: None, counted: counted(), permit: None }),
            Way::Ask => {
                let counted = counted();
                // The end is counted from before the records are asked, so it is never later than theirs, however
                // long the answer takes to arrive here.
                let ends = Instant::now() + longest + ROOM;
                let (taken, ends) = match self.ask(takes_turn, longest).await? {
                    PlaceAnswer::AllTaken => return None,
                    PlaceAnswer::NotShared => (None, None),
                    PlaceAnswer::Taken(place) => {
                        let ends = place.fence().map(|_| ends);
                        (Some(place), ends)
                    }
                };
                Some(Place { taken, ends, counted, permit: None })
            }
        }
    }

    /// Asks the records. `None` if they do not answer.
    async fn ask(&self, takes_turn: bool, longest: Duration) -> Option<PlaceAnswer> {
        let Inner { records, deps, provider, most, turns, within, .. } = &*self.0;
        let asked = PlaceAsked {
            provider: Arc::clone(provider),
            holder: deps.instance.clone(),
            most: *most,
            turns: *turns,
            takes_turn,
            lease: longest + ROOM + SPARE,
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
                    // A place for which nobody waits any more is given back.
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
        answer.map_err(|error| self.0.lose(&error)).ok()
    }

    /// Notes how many instances run.
    pub(crate) fn see(&self, instances: usize) {
        self.share().see(instances);
    }

    /// How many instances were seen last; `None` if that was never known.
    pub(crate) fn instances(&self) -> Option<usize> {
        self.share().instances()
    }

    /// Whether this instance keeps to its share, because the records do not answer.
    pub(crate) fn is_alone(&self) -> bool {
        self.share().is_alone()
    }

    fn share(&self) -> MutexGuard<'_, Share> {
        self.0.share.lock()
    }

    /// How long this instance leaves a free place to others: longer than one that waits and holds less than its
    /// share pauses.
    fn way_for_others(&self) -> Duration {
        FIRST_PAUSE.mul_f64(1.25 + self.chance())
    }

    /// A random number from 0 to 1.
    fn chance(&self) -> f64 {
        ((self.0.deps.random)() >> 96) as f64 / f64::from(u32::MAX)
    }
}

impl Inner {
    /// Goes on with this instance's share, and looks in the background whether the records answer again.
    fn lose(self: &Arc<Self>, error: &RecordsError) {
        let (lost, limit) = {
            let mut share = self.share.lock();
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
        let mut share = self.share.lock();
        if seen > 0 {
            share.see(seen);
        }
        share.heal(Instant::now());
        Ok(())
    }
}

async fn heal(places: Weak<Inner>) {
    loop {
        sleep(RETRY).await;
        let Some(inner) = places.upgrade() else { return };
        if let Ok(Ok(())) = timeout(inner.within, inner.try_again()).await {
            tracing::info!(provider = %inner.provider, "the records count the calls of all instances again");
            inner.freed.notify_waiters();
            return;
        }
    }
}

impl Place {
    /// Until when a call may last that begins now with that timeout: `None` if the place is over, or nearly.
    pub(crate) fn cut(&self, timeout: Duration, shortest: Duration) -> Option<Duration> {
        let Some(ends) = self.ends else { return Some(timeout) };
        let left = ends.saturating_duration_since(Instant::now());
        (left >= shortest).then_some(timeout.min(left))
    }

    /// The result of `call`, or a timeout if it has none when the place ends.
    pub(crate) async fn while_held<T>(
        &self,
        call: impl Future<Output = Result<T, CallError>>,
    ) -> Result<T, CallError> {
        let Some(ends) = self.ends else { return call.await };
        let late = CallError { refusal: Refusal::Timeout, code: None, provider_time: None };
        timeout_at(ends, call).await.unwrap_or(Err(late))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let (taken, counted, permit) = (self.taken.take(), self.counted.take(), self.permit.take());
        // A lock of files ends here.
        let leased = taken.filter(|place| place.fence().is_some());
        let inner = counted.as_ref().map(|counted| Arc::clone(&counted.inner));
        if let (Some(place), Some(inner), Ok(runtime)) = (leased, inner, Handle::try_current()) {
            runtime.spawn(async move {
                let mut giving = inner.records.give_back_place(place).boxed();
                let given = timeout(inner.within, &mut giving).await;
                drop((counted, permit));
                match given {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => inner.lose(&error),
                    // It may be given back late; otherwise it ends by itself.
                    Err(_) => drop(giving.await),
                }
            });
        } else {
            drop((counted, permit));
        }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.inner.share.lock().leave(self.takes_turn);
        self.inner.freed.notify_waiters();
    }
}
