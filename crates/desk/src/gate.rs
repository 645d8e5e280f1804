//! At most so many calls to a provider at once as it takes, first come first served; of these, one that
//! only shoppers may have.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use crate::purpose::Purpose;

/// More than this do not wait: a place would come after their deadline of 8 s anyway, since
/// an answer takes a fifth of a second at least.
pub(crate) const QUEUE: usize = 200;

/// The places at one provider, and those who wait for one.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    most: NonZeroUsize,
    places: Arc<Semaphore>,
    /// The places for all but shoppers.
    others: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
}

/// A place, until it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    /// Given back first: the next of the others then finds a place.
    _place: OwnedSemaphorePermit,
    _other: Option<OwnedSemaphorePermit>,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoPlace {
    /// Too many wait already.
    Full,
    /// None came free in time.
    Late,
}

impl Gate {
    pub(crate) fn new(most: NonZeroUsize) -> Self {
        Self {
            most,
            places: Arc::new(Semaphore::new(most.get())),
            others: Arc::new(Semaphore::new(others(most))),
            waiting: Arc::default(),
        }
    }

    /// How many calls may be made at once.
    pub(crate) fn places(&self) -> usize {
        self.most.get()
    }

    /// How many calls of lists and behind the scenes may be made at once.
    pub(crate) fn other_places(&self) -> usize {
        others(self.most)
    }

    /// How many calls are under way, and how many wait.
    pub(crate) fn load(&self) -> (usize, usize) {
        let under_way = self.places() - self.places.available_permits();
        (under_way, self.waiting.load(Ordering::Relaxed))
    }

    /// A place, when one comes free before `deadline`.
    pub(crate) async fn enter(&self, purpose: Purpose, deadline: Instant) -> Result<Place, NoPlace> {
        // `try_acquire` fails while others wait, so this overtakes no call that waits.
        let at_once = |places: &Arc<Semaphore>| Arc::clone(places).try_acquire_owned().ok();
        let shopper = purpose == Purpose::Shopper;
        let other = if shopper { None } else { at_once(&self.others) };
        if (shopper || other.is_some())
            && let Some(place) = at_once(&self.places)
        {
            return Ok(Place { _place: place, _other: other });
        }
        let waiting = Waiting::count(&self.waiting);
        if waiting.place > QUEUE {
            return Err(NoPlace::Full);
        }
        // The semaphores serve in order of arrival. They are never closed.
        let turn = async {
            let other = match other {
                None if !shopper => Some(Arc::clone(&self.others).acquire_owned().await?),
                other => other,
            };
            Ok::<_, AcquireError>(Place {
                _place: Arc::clone(&self.places).acquire_owned().await?,
                _other: other,
            })
        };
        match timeout_at(deadline, turn).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) | Err(_) => Err(NoPlace::Late),
        }
    }
}

/// Calls of lists and behind the scenes at once: one place is left, so that a shopper does not wait for
/// theirs, which may take long. Where there is but one place, it is for all.
fn others(most: NonZeroUsize) -> usize {
    (most.get() - 1).max(1)
}

/// Counts somebody as waiting until this is dropped, however that comes about.
struct Waiting<'a> {
    all: &'a AtomicUsize,
    /// How many wait, this one included.
    place: usize,
}

impl<'a> Waiting<'a> {
    fn count(all: &'a AtomicUsize) -> Self {
        Self { all, place: all.fetch_add(1, Ordering::Relaxed) + 1 }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.all.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const PLACES: usize = 5;

    fn gate() -> Gate {
        Gate::new(NonZeroUsize::new(PLACES).unwrap())
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_millis(20)
    }

    #[tokio::test(start_paused = true)]
    async fn a_sixth_waits_for_a_place_in_order_of_arrival() {
        let gate = gate();
        let mut places = Vec::new();
        for _ in 0..PLACES {
            places.push(gate.enter(Purpose::Shopper, soon()).await.unwrap());
        }
        assert_eq!(gate.enter(Purpose::Shopper, soon()).await.unwrap_err(), NoPlace::Late);
        let patient = soon() + Duration::from_secs(1);
        let (one, other) = (gate.enter(Purpose::Shopper, patient), gate.enter(Purpose::Shopper, patient));
        tokio::pin!(one, other);
        assert!(futures::poll!(&mut one).is_pending() && futures::poll!(&mut other).is_pending());
        places.pop();
        assert!(futures::poll!(&mut other).is_pending());
        assert!(futures::poll!(&mut one).is_ready());
    }

    #[tokio::test(start_paused = true)]
    async fn a_long_queue_refuses_at_once_and_who_leaves_frees_it() {
        let gate = gate();
        let far = Instant::now() + Duration::from_secs(60);
        let mut queue: Vec<_> =
            (0..PLACES + QUEUE).map(|_| Box::pin(gate.enter(Purpose::Shopper, far))).collect();
        let mut places = Vec::new();
        for asker in &mut queue {
            if let std::task::Poll::Ready(place) = futures::poll!(asker) {
                places.push(place.unwrap());
            }
        }
        assert_eq!((places.len(), gate.load()), (PLACES, (PLACES, QUEUE)));
        assert_eq!(gate.enter(Purpose::Shopper, far).await.unwrap_err(), NoPlace::Full);
        drop(queue);
        drop(places);
        assert!(gate.enter(Purpose::Shopper, far).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn one_place_is_only_for_shoppers() {
        let gate = gate();
        let mut places = Vec::new();
        for _ in 0..gate.other_places() {
            places.push(gate.enter(Purpose::Batch, soon()).await.unwrap());
        }
        assert_eq!(gate.enter(Purpose::Background, soon()).await.unwrap_err(), NoPlace::Late);
        places.push(gate.enter(Purpose::Shopper, soon()).await.unwrap());
        places.remove(0);
        assert!(gate.enter(Purpose::Batch, soon()).await.is_ok());
    }
}
