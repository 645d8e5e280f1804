//! The places at a provider, counted over all instances. The limiter in front of it
//! ([`ConcurrencyLimiter`](crate::concurrency_limiter)) keeps this instance's own calls within the same limit.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::MutexGuard;
use records::PlaceAnswer;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use crate::call_context::Priority;
use crate::concurrency_limiter::Permit;
use crate::place::{Counted, Place};
use crate::place_count::PlaceCount;
use crate::share::{Share, Way};

/// The time that a place is held beyond the longest call: to count and record the attempt before it.
const ROOM: Duration = Duration::from_secs(1);
/// The pause before a caller that waits asks for the second time. An instance that holds its share or more
/// doubles it each time, up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(20);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_millis(200);
/// The places at one provider.
pub(crate) struct Places {
    count: Arc<PlaceCount>,
    /// The first of the callers that wait, in the order of arrival: shoppers', and those that take a turn.
    queues: [Mutex<()>; 2],
}

/// A place that came too late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLate;

impl Places {
    /// The places that `count` counts.
    pub(crate) fn new(count: PlaceCount) -> Self {
        Self { count: Arc::new(count), queues: Default::default() }
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
        let queue = &self.queues[usize::from(takes_turn)];
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
                let freed = self.count.freed.notified();
                if let Some(place) = self.try_to_take(takes_turn, longest()).await {
                    return place;
                }
                let jittered = pause.mul_f64(0.75 + 0.5 * self.count.chance());
                let is_freed = timeout(jittered, freed).await.is_ok();
                let is_below = self.share().is_below();
                if is_freed && !is_below {
                    // Lets an instance go first that holds less.
                    sleep(self.way_for_others()).await;
                }
                pause = if is_freed || is_below { FIRST_PAUSE } else { (pause * 2).min(LONGEST_PAUSE) };
            }
        };
        let place = timeout_at(deadline, waiting).await.map_err(|_| TooLate)?;
        Ok(place.with(permit))
    }

    /// Takes a place and gives it back, so that what hinders that is in the log before the first call.
    pub(crate) async fn try_out(&self) {
        drop(self.try_to_take(false, Duration::ZERO).await);
    }

    /// A place, if one is free.
    async fn try_to_take(&self, takes_turn: bool, longest: Duration) -> Option<Place> {
        let way = self.share().enter(takes_turn, Instant::now());
        if way == Way::Wait {
            return None;
        }
        let counted = Counted::new(&self.count, takes_turn);
        if way == Way::Own {
            return Some(Place::own(counted));
        }
        // The end is counted from before the records are asked, so it is never later than theirs, however long the
        // answer takes to arrive here.
        let (longest, asked) = (longest + ROOM, Instant::now());
        match self.count.ask(takes_turn, longest).await? {
            PlaceAnswer::AllTaken => None,
            PlaceAnswer::NotShared => Some(Place::own(counted)),
            PlaceAnswer::Taken(place) => Some(Place::taken(counted, place, asked + longest)),
        }
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
        self.count.share()
    }

    /// How long this instance leaves a free place to others: longer than one that waits and holds less than its
    /// share pauses.
    fn way_for_others(&self) -> Duration {
        FIRST_PAUSE.mul_f64(1.25 + self.count.chance())
    }
}
