//! The state that clones of a desk share, and how its parts are put together.

use std::sync::Arc;

use domain::{CatalogueItem, Quote, QuoteId};
use fleet::Fleet;
use jiff::Timestamp;
use moka::sync::Cache;
use provider::Provider;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use crate::answer::{Found, Priced};
use crate::call_context::{CallContext, LeaseEnd, PATIENCE_OF_A_LIST, Priority, Turn};
use crate::coefficients::Coefficients;
use crate::common::Common;
use crate::demand::Demand;
use crate::key::Key;
use crate::partner::Partner;
use crate::refresh::Refreshing;
use crate::settings::{Deps, Settings};
use crate::shared_call::Called;
use crate::single_flight::SingleFlight;
use crate::ttl_cache::{SEARCH_TTL, TTL, TtlCache};

/// The state that clones of a desk share.
pub(crate) struct Inner {
    pub(crate) common: Common,
    pub(crate) partner: Partner,
    pub(crate) fleet: Fleet,
    pub(crate) settings: Settings,
    pub(crate) deps: Deps,
    pub(crate) prices: TtlCache<Priced>,
    pub(crate) found: TtlCache<Found>,
    /// Quotes of this process by their id, so that the page of a quote can be shown before it is written.
    pub(crate) by_id: Cache<QuoteId, Arc<Quote>>,
    pub(crate) coefficients: Coefficients,
    /// Calls for one device each.
    pub(crate) pricing: SingleFlight<Key, Called<Arc<Quote>>>,
    /// Devices that a list asks for in a call for several. Shoppers do not join such a call, but other lists
    /// do.
    pub(crate) listed: SingleFlight<Key, Called<Arc<Quote>>>,
    /// Older prices that are being looked up because no new one can be had.
    pub(crate) standing_in: SingleFlight<Key, Option<Arc<Quote>>>,
    pub(crate) finding: SingleFlight<Key, Called<Arc<[CatalogueItem]>>>,
    pub(crate) refreshing: Refreshing,
    pub(crate) demand: Demand,
    /// Permits that all device lists share: as many as lists may have calls in flight.
    pub(crate) turns: Arc<Semaphore>,
}

impl Inner {
    pub(crate) fn new(provider: Arc<dyn Provider>, common: &Common, settings: Settings) -> Self {
        let most = settings.cached_answers;
        let partner = Partner::new(provider, common, &settings);
        let Common { fleet, deps, by_id, .. } = common.clone();
        Self {
            turns: Arc::new(Semaphore::new(partner.limiter.other_permits())),
            common: common.clone(),
            partner,
            fleet,
            deps,
            by_id,
            prices: TtlCache::new(most, TTL),
            found: TtlCache::new(most, SEARCH_TTL),
            settings,
            coefficients: Coefficients::new(),
            pricing: SingleFlight::new(),
            listed: SingleFlight::new(),
            standing_in: SingleFlight::new(),
            finding: SingleFlight::new(),
            refreshing: Refreshing::default(),
            demand: Demand::default(),
        }
    }

    /// The time by this machine's clock, or by the partner's if the two are far apart, because prices are
    /// valid by the partner's clock.
    pub(crate) fn now(&self) -> Timestamp {
        self.partner.now()
    }

    pub(crate) fn context(&self, priority: Priority) -> CallContext {
        let patience = match priority {
            Priority::Shopper | Priority::Background => self.settings.deadline,
            Priority::List => PATIENCE_OF_A_LIST,
        };
        CallContext { priority, deadline: Instant::now() + patience, merchant: None, lease: None, turn: None }
    }

    /// The context of a call for a device list, whose caller may hold a lease.
    pub(crate) fn list_context(&self, lease: Option<LeaseEnd>, turn: Turn) -> CallContext {
        CallContext { lease, turn: Some(Arc::new(turn)), ..self.context(Priority::List) }
    }
}
