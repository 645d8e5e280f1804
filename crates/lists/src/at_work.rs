//! The lists that are being quoted now, and how fast each advances.

use std::collections::HashMap;

use records::BatchId;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::progress::Progress;

/// A snapshot of a list that is being quoted.
#[derive(Clone, Debug)]
pub struct AtWork {
    /// How far the list has come, and what it is doing.
    pub progress: Progress,
    /// Whether the list was told to stop and only waits for its calls in flight.
    pub stopping: bool,
    /// Results per second since the run began; `None` until the first one.
    pub rate: Option<f64>,
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) running: HashMap<BatchId, Running>,
    /// Whether the process is stopping. Another instance, or the next process, takes the lists up again.
    pub(crate) stopping: bool,
}

/// A list with the task that quotes it.
pub(crate) struct Running {
    pub(crate) progress: watch::Receiver<Progress>,
    pub(crate) stop: watch::Sender<bool>,
    pub(crate) task: JoinHandle<()>,
    /// How many results were missing when the run began, and the instant at which it began.
    pub(crate) began: (u32, Instant),
}

impl Running {
    /// Whether the task runs and was not told to stop.
    pub(crate) fn goes_on(&self) -> bool {
        !self.task.is_finished() && !self.is_stopping()
    }

    /// A snapshot of the work; `None` if the task has ended.
    pub(crate) fn at_work(&self) -> Option<AtWork> {
        if self.task.is_finished() {
            return None;
        }
        let progress = self.progress.borrow().clone();
        let (open, since) = self.began;
        let seconds = since.elapsed().as_secs_f64();
        let known = open.saturating_sub(progress.open());
        let rate = (known > 0 && seconds > 0.0).then(|| f64::from(known) / seconds);
        Some(AtWork { progress, stopping: self.is_stopping(), rate })
    }

    /// The receiver of the list's progress; `None` if the work has ended.
    pub(crate) fn followed(&self) -> Option<watch::Receiver<Progress>> {
        self.progress.has_changed().is_ok().then(|| self.progress.clone())
    }

    pub(crate) fn stop(&self) {
        self.stop.send_replace(true);
    }

    fn is_stopping(&self) -> bool {
        *self.stop.borrow()
    }
}
