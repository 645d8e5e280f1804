//! The device lists that this server quotes: started, held up, and taken up again after a
//! restart.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::operator::batch::AtWork;
use desk::{Desk, Records, RecordsError};
use lists::{BatchId, BatchState, Counts, ListError, Phase, Progress, Runner};
use parking_lot::{Mutex, MutexGuard};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio_util::task::TaskTracker;

use crate::partner::Counter;

/// How long a list waits for records that cannot be read.
const REST: Duration = Duration::from_secs(5);

/// How often a list that nothing runs yet is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// The lists at work. Clones share everything.
#[derive(Clone)]
pub struct Batches(Arc<Inner>);

struct Inner {
    desk: Desk,
    records: Records,
    account: Arc<str>,
    state: Mutex<State>,
    /// Counts the tasks of lists, for the end.
    tasks: TaskTracker,
    /// A list began to be quoted, or all are to stop.
    changed: Notify,
}

#[derive(Default)]
struct State {
    running: HashMap<BatchId, Running>,
    /// Lists that ended because the partner refuses the account.
    refused: HashSet<BatchId>,
    /// Whether the server stops: lists are taken up by the next.
    stopping: bool,
}

/// What there is to follow of a list.
pub(crate) enum Followed {
    /// It is quoted.
    Runs(watch::Receiver<Progress>),
    /// It stands still.
    StandsStill,
    /// The server stops; the next one goes on with the list.
    Stopping,
}

struct Running {
    progress: watch::Receiver<Progress>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    /// What was known when it began, and when that was.
    began: (Counts, Instant),
}

impl Batches {
    /// Nothing is at work yet.
    pub fn new(counter: &Counter) -> Self {
        let (desk, records) = (counter.desk.clone(), counter.records.clone());
        Self(Arc::new(Inner {
            desk,
            records,
            account: Arc::clone(&counter.account),
            state: Mutex::default(),
            tasks: TaskTracker::new(),
            changed: Notify::new(),
        }))
    }

    /// What quotes them.
    pub(crate) fn desk(&self) -> &Desk {
        &self.0.desk
    }

    /// For whom they are quoted.
    pub(crate) fn account(&self) -> &str {
        &self.0.account
    }

    /// What is written of the lists.
    pub(crate) fn records(&self) -> &Records {
        &self.0.records
    }

    /// Takes up what a server before this one was quoting.
    pub(crate) async fn take_up(&self) {
        loop {
            match self.0.records.batches().await {
                Ok(batches) => {
                    let open = batches.iter().filter(|batch| batch.state == BatchState::Open);
                    return open.for_each(|batch| self.run(batch.id, batch.counts));
                }
                Err(error) => tracing::error!(%error, "device lists cannot be taken up yet"),
            }
            tokio::time::sleep(REST).await;
        }
    }

    /// Quotes a list, also after a restart, until all is known. One that is at its end stays
    /// there.
    ///
    /// # Errors
    /// [`RecordsError`] when that cannot be noted; then nothing is asked.
    pub async fn start(&self, id: BatchId) -> Result<(), RecordsError> {
        self.0.records.set_batch_state(id, BatchState::Open).await?;
        if let Some(batch) = self.0.records.batch(id).await?.filter(|batch| batch.state == BatchState::Open) {
            self.run(id, batch.counts);
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
        let state = self.0.state();
        let running = state.running.get(&id).filter(|running| !running.task.is_finished())?;
        let progress = *running.progress.borrow();
        let (counts, since) = running.began;
        let seconds = since.elapsed().as_secs_f64();
        let known = counts.open().saturating_sub(progress.counts.open());
        let rate = (known > 0 && seconds > 0.0).then(|| f64::from(known) / seconds);
        Some(AtWork { progress, stopping: *running.stop.borrow(), rate })
    }

    /// What there is to follow of a list. One that is open though nothing runs it is about to be
    /// quoted, as after a restart, or was about to stand still: that is waited for.
    pub(crate) async fn follow(&self, id: BatchId) -> Followed {
        loop {
            let changed = self.0.changed.notified();
            {
                let state = self.0.state();
                let running = state.running.get(&id).map(|running| running.progress.clone());
                // It is told of no more once its work has ended.
                if let Some(progress) = running.filter(|progress| progress.has_changed().is_ok()) {
                    return Followed::Runs(progress);
                }
                if state.stopping {
                    return Followed::Stopping;
                }
            }
            let open = match self.0.records.batch(id).await {
                Ok(batch) => batch.is_some_and(|batch| batch.state == BatchState::Open),
                // Nobody knows; it is looked at again.
                Err(_) => true,
            };
            if !open {
                return Followed::StandsStill;
            }
            tokio::select! {
                () = changed => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Whether a list ended because the partner refuses the account.
    pub fn is_refused(&self, id: BatchId) -> bool {
        self.0.state().refused.contains(&id)
    }

    /// How many lists ended so, and nobody resumed them.
    pub fn refused(&self) -> usize {
        self.0.state().refused.len()
    }

    /// Tells all lists to stop; they are taken up after the restart.
    pub(crate) fn stop_all(&self) {
        let mut state = self.0.state();
        state.stopping = true;
        for running in state.running.values() {
            running.stop.send_replace(true);
        }
        drop(state);
        self.0.changed.notify_waiters();
    }

    /// Waits until all lists stand still.
    pub(crate) async fn stopped(&self) {
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }

    fn run(&self, id: BatchId, counts: Counts) {
        let mut state = self.0.state();
        state.refused.remove(&id);
        let before = match state.running.remove(&id) {
            Some(running) if !running.task.is_finished() && !*running.stop.borrow() => {
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
            match Runner::new(&self.desk).run(id, &tell, stop.clone()).await {
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
                () = tokio::time::sleep(REST) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    fn stop(&self, id: BatchId) {
        if let Some(running) = self.state().running.get(&id) {
            running.stop.send_replace(true);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}
