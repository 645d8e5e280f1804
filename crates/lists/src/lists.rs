//! The device lists of a process: started, held up, and taken up again after a restart.

use std::sync::Arc;
use std::time::Duration;

use desk::Desk;
use parking_lot::{Mutex, MutexGuard};
use records::{BatchId, BatchState, Counts, Records, RecordsError};
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep};
use tokio_util::task::TaskTracker;

use crate::at_work::{AtWork, Running, State};
use crate::error::ListError;
use crate::progress::{Phase, Progress};
use crate::runner::Runner;

/// How long a list waits for records that cannot be read.
const REST: Duration = Duration::from_secs(5);

/// How often a list that nothing runs yet is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// The lists of a process. Clones share everything.
#[derive(Clone)]
pub struct Lists(Arc<Inner>);

struct Inner {
    runner: Runner,
    records: Records,
    account: Arc<str>,
    state: Mutex<State>,
    /// Counts the tasks of lists, for the end.
    tasks: TaskTracker,
    /// A list began to be quoted, or all are to stop.
    changed: Notify,
}

/// What there is to follow of a list.
pub enum Followed {
    /// It is quoted.
    Runs(watch::Receiver<Progress>),
    /// It stands still.
    StandsStill,
    /// The process stops; the next one goes on with the list.
    Stopping,
}

impl Lists {
    /// Lists that `desk` quotes for `account`, and keeps in its records. Nothing is at work yet.
    pub fn new(desk: &Desk, account: &Arc<str>) -> Self {
        Self(Arc::new(Inner {
            runner: Runner::new(desk),
            records: desk.quoter().records().clone(),
            account: Arc::clone(account),
            state: Mutex::default(),
            tasks: TaskTracker::new(),
            changed: Notify::new(),
        }))
    }

    /// For whom they are quoted.
    pub fn account(&self) -> &str {
        &self.0.account
    }

    /// What is written of the lists.
    pub fn records(&self) -> &Records {
        &self.0.records
    }

    /// Takes up what a process before this one was quoting.
    pub async fn take_up(&self) {
        loop {
            match self.0.records.batches().await {
                Ok(lists) => {
                    let open = lists.iter().filter(|list| list.state == BatchState::Open);
                    return open.for_each(|list| self.run(list.id, list.counts));
                }
                Err(error) => tracing::error!(%error, "device lists cannot be taken up yet"),
            }
            sleep(REST).await;
        }
    }

    /// Quotes a list, also after a restart, until all is known. One that is at its end stays
    /// there.
    ///
    /// # Errors
    /// [`RecordsError`] when that cannot be noted; then nothing is asked.
    pub async fn start(&self, id: BatchId) -> Result<(), RecordsError> {
        self.0.records.set_batch_state(id, BatchState::Open).await?;
        if let Some(list) = self.0.records.batch(id).await?.filter(|list| list.state == BatchState::Open) {
            self.run(id, list.counts);
        }
        Ok(())
    }

    /// Lets a list stand still; calls that are under way end.
    ///
    /// # Errors
    /// [`RecordsError`] when that cannot be noted; it stands still until a restart.
    pub async fn pause(&self, id: BatchId) -> Result<(), RecordsError> {
        self.0.stop(id);
        self.0.records.set_batch_state(id, BatchState::Paused).await
    }

    /// Ends a list for good, and keeps what is known.
    ///
    /// # Errors
    /// [`RecordsError`] when that cannot be noted; it stands still until a restart.
    pub async fn cancel(&self, id: BatchId) -> Result<(), RecordsError> {
        self.0.stop(id);
        self.0.state().refused.remove(&id);
        self.0.records.set_batch_state(id, BatchState::Cancelled).await
    }

    /// Forgets a list with all that it said.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be deleted; it stands still until a restart.
    pub async fn delete(&self, id: BatchId) -> Result<(), RecordsError> {
        self.0.stop(id);
        self.0.state().refused.remove(&id);
        self.0.records.delete_batch(id).await
    }

    /// How a list does; `None` for one that stands still.
    pub fn at_work(&self, id: BatchId) -> Option<AtWork> {
        self.0.state().running.get(&id)?.at_work()
    }

    /// What there is to follow of a list. One that is open though nothing runs it is about to be
    /// quoted, as after a restart, or was about to stand still: that is waited for.
    pub async fn follow(&self, id: BatchId) -> Followed {
        loop {
            let changed = self.0.changed.notified();
            {
                let state = self.0.state();
                if let Some(progress) = state.running.get(&id).and_then(Running::followed) {
                    return Followed::Runs(progress);
                }
                if state.stopping {
                    return Followed::Stopping;
                }
            }
            let open = match self.0.records.batch(id).await {
                Ok(list) => list.is_some_and(|list| list.state == BatchState::Open),
                // That is not known; it is looked at again.
                Err(_) => true,
            };
            if !open {
                return Followed::StandsStill;
            }
            tokio::select! {
                () = changed => {}
                () = sleep(LOOK) => {}
            }
        }
    }

    /// Whether a list ended because the partner refuses the account.
    pub fn is_refused(&self, id: BatchId) -> bool {
        self.0.state().refused.contains(&id)
    }

    /// How many lists ended so, and were not started again.
    pub fn refused(&self) -> usize {
        self.0.state().refused.len()
    }

    /// Tells all lists to stop; they are taken up after the restart.
    pub fn stop_all(&self) {
        let mut state = self.0.state();
        state.stopping = true;
        state.running.values().for_each(Running::stop);
        drop(state);
        self.0.changed.notify_waiters();
    }

    /// Waits until all lists stand still.
    pub async fn stopped(&self) {
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }

    fn run(&self, id: BatchId, counts: Counts) {
        let mut state = self.0.state();
        state.refused.remove(&id);
        let before = match state.running.remove(&id) {
            Some(running) if running.goes_on() => {
                state.running.insert(id, running);
                return;
            }
            before => before.map(|running| running.task),
        };
        let (tell, progress) = watch::channel(Progress { counts, phase: Phase::Asking });
        let (stop, stopped) = watch::channel(false);
        let inner = Arc::clone(&self.0);
        let task = self.0.tasks.spawn(async move {
            // It was told to stop and to go on in one breath.
            if let Some(before) = before {
                let _ = before.await;
            }
            inner.run(id, tell, stopped).await;
        });
        state.running.insert(id, Running { progress, stop, task, began: (counts, Instant::now()) });
        drop(state);
        self.0.changed.notify_waiters();
    }
}

impl Inner {
    async fn run(&self, id: BatchId, tell: watch::Sender<Progress>, mut stop: watch::Receiver<bool>) {
        loop {
            match self.runner.run(id, &tell, stop.clone()).await {
                Ok(()) | Err(ListError::NotFound | ListError::Cancelled) => return,
                Err(ListError::Refused) => {
                    tracing::error!(batch = id.0, "a device list stands still: the account is refused");
                    self.state().refused.insert(id);
                    if let Err(error) = self.records.set_batch_state(id, BatchState::Paused).await {
                        tracing::error!(batch = id.0, %error, "that a list stands still is not noted");
                    }
                    return;
                }
                Err(ListError::Records(error)) => {
                    tracing::warn!(batch = id.0, %error, "a device list waits for its records");
                }
            }
            tokio::select! {
                () = sleep(REST) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    fn stop(&self, id: BatchId) {
        if let Some(running) = self.state().running.get(&id) {
            running.stop();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}
