//! What a desk writes and reads: attempts and the day's count, quotes, searches, and prices.

use domain::{CatalogueItem, ProviderName, Quote, QuoteId};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::activity::Activity;
use crate::attempt::{AttemptRecord, Span};
use crate::entry::{Begin, Begun, Entry, Most, SetAside};
use crate::error::RecordsError;
use crate::keeping::Bounds;
use crate::key::Key;
use crate::merchant_day::MerchantDay;
use crate::price::{Model, PriceOfDay};
use crate::records::{Records, on_each};
use crate::taken::Taken;

impl Records {
    /// The most attempts of a page of [`Self::attempts`].
    pub const PAGE: usize = 1_000;

    /// Counts an attempt in its day's calls and, if it is a search, in the searches, and records that it is
    /// about to be made: both or neither. The count never exceeds `most`, with what instances hold back. If the
    /// database counted less than `known`, it continues from `known`.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written; nothing was taken then.
    pub async fn begin(&self, begun: &Begun, most: Most, known: Taken) -> Result<Begin, RecordsError> {
        on_each!(self, store => store.begin(begun, most, known).await)
    }

    /// The calls of that account that are counted on `day`.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn taken(&self, app_id: &str, day: Date) -> Result<Taken, RecordsError> {
        on_each!(self, store => store.taken(app_id, day).await)
    }

    /// How many calls of a merchant count on a day in UTC+8, at all providers together.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn calls_of_merchant(&self, merchant: &str, day: Date) -> Result<u32, RecordsError> {
        on_each!(self, store => store.calls_of_merchant(merchant, day).await)
    }

    /// What a merchant asked for on each day in UTC+8 from `from` to `to`, the oldest first. Days without
    /// anything are left out.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn merchant_days(
        &self,
        merchant: &str,
        from: Date,
        to: Date,
    ) -> Result<Vec<MerchantDay>, RecordsError> {
        on_each!(self, store => store.merchant_days(merchant, from, to).await)
    }

    /// Writes all of `entries` or none. Written entries survive the end of this process at once, and a power
    /// loss after [`Self::sync`].
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be written; see [`RecordsError::is_of_the_record`].
    pub async fn write(&self, entries: &[Entry]) -> Result<(), RecordsError> {
        on_each!(self, store => store.write(entries).await)
    }

    /// Sets aside an entry that was rejected because of `error`, so that it is not tried again and again.
    /// What it used of the day's calls is still counted.
    pub async fn set_aside(&self, entry: &Entry, error: &RecordsError) -> SetAside {
        on_each!(self, store => store.set_aside(entry, error).await)
    }

    /// The latest quote with that key.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn latest(&self, key: &Key) -> Result<Option<Quote>, RecordsError> {
        on_each!(self, store => store.latest(key).await)
    }

    /// The quote with that id.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn quote(&self, id: &QuoteId) -> Result<Option<Quote>, RecordsError> {
        on_each!(self, store => store.quote(id).await)
    }

    /// The result of a search and its time, if that is after `since`.
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

    /// The models that searches of the provider and account with the key `provider` found after `since`, of the latest
    /// `most` searches, the latest first. A model that several searches found is there several times.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn found_models(
        &self,
        provider: &Key,
        since: Timestamp,
        most: u32,
    ) -> Result<Vec<CatalogueItem>, RecordsError> {
        on_each!(self, store => store.found_models(provider, since, most).await)
    }

    /// A page of the attempts of `span`: at most [`Self::PAGE`] attempts, after the one with the id `after`
    /// (0 for the first page).
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn attempts(&self, span: Span, after: i64) -> Result<Vec<AttemptRecord>, RecordsError> {
        on_each!(self, store => store.attempts(span, after, Self::PAGE as i64).await)
    }

    /// A summary of the attempts of `span`.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn activity(&self, span: Span) -> Result<Activity, RecordsError> {
        on_each!(self, store => store.activity(span).await)
    }

    /// Deletes what was recorded longer than `kept` before `now`, and returns how many quotes, attempts,
    /// batches, days of price history and days' counts were deleted.
    ///
    /// Some records are kept longer or shorter: attempts always for 7 days at least; the price history for 90
    /// days at least, since it contains nothing about a person; results of searches for 30 days. A batch is
    /// kept with its quotes while it is open, and for `kept` after its last price.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be deleted.
    pub async fn purge(&self, now: Timestamp, kept: SignedDuration) -> Result<u64, RecordsError> {
        on_each!(self, store => store.purge(Bounds::of(now, kept)).await)
    }

    /// The prices of a model at all providers since a day, the latest day first; empty if it was never asked for. Prices
    /// of a sandbox and real prices are never mixed. Those that were recorded without a provider are `first`'s, which is
    /// the first of the settings.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn price_history(
        &self,
        model: Model<'_>,
        sandbox: bool,
        since: Date,
        first: &ProviderName,
    ) -> Result<Vec<PriceOfDay>, RecordsError> {
        on_each!(self, store => store.price_history(model, sandbox, since, first).await)
    }

    /// At most `most` models with a real price of one of `providers` since a day, as category, brand and name. The first
    /// of the settings must be one of them: prices that were recorded without a provider are its.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn valued_models(
        &self,
        providers: &[ProviderName],
        since: Date,
        most: u32,
    ) -> Result<Vec<[String; 3]>, RecordsError> {
        on_each!(self, store => store.valued_models(providers, since, most).await)
    }

    /// How many answers of a provider each model had since a day, for devices without faults and repairs; a model as
    /// category, brand and name. Those of a sandbox and real ones are never mixed. Answers that were recorded without a
    /// provider count for each, until they are too old.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn answers_by_model(
        &self,
        provider: &ProviderName,
        sandbox: bool,
        since: Date,
    ) -> Result<Vec<([String; 3], u32)>, RecordsError> {
        on_each!(self, store => store.answers_by_model(provider, sandbox, since).await)
    }
}
