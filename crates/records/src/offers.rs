//! Offers and their events: a change of an offer and the event that reports it are written in one
//! transaction.

use jiff::{SignedDuration, Timestamp};

use crate::attempt::Span;
use crate::error::RecordsError;
use crate::event::{EventRecord, EventsAsked, Told};
use crate::keeping::OfferBounds;
use crate::key::Key;
use crate::offer::{Added, OfferName, OfferRecord, OffersAsked, StandingRecord};
use crate::offer_day::{OfferDay, Outstanding};
use crate::patience::patiently;
use crate::records::{Records, on_each};

impl Records {
    /// Adds a new offer with its event, both or neither. Of the offers with the same `key`, at most one is
    /// accepted or redeemed, however many are added at once. An offer without a key is always a new one.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn add_offer(
        &self,
        offer: &OfferRecord,
        key: Option<&Key>,
        told: &Told,
    ) -> Result<Added, RecordsError> {
        patiently!(on_each!(self, store => store.add_offer(offer, key, told).await))
    }

    /// Changes the standing of an offer, and writes the event that reports it, both or neither. Returns
    /// whether that was done: nothing is written if the offer's version is not the one before
    /// `standing.version`, because another change came first.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn change_offer(
        &self,
        id: &str,
        standing: &StandingRecord,
        told: &Told,
    ) -> Result<bool, RecordsError> {
        patiently!(on_each!(self, store => store.change_offer(id, standing, told).await))
    }

    /// The offer with that name. Of several with one key, the one that is accepted or redeemed.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn offer(&self, name: OfferName<'_>) -> Result<Option<OfferRecord>, RecordsError> {
        patiently!(on_each!(self, store => store.offer(name).await))
    }

    /// A page of offers, the newest first. It is empty if the offer `asked.after` is not known.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn offers(&self, asked: OffersAsked<'_>) -> Result<Vec<OfferRecord>, RecordsError> {
        patiently!(on_each!(self, store => store.offers(&asked).await))
    }

    /// At most `most` offers, of a sandbox or not, whose state is `accepted` although they have ended at
    /// `now`. Those that ended first come first, and the first `skip` of these are left out.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn ended_offers(
        &self,
        sandbox: bool,
        now: Timestamp,
        skip: u32,
        most: u32,
    ) -> Result<Vec<OfferRecord>, RecordsError> {
        patiently!(on_each!(self, store => store.ended_offers(sandbox, now, skip, most).await))
    }

    /// The latest end of all offers, until which a token may be valid. `None` if there is no offer.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn last_end(&self) -> Result<Option<Timestamp>, RecordsError> {
        patiently!(on_each!(self, store => store.last_end().await))
    }

    /// The offers of a span by day in UTC+8 and merchant, the oldest first: of a sandbox or not; of one
    /// merchant, or of all. Days without offers are left out.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn offer_days(
        &self,
        merchant: Option<&str>,
        sandbox: bool,
        span: Span,
    ) -> Result<Vec<OfferDay>, RecordsError> {
        patiently!(on_each!(self, store => store.offer_days(merchant, sandbox, span).await))
    }

    /// The offers that can still be redeemed at `now`: of a sandbox or not; of one merchant, or of all.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn outstanding(
        &self,
        merchant: Option<&str>,
        sandbox: bool,
        now: Timestamp,
    ) -> Result<Outstanding, RecordsError> {
        patiently!(on_each!(self, store => store.outstanding(merchant, sandbox, now).await))
    }

    /// A page of a merchant's events, the oldest first. A new event always comes after those that were read.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn events(&self, asked: EventsAsked<'_>) -> Result<Vec<EventRecord>, RecordsError> {
        patiently!(on_each!(self, store => store.events(&asked).await))
    }

    /// The event with this id.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn event(&self, id: &str) -> Result<Option<EventRecord>, RecordsError> {
        patiently!(on_each!(self, store => store.event(id).await))
    }

    /// All events of an offer, the oldest first.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn events_of_offer(&self, offer: &str) -> Result<Vec<EventRecord>, RecordsError> {
        patiently!(on_each!(self, store => store.events_of_offer(offer).await))
    }

    /// Writes an event that does not concern an offer.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn add_event(&self, told: &Told) -> Result<(), RecordsError> {
        patiently!(on_each!(self, store => store.add_event(told).await))
    }

    /// Deletes offers whose last change is longer than `kept` before `now`, with their events and deliveries,
    /// and requests with an `Idempotency-Key` that are older than a day. Returns how many offers, events and
    /// requests were deleted. An offer that can still be redeemed is kept, and its events are kept with it.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be deleted.
    pub async fn purge_offers(&self, now: Timestamp, kept: SignedDuration) -> Result<u64, RecordsError> {
        let bounds = OfferBounds::of(now, kept);
        patiently!(on_each!(self, store => store.purge_offers(bounds).await))
    }
}
