use std::sync::atomic::AtomicBool;
use std::time::Duration;

use desk::{Desk, Quoter};
use parking_lot::Mutex;
use records::{BatchId, BatchState};
use tokio::sync::watch;

use crate::error::ListError;
use crate::progress::{Phase, Progress};
use crate::round::Rounds;
use crate::run::Run;

/// How long a list waits for a partner that is down, after a round that settled a device. After each round
/// that settled none, the wait doubles, up to 32 times this.
const REST: Duration = Duration::from_secs(10);

/// Quotes device lists through one desk. Clones share everything.
#[derive(Clone)]
pub struct Runner {
    quoter: Quoter,
    rest: Duration,
}

impl Runner {
    /// A runner that quotes through `desk` and keeps lists in its records.
    pub fn new(desk: &Desk) -> Self {
        Self { quoter: desk.quoter(), rest: REST }
    }

    /// Uses `rest` as the first wait for a partner that is down, instead of 10 seconds.
    #[must_use]
    pub fn resting(self, rest: Duration) -> Self {
        Self { rest, ..self }
    }

    /// Quotes the open devices of a list, and reports in `progress`, until every device is settled or `stop`
    /// is true. Calls in flight then are completed, and their results count.
    ///
    /// The run waits by itself for the quota's reset and for a partner that is down. If another process
    /// cancels, pauses or deletes the list, the run notices this within a second and begins no more calls. It
    /// ends when the calls in flight have ended, which may take 30 seconds. A new run assumes that a refused
    /// account may be in order again: its next call probes that at once.
    ///
    /// # Errors
    /// [`ListError`]. After [`ListError::Refused`] and [`ListError::Records`], the list can be run again.
    pub async fn run(
        &self,
        id: BatchId,
        progress: &watch::Sender<Progress>,
        stop: watch::Receiver<bool>,
    ) -> Result<(), ListError> {
        let quoter = &self.quoter;
        let list = quoter.records().batch(id).await?.ok_or(ListError::NotFound)?;
        if list.state == BatchState::Cancelled {
            return Err(ListError::Cancelled);
        }
        progress.send_replace(Progress { counts: list.counts, phase: Phase::Asking });
        quoter.let_one_try();
        let (tell_stop, stopped) = watch::channel(*stop.borrow());
        let run = Run {
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
        let told = run.until_told(stop, list.state);
        let work = run.to_the_end();
        tokio::pin!(told, work);
        let done = tokio::select! {
            done = &mut work => done,
            why = &mut told => {
                tell_stop.send_replace(true);
                work.await.and(why)
            }
        };
        run.tell(Phase::Ended);
        done
    }
}
