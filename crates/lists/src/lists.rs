//! The device lists of a process: started, paused, cancelled, and taken up again after a restart or from another
//! instance that has ended.

use std::sync::Arc;
use std::time::Duration;

use desk::Desks;
use parking_lot::{Mutex, MutexGuard};
use records::{Batch, BatchId, BatchState, InstanceId, Records, RecordsError};
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep};
use tokio_util::task::TaskTracker;

use crate::at_work::{AtWork, Running, State};
use crate::doing::{Doing, has_been_refused, work_elsewhere};
use crate::error::ListError;
use crate::progress::Progress;
use crate::runner::Runner;
use crate::times::Times;

/// The pause before failed records are tried again.
pub(crate) const REST: Duration = Duration::from_secs(5);

/// How often an open list that does not run yet is checked.
const LOOK: Duration = Duration::from_secs(1);

/// The lists of a process. Clones share everything.
#[derive(Clone)]
pub struct Lists(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) runner: Runner,
    pub(crate) records: Records,
    account: Arc<str>,
    /// The pause between two looks for lists that no instance quotes.
    pub(crate) look: Duration,
    state: Mutex<State>,
    /// The tasks that quote lists. The shutdown waits for them.
    tasks: TaskTracker,
    /// Notified when a list starts, and when all lists are told to stop.
    changed: Notify,
}

/// The result of [`Lists::follow`].
pub enum Followed {
    /// The list is being quoted here. The receiver gives its progress.
    Runs(watch::Receiver<Progress>),
    /// Another instance quotes the list. Its progress is in the records.
    RunsElsewhere,
    /// The list is not open: it is paused, cancelled, done or deleted.
    StandsStill,
    /// The process is stopping. Another instance, or the next process, continues the list.
    Stopping,
}

impl Lists {
    /// Lists that `desks`, or one desk, quote for `account` and keep in their records, in the process `instance`. None
    /// runs yet. The first desk is the one that each list asks; the others are asked by lists that compare.
    pub fn new(desks: impl Into<Desks>, account: &Arc<str>, instance: InstanceId) -> Self {
        Self::with(desks, account, instance, Times::default())
    }

    /// [`Self::new`] with other times than the default.
    pub fn with(desks: impl Into<Desks>, account: &Arc<str>, instance: InstanceId, times: Times) -> Self {
        let runner = Runner::new(desks, instance).leasing(times.life).only_open();
        Self(Arc::new(Inner {
            records: runner.quoter().records().clone(),
            runner,
            account: Arc::clone(account),
            look: times.look,
            state: Mutex::default(),
            tasks: TaskTracker::new(),
            changed: Notify::new(),
        }))
    }

    /// The account that the lists are quoted for.
    pub fn account(&self) -> &str {
        &self.0.account
    }

    /// The records that hold the lists.
    pub fn records(&self) -> &Records {
        &self.0.records
    }

    /// Starts a list, or resumes a paused one. It runs until every device is settled, also after a restart. A
    /// list that is done or cancelled stays as it is, and one that another instance quotes goes on there.
    ///
    /// # Errors
    /// [`RecordsError`] if the records fail; then the list is not started now.
    pub async fn start(&self, id: BatchId) -> Result<(), RecordsError> {
        self.0.records.set_batch_state(id, BatchState::Open).await?;
        if let Some(list) = self.0.records.batch(id).await?.filter(|list| list.state == BatchState::Open) {
            self.run(&list);
        }
        Ok(())
    }

    /// Pauses a list. Calls in flight are completed, and their results are kept.
    ///
    /// # Errors
    /// [`RecordsError`] if the new state cannot be written; then the list stands still only until a restart.
    pub async fn pause(&self, id: BatchId) -> Result<(), RecordsError> {
        self.0.stop(id);
        self.0.records.set_batch_state(id, BatchState::Paused).await
    }

