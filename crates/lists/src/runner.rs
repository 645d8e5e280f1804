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

/// How long a list first waits for a partner that is down; each later wait takes twice as long, up to
/// 32 times.
const REST: Duration = Duration::from_secs(10);

/// Quotes device lists by one desk. Clones share everything.
#[derive(Clone)]
pub struct Runner {
    quoter: Quoter,
    rest: Duration,
}

impl Runner {
    /// Quotes by `desk`, and keeps lists in its records.
    pub fn new(desk: &Desk) -> Self {
        Self { quoter: desk.quoter(), rest: REST }
    }

    /// Waits first for so long where the partner is down, and not for 10 seconds.
    #[must_use]
    pub fn resting(self, rest: Duration) -> Self {
        Self { rest, ..self }
    }

    /// Quotes what is open of a list, and tells of it in `progress`, until all is known or
    /// `stop` holds true; calls that are under way then still count.
    ///
    /// It waits by itself for the quota's reset and for a partner that is down. Where another process
    /// cancels, pauses or deletes the list, it notices within a second and begins no more calls; it
    /// ends when those under way have, which may take 30 seconds. To begin a run means that an account
    /// that was refused may be in order again: the next call finds out at once.
    ///
    /// # Errors
    /// [`ListError`]; it can be run again.
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
