//! The state of one run of a list at one provider, shared by the parts that quote it.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use desk::Quoter;
use jiff::Timestamp;
use parking_lot::{Mutex, MutexGuard};
use records::{BatchId, OpenDevice, RecordsError};
use tokio::sync::watch;

use crate::lease::Lease;
use crate::progress::{Phase, Progress};
use crate::round::Rounds;
use crate::side::{Further, Side};

pub(crate) struct Run<'a> {
    pub(crate) lease: &'a Lease<'a>,
    pub(crate) quoter: &'a Quoter,
    pub(crate) side: Side,
    pub(crate) id: BatchId,
    /// When the list was created. Prices from then on count as the list's own.
    pub(crate) since: Timestamp,
    /// Whether several devices are asked for in one call.
    pub(crate) together: AtomicBool,
    /// Whether a call for several devices was answered.
    pub(crate) proven: AtomicBool,
    /// The first pause for a partner that is down, and the step of other waits.
    pub(crate) rest: Duration,
    pub(crate) progress: &'a watch::Sender<Progress>,
    pub(crate) stop: watch::Receiver<bool>,
    pub(crate) rounds: Mutex<Rounds>,
}

impl Run<'_> {
    pub(crate) fn is_stopped(&self) -> bool {
        *self.stop.borrow()
    }

    /// Whether no more devices are asked for in this round.
    pub(crate) fn is_over(&self) -> bool {
        self.is_stopped() || !self.lease.is_live() || self.rounds().is_halted()
    }

    /// Reports what the list does at this provider.
    pub(crate) fn tell(&self, phase: Phase) {
        self.progress.send_modify(|progress| progress.tell(self.side.place(), phase));
        let progress = self.progress.borrow();
        self.lease.report(|doing| {
            doing.phase = progress.phase;
            doing.providers = progress.providers.iter().map(|provider| provider.phase).collect();
        });
    }

    /// The devices without a result of this provider.
    pub(crate) async fn open_devices(&self) -> Result<Vec<OpenDevice>, RecordsError> {
        let records = self.quoter.records();
        match &self.side {
            Side::Main => records.open_devices(self.id).await,
            Side::Further(Further { provider, .. }) => records.open_devices_of(self.id, provider).await,
        }
    }

    pub(crate) fn rounds(&self) -> MutexGuard<'_, Rounds> {
        self.rounds.lock()
    }
}