    /// Cancels a list for good. Its results are kept.
    ///
    /// # Errors
    /// [`RecordsError`] if the new state cannot be written; then the list stands still only until a restart.
    pub async fn cancel(&self, id: BatchId) -> Result<(), RecordsError> {
        self.0.stop(id);
        self.0.records.set_batch_state(id, BatchState::Cancelled).await
    }

    /// Deletes a list and its rows.
    ///
    /// # Errors
    /// [`RecordsError`] if it cannot be deleted; then the list stands still only until a restart.
    pub async fn delete(&self, id: BatchId) -> Result<(), RecordsError> {
        self.0.stop(id);
        self.0.records.delete_batch(id).await
    }

    /// A snapshot of the work on a list that was read from the records: here, or as another instance reported it last;
    /// `None` if no instance works on it.
    pub fn work_on(&self, list: &Batch) -> Option<AtWork> {
        let here = self.0.state().running.get(&list.id).and_then(Running::at_work);
        here.or_else(|| work_elsewhere(list))
    }

    /// The progress of a list that runs, or why it does not run. An open list that does not run is about to
    /// start, as after a restart, or about to be paused or ended: this waits until one of the two has
    /// happened.
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
                Ok(Some(list)) if work_elsewhere(&list).is_some() => return Followed::RunsElsewhere,
                Ok(list) => list.is_some_and(|list| list.state == BatchState::Open),
                // The state is unknown while the records fail, so it is checked again.
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

    /// Whether a list, as it was read from the records, ended because the partner refuses the account.
    pub fn is_refused(&self, list: &Batch) -> bool {
        has_been_refused(list)
    }

    /// How many lists ended because the partner refuses the account, and were not started again, cancelled or
    /// deleted since.
    ///
    /// # Errors
    /// [`RecordsError`] if the records cannot be read.
    pub async fn refused(&self) -> Result<usize, RecordsError> {
        let reports = self.0.records.reports_of_paused_lists().await?;
        Ok(reports.iter().filter(|report| Doing::read(report).refused).count())
    }

    /// Tells all lists to stop. Each gives its lease back when its calls in flight have ended, and is taken up again by
    /// another instance or after the restart.
    pub fn stop_all(&self) {
        let mut state = self.0.state();
        state.stopping = true;
        state.running.values().for_each(Running::stop);
        drop(state);
        self.0.changed.notify_waiters();
    }

    /// Waits until no list runs.
    pub async fn stopped(&self) {
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }

    pub(crate) fn run(&self, list: &Batch) {
        let id = list.id;
        let mut state = self.0.state();
        if state.stopping {
            return;
        }
        let before = match state.running.remove(&id) {
            Some(running) if running.goes_on() => {
                state.running.insert(id, running);
                return;
            }
            before => before.map(|running| running.task),
        };
        state.running.retain(|_, running| !running.task.is_finished());
        let beginning = Progress::of(list);
        let began = (beginning.open(), Instant::now());
        let (tell, progress) = watch::channel(beginning);
        let (stop, stopped) = watch::channel(false);
        let inner = Arc::clone(&self.0);
        let task = self.0.tasks.spawn(async move {
            // The list was started again before its previous run, which was told to stop, has ended.
            if let Some(before) = before {
                let _ = before.await;
            }
            inner.run(id, tell, stopped).await;
        });
        state.running.insert(id, Running { progress, stop, task, began });
        drop(state);
        self.0.changed.notify_waiters();
    }
}

impl Inner {
    async fn run(&self, id: BatchId, tell: watch::Sender<Progress>, mut stop: watch::Receiver<bool>) {
        loop {
            match self.runner.run(id, &tell, stop.clone()).await {
                Ok(()) | Err(ListError::NotFound | ListError::Cancelled) => return,
                Err(ListError::Elsewhere) => {
                    tracing::info!(batch = id.0, "another instance quotes a device list");
                    return;
                }
                Err(ListError::Refused) => {
                    tracing::error!(batch = id.0, "a device list stands still: the account is refused");
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

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}
