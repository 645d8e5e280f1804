//! What clones of a desk share, and how its parts are put together.

use std::sync::Arc;

use domain::{CatalogueItem, Quote, QuoteId};
use jiff::Timestamp;
use moka::sync::Cache;
use provider::Provider;
use records::Records;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use crate::answer::{Found, Priced};
use crate::call_context::{CallContext, PATIENCE_OF_A_LIST, Priority};
use crate::coefficients::Coefficients;
use crate::journal::Journal;
use crate::key::Key;
use crate::meters::Meters;
use crate::partner::Partner;
use crate::refresh::Refreshing;
use crate::settings::{Deps, Settings};
use crate::shared_call::Called;
use crate::single_flight::SingleFlight;
use crate::ttl_cache::{SEARCH_TTL, TTL, TtlCache};

/// Quotes that are known by their id without the records.
const MOST_BY_ID: u64 = 10_000;

/// What clones of a desk share.
pub(crate) struct Inner {
    pub(crate) partner: Partner,
    pub(crate) settings: Settings,
    pub(crate) deps: Deps,
    pub(crate) prices: TtlCache<Priced>,
    pub(crate) found: TtlCache<Found>,
    /// Quotes of this process by id, so that each has its page before it is written.
    pub(crate) by_id: Cache<QuoteId, Arc<Quote>>,
    pub(crate) coefficients: Coefficients,
    /// Calls for one device.
    pub(crate) pricing: SingleFlight<Key, Called<Arc<Quote>>>,
    /// Devices that a list asks for with others in one call. A shopper does not wait for all of
    /// them, but another list does.
    pub(crate) listed: SingleFlight<Key, Called<Arc<Quote>>>,
    /// Older prices that are being looked up to stand in.
    pub(crate) standing_in: SingleFlight<Key, Option<Arc<Quote>>>,
    pub(crate) finding: SingleFlight<Key, Called<Arc<[CatalogueItem]>>>,
    pub(crate) refreshing: Refreshing,
    /// Turns of device lists: as many as may ask at once, all lists together.
    pub(crate) turns: Semaphore,
}

impl Inner {
    pub(crate) fn new(provider: Arc<dyn Provider>, records: Records, settings: Settings, deps: Deps) -> Self {
        let most = settings.cached_answers;
        let meters = Arc::new(Meters::new());
        let journal = Arc::new(Journal::new(records, Arc::clone(&meters)));
        let partner = Partner::new(provider, journal, meters, deps.clone(), &settings);
        Self {
            turns: Semaphore::new(partner.limiter.other_permits()),
            partner,
            deps,
            prices: TtlCache::new(most, TTL),
            found: TtlCache::new(most, SEARCH_TTL),
            by_id: Cache::new(most.min(MOST_BY_ID)),
            settings,
            coefficients: Coefficients::new(),
            pricing: SingleFlight::new(),
            listed: SingleFlight::new(),
            standing_in: SingleFlight::new(),
            finding: SingleFlight::new(),
            refreshing: Refreshing::default(),
        }
    }

    /// The time by this machine's clock, or by the partner's where the two are far apart: prices hold
    /// by the partner's.
    pub(crate) fn now(&self) -> Timestamp {
        self.partner.now()
    }

    pub(crate) fn context(&self, priority: Priority) -> CallContext {
        let patience = match priority {
            Priority::Shopper | Priority::Background => self.settings.deadline,
            Priority::List => PATIENCE_OF_A_LIST,
        };
        CallContext { priority, deadline: Instant::now() + patience, merchant: None }
    }
}
