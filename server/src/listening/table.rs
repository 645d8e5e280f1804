//! The open connections, counted in total and by address, and which one is closed when there is no room for another.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tokio::time::{Instant, timeout};

use super::ConnectionLimits;
use super::seldom::Seldom;
use super::state::ConnectionState;
use crate::household::household;

/// How often a connection that waits for a place checks whether another has become old enough to be closed.
const LOOK: Duration = Duration::from_millis(50);

/// All open connections of a listener.
pub(super) struct ConnectionTable {
    limits: ConnectionLimits,
    open: Mutex<Open>,
    /// Notified when a connection ends.
    ended: Notify,
}

#[derive(Default)]
struct Open {
    next: u64,
    connections: HashMap<u64, Entry>,
    by_address: HashMap<IpAddr, usize>,
    /// Limit how often it is logged that all places are taken, and that an address has too many.
    full: Seldom,
    refused: Seldom,
}

struct Entry {
    address: IpAddr,
    state: Arc<ConnectionState>,
    /// The task that serves it; `None` until it is spawned.
    task: Option<AbortHandle>,
    /// Whether its task was aborted and has not ended yet.
    leaving: bool,
}

/// RAII guard: the connection counts as open until this is dropped.
pub(super) struct Place {
    id: u64,
    state: Arc<ConnectionState>,
    table: Arc<ConnectionTable>,
}

/// The decision about a connection that was just accepted.
enum Admission {
    Admitted(Place),
    /// There is no room yet: another connection is closing, or becomes old enough to be closed.
    Later,
    /// Its address has as many connections as it may, all at work.
    Refused,
}

impl ConnectionTable {
    pub(super) fn new(limits: ConnectionLimits) -> Self {
        Self { limits, open: Mutex::default(), ended: Notify::new() }
    }

    /// Waits for a place for a connection from `address`. `None` if the address has as many connections as it may,
    /// and all are at work. Meanwhile further connections wait in the backlog of the port.
    pub(super) async fn admit(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let address = household(address.to_canonical());
        loop {
            match self.try_admit(address, Instant::now()) {
                Admission::Admitted(place) => return Some(place),
                Admission::Refused => return None,
                // No notification comes when a connection becomes old enough to be closed.
                Admission::Later => drop(timeout(LOOK, self.ended.notified()).await),
            }
        }
    }

    fn try_admit(self: &Arc<Self>, address: IpAddr, now: Instant) -> Admission {
        let mut open = self.open();
        let most = self.limits.per_address.filter(|_| !address.is_loopback());
        if most.is_some_and(|most| open.by_address.get(&address).is_some_and(|count| *count >= most)) {
            if open.make_room(now, |entry| entry.address == address) {
                return Admission::Later;
            }
            if open.refused.is_due(now) {
                tracing::warn!(
                    most,
                    "an address has as many connections at work as it may, and gets no more"
                );
            }
            return Admission::Refused;
        }
        if open.connections.len() >= self.limits.total {
            open.make_room(now, |_| true);
            if open.full.is_due(now) {
                let total = self.limits.total;
                tracing::warn!(total, "all connections are taken; silent and idle ones make room for others");
            }
            return Admission::Later;
        }
        let (id, state) = (open.next, Arc::new(ConnectionState::new(now)));
        open.next += 1;
        let entry = Entry { address, state: Arc::clone(&state), task: None, leaving: false };
        open.connections.insert(id, entry);
        *open.by_address.entry(address).or_default() += 1;
        Admission::Admitted(Place { id, state, table: Arc::clone(self) })
    }

    /// Notes the task of a connection, which is aborted to close it.
    pub(super) fn note_task(&self, id: u64, task: AbortHandle) {
        if let Some(entry) = self.open().connections.get_mut(&id) {
            entry.task = Some(task);
        }
    }

    /// Closes the connection that comes first in the order of closing, if one may be closed.
    pub(super) fn make_room(&self) {
        self.open().make_room(Instant::now(), |_| true);
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock()
    }
}

impl Open {
    /// Closes the first, by rank, of the connections that `fits` accepts, unless one of them is closing already.
    /// Returns whether there will be room.
    fn make_room(&mut self, now: Instant, fits: impl Fn(&Entry) -> bool) -> bool {
        let mut fitting = self.connections.values_mut().filter(|entry| fits(entry));
        let mut first: Option<(_, &mut Entry)> = None;
        for entry in &mut fitting {
            if entry.leaving {
                return true;
            }
            let Some(rank) = entry.state.rank(now).filter(|_| entry.task.is_some()) else { continue };
            if first.as_ref().is_none_or(|(least, _)| rank < *least) {
                first = Some((rank, entry));
            }
        }
        let Some((_, entry)) = first else { return false };
        entry.leaving = true;
        if let Some(task) = &entry.task {
            task.abort();
        }
        true
    }

    fn remove(&mut self, id: u64) {
        let Some(Entry { address, .. }) = self.connections.remove(&id) else { return };
        if let Some(count) = self.by_address.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                self.by_address.remove(&address);
            }
        }
    }
}

impl Place {
    pub(super) fn id(&self) -> u64 {
        self.id
    }

    pub(super) fn state(&self) -> &Arc<ConnectionState> {
        &self.state
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.table.open().remove(self.id);
        self.table.ended.notify_one();
    }
}

#[cfg(test)]
mod tests;
