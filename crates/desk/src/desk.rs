use std::sync::Arc;
use std::time::Duration;

use aihuishou::{Attempt, CallError, Client, SearchRequest};
use domain::{
    CatalogueItem, Category, Failure, Field, FieldError, PlainText, Quote, QuoteId, QuoteRequest, Source,
};
use jiff::Timestamp;
use moka::sync::Cache;

use crate::cache::{Answers, life_of_failure, life_of_quote, life_of_search};
use crate::coalesce::UnderWay;
use crate::key::Key;
use crate::outcome;
use crate::records::{Records, RecordsError};

/// What the desk takes from its surroundings: time and randomness.
#[derive(Clone)]
pub struct Surroundings {
    /// The time.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// 128 random bits, fit for ids that nobody guesses.
    pub random: Arc<dyn Fn() -> u128 + Send + Sync>,
}

/// How the desk works.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether the partner is the sandbox, so that nobody takes its prices for real.
    pub sandbox: bool,
    /// The longest a shopper waits.
    pub deadline: Duration,
    /// Answers kept in memory.
    pub cached_answers: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { sandbox: false, deadline: Duration::from_secs(8), cached_answers: 50_000 }
    }
}

type Priced = Result<Arc<Quote>, Failure>;
type Found = Result<Arc<[CatalogueItem]>, Failure>;

/// The quote desk. Clones share everything.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

struct Inner {
    client: Client,
    records: Records,
    settings: Settings,
    surroundings: Surroundings,
    prices: Answers<Priced>,
    found: Answers<Found>,
    /// Quotes of this process by id, for those that could not be written.
    by_id: Cache<QuoteId, Arc<Quote>>,
    pricing: UnderWay<Key, Priced>,
    finding: UnderWay<Key, Found>,
}

impl Desk {
    /// A desk that asks with `client` and writes to `records`.
    pub fn new(client: Client, records: Records, settings: Settings, surroundings: Surroundings) -> Self {
        let most = settings.cached_answers;
        Self(Arc::new(Inner {
            client,
            records,
            surroundings,
            prices: Answers::new(most),
            found: Answers::new(most),
            by_id: Cache::new(most),
            settings,
            pricing: UnderWay::new(),
            finding: UnderWay::new(),
        }))
    }

    /// What a device is worth.
    ///
    /// # Errors
    /// Any of the closed list. [`Failure::Internal`] comes without request id, which only
    /// the caller knows.
    pub async fn quote(&self, request: QuoteRequest) -> Result<Arc<Quote>, Failure> {
        let inner = &self.0;
        let key = Key::of_quote(&inner.client, &request);
        let cached = || inner.prices.get(&key, inner.now());
        if let Some(answer) = cached() {
            return answer;
        }
        let work = || Arc::clone(inner).ask_price(key, request);
        inner.pricing.join(key, cached, work).await.ok_or_else(internal)?
    }

    /// Models that fit `keyword`, and what they come in; popular ones for an empty keyword.
    ///
    /// # Errors
    /// Any of the closed list, as for [`Self::quote`].
    pub async fn search(
        &self,
        keyword: &str,
        device_type: Option<Category>,
    ) -> Result<Arc<[CatalogueItem]>, Failure> {
        let keyword = match keyword.trim() {
            "" => None,
            text => Some(PlainText::parse(text).map_err(|problem| Failure::InvalidInput {
                fields: vec![FieldError { field: Field::Keyword, problem }],
            })?),
        };
        let request = SearchRequest { keyword, device_type, brand: None };
        let inner = &self.0;
        let key = Key::of_search(&inner.client, &request);
        let cached = || inner.found.get(&key, inner.now());
        if let Some(answer) = cached() {
            return answer;
        }
        let work = || Arc::clone(inner).ask_catalogue(key, request);
        inner.finding.join(key, cached, work).await.ok_or_else(internal)?
    }

    /// The quote of that id, as it was answered.
    ///
    /// # Errors
    /// [`Failure::NotFound`], or [`Failure::Internal`] when the records cannot be read.
    pub async fn recall(&self, id: &QuoteId) -> Result<Arc<Quote>, Failure> {
        if let Some(quote) = self.0.by_id.get(id) {
            return Ok(quote);
        }
        match self.0.records.quote(id).await {
            Ok(Some(quote)) => Ok(Arc::new(quote)),
            Ok(None) => Err(Failure::NotFound),
            Err(error) => {
                tracing::error!(%error, quote = %id, "a quote cannot be read from the records");
                Err(internal())
            }
        }
    }

    /// The time, as the desk has it.
    pub fn now(&self) -> Timestamp {
        self.0.now()
    }

    /// Whether the partner is the sandbox.
    pub fn is_sandbox(&self) -> bool {
        self.0.settings.sandbox
    }

    /// Whether the records can be had.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot.
    pub async fn ready(&self) -> Result<(), RecordsError> {
        self.0.records.ping().await
    }
}

impl Inner {
    fn now(&self) -> Timestamp {
        (self.surroundings.clock)()
    }

    fn attempt(&self) -> Attempt {
        Attempt { at: self.now(), timeout: self.settings.deadline }
    }

    async fn ask_price(self: Arc<Self>, key: Key, request: QuoteRequest) -> Priced {
        let answer = self.client.inquire(&request, self.attempt()).await;
        let now = self.now();
        match answer {
            Ok(reply) => {
                let id = QuoteId::from_random((self.surroundings.random)());
                let quote = Arc::new(outcome::quote(id, self.settings.sandbox, &request, reply.value, now));
                if quote.price.consistent() == Some(false) {
                    tracing::warn!(quote = %quote.id, "the partner's price is off its own formula");
                }
                // Whoever waits gets the price, whether or not it could be written.
                if let Err(error) = self.records.keep(&quote).await {
                    tracing::error!(%error, quote = %quote.id, "a quote could not be recorded");
                }
                self.by_id.insert(quote.id.clone(), Arc::clone(&quote));
                let again = Quote { source: Source::Cache, ..Quote::clone(&quote) };
                self.prices.keep(key, Ok(Arc::new(again)), now, life_of_quote(&quote, now));
                Ok(quote)
            }
            Err(error) => {
                let failure = told(&error, "inquiry", now);
                self.prices.keep(key, Err(failure.clone()), now, life_of_failure(&failure));
                Err(failure)
            }
        }
    }

    async fn ask_catalogue(self: Arc<Self>, key: Key, request: SearchRequest) -> Found {
        let answer = self.client.search(&request, self.attempt()).await;
        let now = self.now();
        let items: Arc<[CatalogueItem]> = answer.map_err(|error| told(&error, "search", now))?.value.into();
        self.found.keep(key, Ok(Arc::clone(&items)), now, life_of_search());
        Ok(items)
    }
}

/// Logs why a call failed, once, and turns it into what is told.
fn told(error: &CallError, call: &'static str, now: Timestamp) -> Failure {
    let failure = outcome::failure(&error.kind, now);
    let (outcome, cause) = (error.kind.name(), &error.kind);
    match failure {
        Failure::ModelUnknown | Failure::NotAccepted { .. } => {
            tracing::info!(call, outcome, %cause, "no price")
        }
        _ => tracing::warn!(call, outcome, %cause, "a call to the partner failed"),
    }
    failure
}

fn internal() -> Failure {
    Failure::Internal { request_id: String::new() }
}
