//! What a desk writes and reads: attempts and the day's count, quotes, searches, prices.

use domain::{CatalogueItem, Quote, QuoteId};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::activity::Activity;
use crate::attempt::{AttemptRecord, Span};
use crate::entry::{Begin, Begun, Entry, Most, SetAside};
use crate::error::RecordsError;
use crate::keeping::Bounds;
use crate::key::Key;
use crate::price::{Model, PriceOfDay};
use crate::records::{Records, on_each};
use crate::taken::Taken;

impl Records {
    /// How many attempts one page of [`Self::attempts`] holds at most.
    pub const PAGE: usize = 1_000;

    /// Takes what an attempt spends of the calls of its day, and of the searches where it is one, and
    /// records that it is about to be made, both or neither: no more than `most` are ever taken. At
    /// least `known` were taken, even if the database says less.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written; nothing was taken then.
    pub async fn begin(&self, begun: &Begun, most: Most, known: Taken) -> Result<Begin, RecordsError> {
        on_each!(self, store => store.begin(begun, most, known).await)
    }

    /// What was taken of the calls of `day` of that account.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn taken(&self, app_id: &str, day: Date) -> Result<Taken, RecordsError> {
        on_each!(self, store => store.taken(app_id, day).await)
    }

    /// Calls of a merchant on a day in UTC+8 that count, of all providers.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn calls_of_merchant(&self, merchant: &str, day: Date) -> Result<u32, RecordsError> {
        on_each!(self, store => store.calls_of_merchant(merchant, day).await)
    }

    /// Writes all of `entries` or none. What is written outlives this process at once, and a
    /// power loss after [`Self::sync`].
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be written; see [`RecordsError::is_of_the_record`].
    pub async fn write(&self, entries: &[Entry]) -> Result<(), RecordsError> {
        on_each!(self, store => store.write(entries).await)
    }

    /// Sets an entry aside that was refused because of `error`, so that it is not tried for ever. What
    /// it spent of the day's calls is counted all the same.
    pub async fn set_aside(&self, entry: &Entry, error: &RecordsError) -> SetAside {
        on_each!(self, store => store.set_aside(entry, error).await)
    }

    /// The latest quote for what was asked.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn latest(&self, key: &Key) -> Result<Option<Quote>, RecordsError> {
        on_each!(self, store => store.latest(key).await)
    }

    /// The quote of that id.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn quote(&self, id: &QuoteId) -> Result<Option<Quote>, RecordsError> {
        on_each!(self, store => store.quote(id).await)
    }

    /// What a search found, and when, if that was after `since`.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn found(
        &self,
        key: &Key,
        since: Timestamp,
    ) -> Result<Option<(Vec<CatalogueItem>, Timestamp)>, RecordsError> {
        on_each!(self, store => store.found(key, since).await)
    }

    /// A page of the attempts of `span`, those after the one with the id `after` (0 for the
    /// first page); at most [`Self::PAGE`].
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn attempts(&self, span: Span, after: i64) -> Result<Vec<AttemptRecord>, RecordsError> {
        on_each!(self, store => store.attempts(span, after, Self::PAGE as i64).await)
    }

    /// Sums up the attempts of `span`.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn activity(&self, span: Span) -> Result<Activity, RecordsError> {
        on_each!(self, store => store.activity(span).await)
    }

    /// Deletes what was recorded longer than `kept` before `now`: how many quotes, attempts,
    /// batches, days of price history and days' counts. Attempts of the last 7 days stay whatever
    /// is asked, and so does the price history of the last 90, since it holds nothing about a
    /// person. What searches found goes after 30 days. A batch stays with its quotes while it is
    /// open, and for `kept` after its last price.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be deleted.
    pub async fn purge(&self, now: Timestamp, kept: SignedDuration) -> Result<u64, RecordsError> {
        on_each!(self, store => store.purge(Bounds::of(now, kept)).await)
    }

    /// What a model was worth since a day, the latest day first; empty where it was never asked for.
    /// Prices of a sandbox and real ones are never mixed.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn price_history(
        &self,
        model: Model<'_>,
        sandbox: bool,
        since: Date,
    ) -> Result<Vec<PriceOfDay>, RecordsError> {
        on_each!(self, store => store.price_history(model, sandbox, since).await)
    }

    /// The models of which a real price is known since a day, as category, brand and name; at
    /// most `most` of them.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn valued_models(&self, since: Date, most: u32) -> Result<Vec<[String; 3]>, RecordsError> {
        on_each!(self, store => store.valued_models(since, most).await)
    }
}
