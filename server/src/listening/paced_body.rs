//! A request's body with a minimum rate, so that slow clients do not hold connections for ever.

use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use super::Timeouts;
use super::state::ConnectionState;

/// The error of a body that comes too slowly; see [`Timeouts::body`].
#[derive(Debug, thiserror::Error)]
#[error("the body came too slowly")]
pub(crate) struct TooSlow;

impl TooSlow {
    /// Whether `error` or one of its sources is this one.
    pub(crate) fn is_cause_of(error: &(dyn Error + 'static)) -> bool {
        error.is::<Self>() || error.source().is_some_and(Self::is_cause_of)
    }
}

/// A body that fails with [`TooSlow`] when its client takes too long.
pub(super) struct PacedBody {
    body: Incoming,
    state: Arc<ConnectionState>,
    timeouts: Timeouts,
    /// Bytes received so far.
    received: u64,
    /// The time spent waiting for the client, without the present wait.
    waited: Duration,
    /// The beginning of the present wait; `None` while there is none.
    waiting: Option<Instant>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl PacedBody {
    pub(super) fn new(body: Incoming, state: Arc<ConnectionState>, timeouts: Timeouts) -> Self {
        Self { body, state, timeouts, received: 0, waited: Duration::ZERO, waiting: None, timer: None }
    }

    /// Ready once the client has taken too long.
    fn poll_too_late(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let since = *self.waiting.get_or_insert_with(Instant::now);
        let deadline = since + longest_wait(&self.timeouts, self.received, self.waited);
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if timer.deadline() != deadline {
            timer.as_mut().reset(deadline);
        }
        timer.as_mut().poll(context)
    }
}

/// How long the next part of a body may take, after `received` bytes and `waited` time spent waiting for the client.
fn longest_wait(timeouts: &Timeouts, received: u64, waited: Duration) -> Duration {
    let earned = Duration::from_millis(received.saturating_mul(1_000) / u64::from(timeouts.body_rate.max(1)));
    timeouts.body.saturating_add(earned).saturating_sub(waited).min(timeouts.body)
}

impl Body for PacedBody {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) else {
            self.state.waits_for_body();
            ready!(self.poll_too_late(context));
            return Poll::Ready(Some(Err(TooSlow.into())));
        };
        if let Some(since) = self.waiting.take() {
            self.waited += since.elapsed();
        }
        match frame {
            Some(Ok(frame)) => {
                self.received += frame.data_ref().map_or(0, |data| data.len() as u64);
                if self.body.is_end_stream() {
                    self.state.body_ended();
                }
                Poll::Ready(Some(Ok(frame)))
            }
            Some(Err(error)) => Poll::Ready(Some(Err(error.into()))),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for PacedBody {
    fn drop(&mut self) {
        self.state.body_ended();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn wait(received: u64, waited: Duration) -> Duration {
        longest_wait(&Timeouts::default(), received, waited)
    }

    #[test]
    fn thirty_seconds_are_free_and_bytes_earn_more() {
        assert_eq!(wait(0, Duration::ZERO), 30 * SECOND);
        assert_eq!(wait(0, 20 * SECOND), 10 * SECOND);
        assert_eq!(wait(1_000, 31 * SECOND), Duration::ZERO, "a drop now and then is too slow");
        assert_eq!(wait(10 * 8 * 1024, 30 * SECOND), 10 * SECOND);
        assert_eq!(wait(u64::MAX, Duration::ZERO), 30 * SECOND, "no silence is longer than that");
    }

    #[test]
    fn the_largest_list_passes_on_a_slow_line() {
        // 80 kbit/s, in parts that come each second.
        let (rate, mut received, mut waited) = (10_000, 0, Duration::ZERO);
        while received < sheet::LARGEST as u64 {
            assert!(wait(received, waited) >= SECOND, "{received} bytes after {waited:?}");
            (received, waited) = (received + rate, waited + SECOND);
        }
    }

    #[test]
    fn it_is_found_behind_what_others_wrap_around_it() {
        let wrapped = axum::Error::new(axum::Error::new(TooSlow));
        assert!(TooSlow::is_cause_of(&wrapped));
        assert!(!TooSlow::is_cause_of(&axum::Error::new(std::io::Error::other("cut off"))));
    }
}
