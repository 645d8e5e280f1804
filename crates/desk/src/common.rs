//! What the desks of all providers have in common.

use std::sync::Arc;

use domain::{Quote, QuoteId};
use fleet::Fleet;
use moka::sync::Cache;
use records::Records;

use crate::journal::Journal;
use crate::metrics::Metrics;
use crate::settings::Deps;

/// The most quotes that are kept in memory by their id.
const MOST_BY_ID: u64 = 10_000;

/// What the desks of all providers of this process have in common: the records, the metrics, and what is shared with
/// other instances. Clones share everything.
#[derive(Clone)]
pub struct Common {
    pub(crate) journal: Arc<Journal>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) fleet: Fleet,
    pub(crate) deps: Deps,
    /// Quotes of this process by their id, so that the page of a quote can be shown before it is written.
    pub(crate) by_id: Cache<QuoteId, Arc<Quote>>,
}

impl Common {
    /// Desks that write to `records`, and share `fleet` with those of other instances.
    pub fn new(records: Records, fleet: Fleet, deps: Deps) -> Self {
        let metrics = Arc::new(Metrics::new());
        let journal = Arc::new(Journal::new(records, Arc::clone(&metrics)));
        Self { journal, metrics, fleet, deps, by_id: Cache::new(MOST_BY_ID) }
    }
}
