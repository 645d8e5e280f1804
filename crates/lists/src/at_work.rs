//! The lists that are quoted at this moment.

use std::collections::{HashMap, HashSet};

use records::{BatchId, Counts};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::progress::Progress;

/// The work on a list that is quoted.
#[derive(Clone, Copy, Debug)]
pub struct AtWork {
    /// How far it has come, and what it is doing.
    pub progress: Progress,
    /// Whether it is stopping: calls in flight are waited for.
    pub stopping: bool,
    /// Devices that became known a second; `None` before the first.
    pub rate: Option<f64>,
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) running: HashMap<BatchId, Running>,
    /// Lists that ended because the partner refuses the account.
    pub(crate) refused: HashSet<BatchId>,
    /// Whether the process stops: lists are taken up by the next.
    pub(crate) stopping: bool,
}

/// A list with the task that quotes it.
pub(crate) struct Running {
    pub(crate) progress: watch::Receiver<Progress>,
    pub(crate) stop: watch::Sender<bool>,
    pub(crate) task: JoinHandle<()>,
    /// What was known when it began, and when that was.
    pub(crate) began: (Counts, Instant),
}

impl Running {
    /// Whether it is quoted, and not told to stop.
    pub(crate) fn goes_on(&self) -> bool {
        !self.task.is_finished() && !self.is_stopping()
    }

    /// How it does; `None` once it stands still.
    pub(crate) fn at_work(&self) -> Option<AtWork> {
        if self.task.is_finished() {
            return None;
        }
        let progress = *self.progress.borrow();
        let (counts, since) = self.began;
        let seconds = since.elapsed().as_secs_f64();
        let known = counts.open().saturating_sub(progress.counts.open());
        let rate = (known > 0 && seconds > 0.0).then(|| f64::from(known) / seconds);
        Some(AtWork { progress, stopping: self.is_stopping(), rate })
    }

    /// What there is to hear of it; `None` once its work has ended.
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
