//! The connections that are open: how many, of which addresses, and which one makes room for the next.

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

/// How often a connection that waits for a place looks whether another has been silent for long enough.
const LOOK: Duration = Duration::from_millis(50);

/// All open connections of a listener.
pub(super) struct ConnectionTable {
    limits: ConnectionLimits,
    open: Mutex<Open>,
    /// A connection has ended.
    ended: Notify,
}

#[derive(Default)]
struct Open {
    next: u64,
    connections: HashMap<u64, Entry>,
    by_address: HashMap<IpAddr, usize>,
    /// For the log: all are taken, and an address has too many.
    full: Seldom,
    refused: Seldom,
}

struct Entry {
    address: IpAddr,
    state: Arc<ConnectionState>,
    /// Its task, once that has begun.
    task: Option<AbortHandle>,
    /// Whether it was told to make room, and has not ended yet.
    leaving: bool,
}

/// RAII guard: the connection is counted until this is dropped.
pub(super) struct Place {
    id: u64,
    state: Arc<ConnectionState>,
    table: Arc<ConnectionTable>,
}

/// What becomes of a connection that was just taken.
enum Admission {
    Admitted(Place),
    /// Another makes room for it, or will soon.
    Later,
    /// Its address has as many as it may, all at work.
    Refused,
}

impl ConnectionTable {
    pub(super) fn new(limits: ConnectionLimits) -> Self {
        Self { limits, open: Mutex::default(), ended: Notify::new() }
    }

    /// Waits for a place for a connection from `address`; `None` where its address has as many connections as it
    /// may, and all are at work. Further connections wait in the queue of the port meanwhile.
    pub(super) async fn admit(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let address = household(address.to_canonical());
        loop {
            match self.try_admit(address, Instant::now()) {
                Admission::Admitted(place) => return Some(place),
                Admission::Refused => return None,
                // A connection becomes old enough to make room without telling so.
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

    /// Notes the task that serves a connection, by whose abortion it makes room.
    pub(super) fn note_task(&self, id: u64, task: AbortHandle) {
        if let Some(entry) = self.open().connections.get_mut(&id) {
            entry.task = Some(task);
        }
    }

    /// Closes the connection that is silent longest, if any may be closed.
    pub(super) fn make_room(&self) {
        self.open().make_room(Instant::now(), |_| true);
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock()
    }
}

impl Open {
    /// Closes the first by rank of those that `fits`, unless one of them is leaving already: whether there will be
    /// room.
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
