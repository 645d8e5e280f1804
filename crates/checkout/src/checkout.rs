use std::sync::Arc;

use domain::Moment;
use parking_lot::RwLock;
use records::{EventRecord, Records, Told};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::webhooks::Event;
use crate::{Deps, EventId, Jwks, Offer, OfferToken, Setup, sign};

/// Changes of offers at once. More would only wait for the database's connections, which quotes need too.
const AT_ONCE: usize = 4;

/// Offers, their events and backends' keys, kept in the records.
///
/// Each change of an offer is decided by [`decide`](crate::decide) and kept over the version that it was
/// decided on, together with its event and the deliveries of that. So an offer is redeemed by one order at
/// most, and an event tells of what happened, whichever process is killed when.
#[derive(Debug)]
pub struct Checkout {
    pub(crate) records: Records,
    pub(crate) deps: Deps,
    setup: RwLock<Arc<Setup>>,
    changes: Semaphore,
}

impl Checkout {
    /// A checkout that keeps its offers in `records`.
    pub fn new(records: Records, setup: Setup, deps: Deps) -> Self {
        let setup = RwLock::new(Arc::new(setup));
        Self { records, deps, setup, changes: Semaphore::new(AT_ONCE) }
    }

    /// Works with this setup from now on; for settings that changed, and keys that were rotated.
    pub fn set_up(&self, setup: Setup) {
        *self.setup.write() = Arc::new(setup);
    }

    /// What it works with.
    pub fn setup(&self) -> Arc<Setup> {
        Arc::clone(&self.setup.read())
    }

    /// The token of an offer, signed now with the current key.
    pub fn token(&self, offer: &Offer) -> OfferToken {
        let setup = self.setup();
        sign(offer, &setup.issuer, setup.keys.current(), self.deps.now())
    }

    /// The keys that a shop may need now, to verify tokens.
    pub fn published(&self) -> Jwks {
        Jwks::new(&self.setup().keys, self.deps.now())
    }

    /// The end of the last token that the current key has signed, for [`KeyRing::rotated`](crate::KeyRing::rotated); the time where
    /// there is no offer.
    ///
    /// # Errors
    /// [`RecordsError`](records::RecordsError) when it cannot be read.
    pub async fn last_end(&self) -> Result<Moment, records::RecordsError> {
        let now = self.deps.now();
        Ok(self.records.last_end().await?.map_or(now, |end| Moment::new(end).max(now)))
    }

    /// A turn to change an offer.
    pub(crate) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        // It is never closed.
        self.changes.acquire().await.ok()
    }

    /// An event's id that is new.
    pub(crate) fn event_id(&self) -> EventId {
        EventId::from_random(self.deps.bits())
    }
}

impl Setup {
    /// An event, as it is written, for the endpoints that want it.
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
