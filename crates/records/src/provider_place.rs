//! A place at a provider: one of the calls that it allows at the same time, over all processes that use the
//! same records.
//!
//! In PostgreSQL, a place is a row that is held until a time of the server's clock, under a number that is higher
//! than that of any holder before. For an SQLite file, it is a file beside the database that the holder has
//! locked: the system unlocks it when the process ends, however that ends.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use crate::file_locks::Lock;
use crate::instance_id::InstanceId;

/// A request for a place.
#[derive(Clone, Debug)]
pub struct PlaceAsked {
    /// The provider's name: letters, digits and hyphens.
    pub provider: Arc<str>,
    /// Who asks.
    pub holder: InstanceId,
    /// How many calls the provider allows at the same time.
    pub most: NonZeroUsize,
    /// How many of these calls may be ones that take a turn, such as those for device lists. The other places are
    /// left for calls that take none, such as shoppers'.
    pub turns: NonZeroUsize,
    /// Whether this call takes a turn.
    pub takes_turn: bool,
    /// How long the place is held if it is not given back. Only for PostgreSQL.
    pub lease: Duration,
}

/// What is answered to a request for a place.
#[derive(Debug)]
pub enum PlaceAnswer {
    /// The place is held.
    Taken(ProviderPlace),
    /// No place is free that this call may take.
    AllTaken,
    /// No other process counts its places with these records: they are in memory, or the file system has no
    /// locks. The caller limits its calls by itself.
    NotShared,
}

/// A place that is held. It is given back by [`Records::give_back_place`](crate::Records::give_back_place).
///
/// If it is only dropped, a lock ends at once, and a row is held until its lease ends.
#[derive(Debug)]
#[must_use]
pub struct ProviderPlace(pub(crate) Held);

#[derive(Debug)]
pub(crate) enum Held {
    Row(HeldRow),
    Files {
        #[expect(dead_code, reason = "unlocks when it is dropped")]
        place: Lock,
        #[expect(dead_code, reason = "unlocks when it is dropped")]
        turn: Option<Lock>,
    },
}

/// The rows that one taking holds.
#[derive(Clone, Debug)]
pub(crate) struct HeldRow {
    pub(crate) provider: Arc<str>,
    pub(crate) holder: InstanceId,
    pub(crate) fence: i64,
}

impl ProviderPlace {
    /// The number of this taking, in PostgreSQL: higher than that of every taking before.
    pub fn fence(&self) -> Option<i64> {
        match &self.0 {
            Held::Row(row) => Some(row.fence),
            Held::Files { .. } => None,
        }
    }
}
