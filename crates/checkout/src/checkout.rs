use std::sync::Arc;

use domain::Moment;
use parking_lot::RwLock;
use records::{EventRecord, Records, Told};
use tokio::sync::{Semaphore, SemaphorePermit, watch};

use crate::counts::EventCounts;
use crate::webhooks::Event;
use crate::{Deps, Endpoint, EventId, Jwks, KeyRing, Offer, OfferEvent, OfferToken, Setup, sign};

/// How many changes of offers run at once. More would only wait for connections to the database, which quotes
/// need too.
const AT_ONCE: usize = 4;

/// The checkout: keeps offers, their events and backends' API keys in the records.
///
/// Each change of an offer is decided by [`decide`](crate::decide), and is written only over the version that
/// it was decided on, in one transaction with its event and the event's deliveries. So an offer is held by at
/// most one order, and each event reports a change that was made, even if processes are killed.
#[derive(Debug)]
pub struct Checkout {
    pub(crate) records: Records,
    pub(crate) deps: Deps,
    setup: RwLock<Arc<Setup>>,
    changes: Semaphore,
    news: watch::Sender<()>,
    pub(crate) counts: EventCounts,
}

impl Checkout {
    /// A checkout that keeps its offers in `records`.
    pub fn new(records: Records, setup: Setup, deps: Deps) -> Self {
        let setup = RwLock::new(Arc::new(setup));
        let (changes, news) = (Semaphore::new(AT_ONCE), watch::Sender::new(()));
        Self { records, deps, setup, changes, news, counts: EventCounts::default() }
    }

    /// Uses this setup from now on, after settings were changed or keys were rotated.
    pub fn set_up(&self, setup: Setup) {
        *self.setup.write() = Arc::new(setup);
    }

    /// Signs with these keys from now on, after they were rotated.
    pub fn use_keys(&self, keys: KeyRing) {
        let mut setup = self.setup.write();
        *setup = Arc::new(Setup { keys, ..Setup::clone(&setup) });
    }

    /// Sends the events of merchants to these endpoints from now on, after settings were changed.
    pub fn use_endpoints(&self, endpoints: Vec<Endpoint>) {
        let mut setup = self.setup.write();
        *setup = Arc::new(Setup { endpoints, ..Setup::clone(&setup) });
    }

    /// The setup in use.
    pub fn setup(&self) -> Arc<Setup> {
        Arc::clone(&self.setup.read())
    }

    /// The time by which offers begin and end, to the second.
    pub fn now(&self) -> Moment {
        self.deps.now()
    }

    /// The token of an offer, signed now with the current key.
    pub fn token(&self, offer: &Offer) -> OfferToken {
        let setup = self.setup();
        sign(offer, &setup.issuer, setup.keys.current(), self.deps.now())
    }

    /// The public keys that a shop may need now to verify tokens.
    pub fn published(&self) -> Jwks {
        Jwks::new(&self.setup().keys, self.deps.now())
    }

    /// The latest end of a token that the current key may have signed, for
    /// [`KeyRing::rotated`](crate::KeyRing::rotated): the latest end of all offers, or the current time if
    /// that is later or there is no offer.
    ///
    /// # Errors
    /// [`RecordsError`](records::RecordsError) if it cannot be read.
    pub async fn last_end(&self) -> Result<Moment, records::RecordsError> {
        let now = self.deps.now();
        Ok(self.records.last_end().await?.map_or(now, |end| Moment::new(end).max(now)))
    }

    /// Changes whenever this process has written an event, so that it can be sent at once. Events of other
    /// processes are not reported here.
    pub fn news(&self) -> watch::Receiver<()> {
        self.news.subscribe()
    }

    /// Reports that an event was written.
    pub(crate) fn announce(&self) {
        self.news.send_replace(());
    }

    /// How often that happened to an offer by this process.
    pub fn counted(&self, event: OfferEvent) -> u64 {
        self.counts.get(event)
    }

    /// A permit to change an offer.
    pub(crate) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        // The semaphore is never closed, so there is always a permit.
        self.changes.acquire().await.ok()
    }

    /// A new event's id.
    pub(crate) fn event_id(&self) -> EventId {
        EventId::from_random(self.deps.bits())
    }
}

impl Setup {
    /// The event as a record, and the endpoints of the merchant that want it.
    pub(crate) fn told(&self, merchant: &str, event: &Event, offer: Option<(String, u64)>) -> Told {
        let record = EventRecord {
            id: event.id().to_string(),
            merchant: merchant.to_owned(),
            sandbox: self.sandbox,
            kind: event.kind().code().to_owned(),
            offer,
            at: event.at().timestamp(),
            body: event.body().to_owned(),
            reason: None,
        };
        Told { event: record, endpoints: self.endpoints_for(merchant, event.kind()) }
    }
}
