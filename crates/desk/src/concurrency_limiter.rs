//! Limits the calls to a provider at the same time to what the provider allows, first come first served. One
//! of the permits is only for shoppers.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use crate::call_context::Priority;

/// The longest queue. A call behind it would get its permit after its deadline of 8 s anyway, since an answer
/// takes at least a fifth of a second.
pub(crate) const QUEUE: usize = 200;

/// The permits of one provider, and the count of the calls that wait for one.
#[derive(Clone, Debug)]
pub(crate) struct ConcurrencyLimiter {
    most: NonZeroUsize,
    permits: Arc<Semaphore>,
    /// The permits that device lists and background work may hold.
    others: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
}

/// A permit, until it is dropped.
#[derive(Debug)]
pub(crate) struct Permit {
    /// Dropped first, so that the next call that gets `_other` finds a permit free.
    _permit: OwnedSemaphorePermit,
    _other: Option<OwnedSemaphorePermit>,
    waited: bool,
}

impl Permit {
    /// Whether it was not free at once.
    pub(crate) fn has_waited(&self) -> bool {
        self.waited
    }
}

/// Why there is no permit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoPermit {
    /// Too many calls wait already.
    Full,
    /// None was free before the deadline.
    Late,
}

impl ConcurrencyLimiter {
    pub(crate) fn new(most: NonZeroUsize) -> Self {
        Self {
            most,
            permits: Arc::new(Semaphore::new(most.get())),
            others: Arc::new(Semaphore::new(others(most).get())),
            waiting: Arc::default(),
        }
    }

    /// How many calls may be made at once.
    pub(crate) fn permits(&self) -> usize {
        self.most.get()
    }

    /// How many calls of device lists and background work may be made at once.
    pub(crate) fn other_permits(&self) -> usize {
        others(self.most).get()
    }

    /// How many calls are under way, and how many wait.
    pub(crate) fn load(&self) -> (usize, usize) {
        let under_way = self.permits() - self.permits.available_permits();
        (under_way, self.waiting.load(Ordering::Relaxed))
    }

    /// Waits for a permit until `deadline`.
    ///
    /// # Errors
    /// [`NoPermit`] if the queue is full or the deadline has passed.
    pub(crate) async fn acquire(&self, priority: Priority, deadline: Instant) -> Result<Permit, NoPermit> {
        // `try_acquire` fails while other calls wait, so this call overtakes none of them.
        let at_once = |permits: &Arc<Semaphore>| Arc::clone(permits).try_acquire_owned().ok();
        let shopper = priority == Priority::Shopper;
        let other = if shopper { None } else { at_once(&self.others) };
        if (shopper || other.is_some())
            && let Some(permit) = at_once(&self.permits)
        {
            return Ok(Permit { _permit: permit, _other: other, waited: false });
        }
        let waiting = Waiting::count(&self.waiting);
        if waiting.position > QUEUE {
            return Err(NoPermit::Full);
        }
        // The semaphores serve in order of arrival, and are never closed.
        let turn = async {
            let other = match other {
                None if !shopper => Some(Arc::clone(&self.others).acquire_owned().await?),
                other => other,
            };
            Ok::<_, AcquireError>(Permit {
                _permit: Arc::clone(&self.permits).acquire_owned().await?,
                _other: other,
                waited: true,
            })
        };
        match timeout_at(deadline, turn).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) | Err(_) => Err(NoPermit::Late),
        }
    }
}

/// How many of `most` permits device lists and background work may hold: all but one, so that a shopper does
/// not wait for their calls, which may take long. If there is only one permit, it is for all.
pub(crate) fn others(most: NonZeroUsize) -> NonZeroUsize {
    NonZeroUsize::new(most.get() - 1).unwrap_or(most)
}

/// RAII guard: the queue is one longer until it is dropped.
struct Waiting<'a> {
    all: &'a AtomicUsize,
    /// How many calls wait, this one included.
    position: usize,
}

impl<'a> Waiting<'a> {
    fn count(all: &'a AtomicUsize) -> Self {
        Self { all, position: all.fetch_add(1, Ordering::Relaxed) + 1 }
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

    const PERMITS: usize = 5;

    fn limiter() -> ConcurrencyLimiter {
        ConcurrencyLimiter::new(NonZeroUsize::new(PERMITS).unwrap())
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_millis(20)
    }

    #[tokio::test(start_paused = true)]
    async fn a_sixth_waits_for_a_permit_in_order_of_arrival() {
        let limiter = limiter();
        let mut permits = Vec::new();
        for _ in 0..PERMITS {
            permits.push(limiter.acquire(Priority::Shopper, soon()).await.unwrap());
        }
        assert_eq!(limiter.acquire(Priority::Shopper, soon()).await.unwrap_err(), NoPermit::Late);
        let patient = soon() + Duration::from_secs(1);
        let (one, other) =
            (limiter.acquire(Priority::Shopper, patient), limiter.acquire(Priority::Shopper, patient));
        tokio::pin!(one, other);
        assert!(futures::poll!(&mut one).is_pending() && futures::poll!(&mut other).is_pending());
        permits.pop();
        assert!(futures::poll!(&mut other).is_pending());
        assert!(futures::poll!(&mut one).is_ready());
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_queue_refuses_at_once_and_has_room_when_a_caller_leaves() {
        let limiter = limiter();
        let far = Instant::now() + Duration::from_secs(60);
        let mut queue: Vec<_> =
            (0..PERMITS + QUEUE).map(|_| Box::pin(limiter.acquire(Priority::Shopper, far))).collect();
        let mut permits = Vec::new();
        for asker in &mut queue {
            if let std::task::Poll::Ready(permit) = futures::poll!(asker) {
                permits.push(permit.unwrap());
            }
        }
        assert_eq!((permits.len(), limiter.load()), (PERMITS, (PERMITS, QUEUE)));
        assert_eq!(limiter.acquire(Priority::Shopper, far).await.unwrap_err(), NoPermit::Full);
        drop(queue);
        drop(permits);
        assert!(limiter.acquire(Priority::Shopper, far).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn one_permit_is_only_for_shoppers() {
        let limiter = limiter();
        let mut permits = Vec::new();
        for _ in 0..limiter.other_permits() {
            permits.push(limiter.acquire(Priority::List, soon()).await.unwrap());
        }
        assert_eq!(limiter.acquire(Priority::Background, soon()).await.unwrap_err(), NoPermit::Late);
        permits.push(limiter.acquire(Priority::Shopper, soon()).await.unwrap());
        permits.remove(0);
        assert!(limiter.acquire(Priority::List, soon()).await.is_ok());
    }
}
