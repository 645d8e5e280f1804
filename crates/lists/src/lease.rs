//! The lease under which an instance quotes a list: claimed, kept, and given back.

use std::time::Duration;

use desk::LeaseEnd;
use records::{BatchId, BatchState, InstanceId, ListClaim, ListLease, Records, RecordsError};
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use crate::doing::Doing;
use crate::error::ListError;

/// A lease, as its holder knows it.
///
/// The records fence off what a former holder still writes. This also keeps it from asking the partner: the holder
/// counts the life of its lease by its own monotonic clock, from before it asked for it. So it stops no later than the
/// lease ends by the database's clock, also if the process hung or the database is away. What it cannot notice is
/// that the whole machine was suspended, since that clock stands still then; it learns that at its next renewal.
pub(crate) struct Lease<'a> {
    records: &'a Records,
    granted: ListLease,
    life: Duration,
    /// Until when calls may begin.
    end: watch::Sender<Instant>,
    doing: watch::Sender<Doing>,
}

/// Who claims a list, and for how long.
#[derive(Clone, Debug)]
pub(crate) struct Claimant {
    pub(crate) instance: InstanceId,
    pub(crate) life: Duration,
    /// Whether it also quotes paused lists, as a command does.
    pub(crate) even_paused: bool,
}

impl<'a> Lease<'a> {
    /// Claims a list. Returns `None` if another instance holds it, or its state does not allow it.
    pub(crate) async fn claim(
        records: &'a Records,
        list: BatchId,
        claimant: &Claimant,
    ) -> Result<Option<Self>, RecordsError> {
        let Claimant { instance: holder, life, even_paused } = claimant;
        let (life, even_paused) = (*life, *even_paused);
        let doing = Doing::BEGINNING;
        let claim = ListClaim { list, holder, life, even_paused, doing: &doing.text() };
        let asked = Instant::now();
        let granted = records.claim_list(claim).await?;
        Ok(granted.map(|granted| {
            let (end, doing) = (watch::Sender::new(asked + life), watch::Sender::new(doing));
            Self { records, granted, life, end, doing }
        }))
    }

    /// What the records ask for, from a holder that writes.
    pub(crate) fn granted(&self) -> &ListLease {
        &self.granted
    }

    /// Whether calls may begin.
    pub(crate) fn is_live(&self) -> bool {
        Instant::now() < *self.end.borrow()
    }

    /// Until when calls may begin, also after it was renewed.
    pub(crate) fn end(&self) -> LeaseEnd {
        self.end.subscribe()
    }

    /// Resolves as soon as calls may begin: at once, or when the lease was renewed after its end.
    pub(crate) async fn live(&self) {
        let mut end = self.end.subscribe();
        // The sender lives as long as `self`, so this waits for a renewal.
        while !self.is_live() && end.changed().await.is_ok() {}
    }

    /// Changes what is reported about the work.
    pub(crate) fn report(&self, change: impl FnOnce(&mut Doing)) {
        self.doing.send_if_modified(|doing| {
            let before = doing.clone();
            change(doing);
            *doing != before
        });
    }

    /// Renews the lease at a third of its life, and at each report. Ends when another claim has replaced it. While the
    /// records fail, this tries on; a lease that was not claimed by another meanwhile is renewed even after its end.
    pub(crate) async fn keep(&self) {
        let (third, soon) = (self.life / 3, self.life / 12);
        let mut doing = self.doing.subscribe();
        if *doing.borrow() != Doing::BEGINNING {
            doing.mark_changed();
        }
        let mut pause = third;
        loop {
            tokio::select! {
                () = sleep(pause) => {}
                _ = doing.changed() => {}
            }
            let report = doing.borrow_and_update().text();
            let asked = Instant::now();
            match self.records.renew_list(&self.granted, self.life, &report).await {
                Ok(true) => {
                    self.end.send_replace(asked + self.life);
                    pause = third;
                }
                Ok(false) => return,
                Err(error) => {
                    let batch = self.granted.list.0;
                    tracing::warn!(batch, %error, "the lease of a device list cannot be renewed yet");
                    pause = soon;
                }
            }
        }
    }

    /// Gives the list back, so that another instance may go on at once. A list whose account is refused is paused with
    /// it. If that fails, the lease ends by itself.
    pub(crate) async fn release(self, done: &Result<(), ListError>) {
        let state = matches!(done, Err(ListError::Refused)).then_some(BatchState::Paused);
        if let Err(error) = self.give_back(state).await {
            let batch = self.granted.list.0;
            tracing::warn!(batch, %error, "the lease of a device list is not given back, and ends by itself");
        }
    }

    async fn give_back(&self, state: Option<BatchState>) -> Result<(), RecordsError> {
        if state.is_some() {
            let report = Doing { refused: true, ..self.doing.borrow().clone() }.text();
            self.records.renew_list(&self.granted, self.life, &report).await?;
        }
        self.records.release_list(&self.granted, state).await
    }

    /// Gives the list back as done.
    pub(crate) async fn end_as_done(&self) -> Result<(), RecordsError> {
        self.records.release_list(&self.granted, Some(BatchState::Done)).await
    }
}
