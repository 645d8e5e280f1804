//! Reads offers and events for merchants and the operator.

use jiff::SignedDuration;
use jiff::civil::Date;
use records::{EventRecord, EventsAsked, OfferName, OffersAsked};

use crate::sums::span_of;
use crate::{Checkout, CheckoutError, Code, Command, Kept, OfferId};

/// One page of a listing, and the cursor of the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The items of the page.
    pub items: Vec<T>,
    /// The cursor of the next page; `None` on the last page.
    pub next: Option<String>,
}

/// Which offers are listed.
#[derive(Clone, Copy, Debug)]
pub struct Selection<'a> {
    /// Those of this merchant; all of them for the operator.
    pub merchant: Option<&'a str>,
    /// Those in the state of this name.
    pub state: Option<&'a str>,
    /// Those that were accepted on this day in UTC+8.
    pub day: Option<Date>,
    /// Those after this cursor of the page before.
    pub after: Option<&'a str>,
    /// The most offers of a page.
    pub limit: u32,
}

/// How long events can be read.
const EVENTS_TOLD: SignedDuration = SignedDuration::from_hours(30 * 24);

impl Checkout {
    /// The most items of a page.
    pub const LONGEST_PAGE: u32 = 100;

    /// The offer with this id, or with this code as people type it. With `merchant`, only that merchant's
    /// offers are found; the operator passes `None`.
    ///
    /// # Errors
    /// [`CheckoutError`].
    pub async fn get(&self, name: &str, merchant: Option<&str>) -> Result<Kept, CheckoutError> {
        let kept = if let Ok(id) = OfferId::parse(name) {
            self.find(OfferName::Id(id.as_str()), merchant).await?
        } else {
            let code = Code::parse(name).map_err(|_| CheckoutError::NotFound)?.to_string();
            self.find(OfferName::Code(&code), merchant).await?
        };
        self.current(kept).await
    }

    /// A page of offers, the newest first. If a state is selected, a page may have fewer than `limit` offers
    /// although more follow. An offer that cannot be read is left out, and logged.
    ///
    /// # Errors
    /// [`CheckoutError`].
    pub async fn list(&self, selection: Selection<'_>) -> Result<Page<Kept>, CheckoutError> {
        let Selection { merchant, state, day, after, limit } = selection;
        let limit = limit.clamp(1, Self::LONGEST_PAGE);
        let sandbox = Some(self.setup().sandbox);
        let accepted = day.map(span_of);
        let asked = OffersAsked { merchant, sandbox, state, accepted, after, most: limit + 1 };
        let page = page(self.records.offers(asked).await?, limit, |record| record.id.clone());
        let mut items = Vec::with_capacity(page.items.len());
        for record in page.items {
            let kept = match Kept::read(record) {
                Ok(kept) => self.current(kept).await?,
                Err(error) => {
                    tracing::error!(%error, "an offer is left out of a list");
                    continue;
                }
            };
            if state.is_none_or(|state| state == kept.standing.state.code()) {
                items.push(kept);
            }
        }
        Ok(Page { items, next: page.next })
    }

    /// A page of a merchant's events of the last 30 days, the oldest first. `after` is the id of the last
    /// event that the merchant knows. A new event always comes after the earlier ones.
    ///
    /// # Errors
    /// [`CheckoutError::Records`].
    pub async fn events(
        &self,
        merchant: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<EventRecord>, CheckoutError> {
        let limit = limit.clamp(1, Self::LONGEST_PAGE);
        let now = (self.deps.clock)();
        let since = now.saturating_sub(EVENTS_TOLD).unwrap_or(now);
        let sandbox = self.setup().sandbox;
        let asked = EventsAsked { merchant, sandbox, since, after, most: limit + 1 };
        Ok(page(self.records.events(asked).await?, limit, |event| event.id.clone()))
    }

    /// All events of an offer, the oldest first.
    ///
    /// # Errors
    /// [`CheckoutError::Records`].
    pub async fn story(&self, id: &OfferId) -> Result<Vec<EventRecord>, CheckoutError> {
        Ok(self.records.events_of_offer(id.as_str()).await?)
    }

    /// The offer with its standing now: if it has ended and was not marked yet, it is marked as expired.
    async fn current(&self, kept: Kept) -> Result<Kept, CheckoutError> {
        if kept.is_over(self.deps.now()) {
            return self.act(kept.offer.id(), None, &Command::Expire).await;
        }
        Ok(kept)
    }
}

/// A page of at most `limit` of the `items` that were found. There is a next page if more were found.
fn page<T>(mut items: Vec<T>, limit: u32, cursor: impl Fn(&T) -> String) -> Page<T> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| has_more).map(cursor);
    Page { items, next }
}
