//! Offers and their events: each change and what tells of it are one change of the database.

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
    /// Keeps a new offer with its event, both or neither. Of those with the same `key` there is one at
    /// most that is accepted or redeemed, however many are added at once; an offer without a key is always
    /// a new one.
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

    /// Changes what has become of an offer, and writes the event that tells of it, both or neither:
    /// whether that was done. It is not where the offer has another version than the one before
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

    /// An offer. Of several with one key, the one that is accepted or redeemed.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn offer(&self, name: OfferName<'_>) -> Result<Option<OfferRecord>, RecordsError> {
        patiently!(on_each!(self, store => store.offer(name).await))
    }

    /// A page of offers, the newest first. None where `asked.after` is not known.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn offers(&self, asked: OffersAsked<'_>) -> Result<Vec<OfferRecord>, RecordsError> {
        patiently!(on_each!(self, store => store.offers(&asked).await))
    }

    /// At most `most` offers, of a sandbox or not, whose state is `accepted` although their end has come at
    /// `now`.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn ended_offers(
        &self,
        sandbox: bool,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<OfferRecord>, RecordsError> {
        patiently!(on_each!(self, store => store.ended_offers(sandbox, now, most).await))
    }

    /// The latest end of all offers: until then a token may hold. `None` where there is no offer.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn last_end(&self) -> Result<Option<Timestamp>, RecordsError> {
        patiently!(on_each!(self, store => store.last_end().await))
    }

    /// Offers of a sandbox or of none, of a span, by day in UTC+8 and merchant, the oldest first; those of
    /// one merchant, or of all. Days without any are left out.
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

    /// Offers of a sandbox or of none that can still be redeemed at `now`; of one merchant, or of all.
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

    /// A page of a merchant's events, the oldest first. An event never comes before one that was read.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn events(&self, asked: EventsAsked<'_>) -> Result<Vec<EventRecord>, RecordsError> {
        patiently!(on_each!(self, store => store.events(&asked).await))
    }

    /// All events of an offer, the oldest first.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn events_of_offer(&self, offer: &str) -> Result<Vec<EventRecord>, RecordsError> {
        patiently!(on_each!(self, store => store.events_of_offer(offer).await))
    }

    /// Writes an event that tells of no offer.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn add_event(&self, told: &Told) -> Result<(), RecordsError> {
        patiently!(on_each!(self, store => store.add_event(told).await))
    }

    /// Deletes offers that changed last longer than `kept` before `now`, with their events and deliveries,
    /// and requests with an `Idempotency-Key` that are older than a day: how many of all. An offer that
    /// can still be redeemed stays, and the events of an offer stay as long as the offer.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be deleted.
    pub async fn purge_offers(&self, now: Timestamp, kept: SignedDuration) -> Result<u64, RecordsError> {
        let bounds = OfferBounds::of(now, kept);
        patiently!(on_each!(self, store => store.purge_offers(bounds).await))
    }
}
