//! A place at a provider, for as long as one attempt holds it.

use std::sync::Arc;
use std::time::Duration;

use provider::{CallError, Refusal};
use records::ProviderPlace;
use tokio::runtime::Handle;
use tokio::time::{Instant, timeout_at};

use crate::concurrency_limiter::Permit;
use crate::place_count::{Ended, PlaceCount};

/// A place, until it is dropped. It is given back in the background; only then is the permit free.
pub(crate) struct Place {
    taken: Option<ProviderPlace>,
    /// When it ends; `None` if it has no end.
    ends: Option<Instant>,
    held: Option<(Counted, Option<Permit>)>,
}

/// RAII guard: counted as held by this instance until it is dropped.
pub(crate) struct Counted {
    count: Arc<PlaceCount>,
    takes_turn: bool,
}

impl Counted {
    /// For a call that has just entered the share.
    pub(crate) fn new(count: &Arc<PlaceCount>, takes_turn: bool) -> Self {
        Self { count: Arc::clone(count), takes_turn }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.count.share().leave(self.takes_turn);
    }
}

impl Place {
    /// A place of this instance's share, or in records that no other process uses.
    pub(crate) fn own(counted: Counted) -> Self {
        Self { taken: None, ends: None, held: Some((counted, None)) }
    }

    /// A place that the records gave. If it has an end, this instance uses it until `ends`.
    pub(crate) fn taken(counted: Counted, place: ProviderPlace, ends: Instant) -> Self {
        let ends = place.fence().map(|_| ends);
        Self { taken: Some(place), ends, held: Some((counted, None)) }
    }

    /// The same place, which keeps `permit` too until it is given back.
    pub(crate) fn with(mut self, permit: Permit) -> Self {
        if let Some((_, kept)) = &mut self.held {
            *kept = Some(permit);
        }
        self
    }

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

    /// Gives the place back with the outcome of the attempt that held it, if both are rows of the records: that is one
    /// statement for the two. Returns what is not recorded with it.
    pub(crate) fn end(mut self, ended: Ended) -> Option<Ended> {
        if self.taken.as_ref().is_none_or(|place| place.fence().is_none()) || Handle::try_current().is_err() {
            return Some(ended);
        }
        self.give_back(Some(ended));
        None
    }

    fn give_back(&mut self, ended: Option<Ended>) {
        let Some((counted, permit)) = self.held.take() else { return };
        // A lock of files ends here.
        let leased = self.taken.take().filter(|place| place.fence().is_some());
        let count = Arc::clone(&counted.count);
        let own = Arc::clone(&count);
        let free = move || {
            drop((counted, permit));
            own.freed.notify_waiters();
        };
        match (leased, Handle::try_current()) {
            (Some(place), Ok(runtime)) => {
                runtime.spawn(async move { count.give_back(place, ended, free).await });
            }
            _ => free(),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.give_back(None);
    }
}
