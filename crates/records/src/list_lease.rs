//! Leases of device lists: each list is quoted by one instance at a time.

use std::time::Duration;

use domain::{Failure, QuoteId};

use crate::error::RecordsError;
use crate::instance_id::InstanceId;
use crate::list::{BatchId, BatchState};
use crate::patience::patiently;
use crate::records::{Records, on_each};

/// The longest life of a lease. One that would end later was made before the clock was set back, and counts as
/// ended.
pub(crate) const LONGEST_LEASE: Duration = Duration::from_secs(60);

/// The right of an instance to quote a list, until it ends or another claim replaces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListLease {
    /// The list.
    pub list: BatchId,
    /// The instance.
    pub holder: InstanceId,
    /// The number of the claim: each claim of a list has a higher one.
    pub(crate) fence: i64,
}

/// Which list to claim, and for whom.
#[derive(Clone, Copy, Debug)]
pub struct ListClaim<'a> {
    /// The list.
    pub list: BatchId,
    /// The instance that is to quote it.
    pub holder: &'a InstanceId,
    /// How long the lease lives without being renewed: up to a minute.
    pub life: Duration,
    /// Whether a paused list is claimed too, as a command does. Otherwise only an open one is.
    pub even_paused: bool,
    /// What the instance reports that it does, as in [`Batch::doing`](crate::Batch::doing).
    pub doing: &'a str,
}

impl Records {
    /// Claims a list. Returns `None` if another instance holds it, or its state does not allow that. An instance
    /// may claim a list again that it holds: its earlier lease ends.
    ///
    /// By the database's clock, the lease lives for `claim.life` from a moment during this call. So a holder that
    /// counts from before the call never believes in a lease that has ended.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn claim_list(&self, claim: ListClaim<'_>) -> Result<Option<ListLease>, RecordsError> {
        let fence = patiently!(on_each!(self, store => store.claim_list(&claim).await))?;
        Ok(fence.map(|fence| ListLease { list: claim.list, holder: claim.holder.clone(), fence }))
    }

    /// Lets a lease live for `life` from now on, and reports what the instance does. Returns whether the lease is
    /// still the latest: it is, even after its end, if no other claim has replaced it.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn renew_list(
        &self,
        lease: &ListLease,
        life: Duration,
        doing: &str,
    ) -> Result<bool, RecordsError> {
        on_each!(self, store => store.renew_list(lease, life, doing).await)
    }

    /// Ends a lease, if it is still the latest, and sets the list's state with it if `state` is given. A list that
    /// is done or cancelled stays so.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn release_list(
        &self,
        lease: &ListLease,
        state: Option<BatchState>,
    ) -> Result<(), RecordsError> {
        patiently!(on_each!(self, store => store.release_list(lease, state).await))
    }

    /// The open lists that no instance quotes, the oldest first.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn lists_to_take_up(&self) -> Result<Vec<BatchId>, RecordsError> {
        on_each!(self, store => store.lists_to_take_up().await)
    }

    /// The last reports about paused lists that no instance quotes, as in [`Batch::doing`](crate::Batch::doing).
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn reports_of_paused_lists(&self) -> Result<Vec<String>, RecordsError> {
        on_each!(self, store => store.reports_of_paused_lists().await)
    }

    /// Records the result of a device of a list. Returns whether it was recorded: only the latest lease may settle
    /// a device. An instance that hung and has lost its lease changes nothing that the next one has settled, and
    /// gives no device up. A price that comes too late is not lost: its quote is recorded, and the next instance
    /// finds it before it asks.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn settle(
        &self,
        lease: &ListLease,
        device: u32,
        answer: &Result<QuoteId, Failure>,
    ) -> Result<bool, RecordsError> {
        on_each!(self, store => store.settle(lease, device, answer).await)
    }
}
