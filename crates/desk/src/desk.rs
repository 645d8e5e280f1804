use std::sync::Arc;
use std::time::Duration;

use aihuishou::{Client, SearchRequest};
use domain::{
    CatalogueItem, Category, Failure, Field, FieldError, Moment, PlainText, Price, Quote, QuoteId,
    QuoteRequest, Source,
};
use jiff::Timestamp;
use moka::sync::Cache;
use tokio::time::Instant;

use crate::cache::{Answers, LIFE, LIFE_OF_SEARCH, life_of_failure, life_of_quote};
use crate::coalesce::UnderWay;
use crate::coefficients::Coefficients;
use crate::key::Key;
use crate::keys::Keys;
use crate::outcome;
use crate::partner::{AskError, Partner, Question};
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
    /// Calls to the partner a day.
    pub daily_quota: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { sandbox: false, deadline: Duration::from_secs(8), cached_answers: 50_000, daily_quota: 2_000 }
    }
}

type Priced = Result<Arc<Quote>, Failure>;
type Found = Result<Arc<[CatalogueItem]>, Failure>;

/// The quote desk. Clones share everything.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

struct Inner {
    partner: Partner,
    records: Records,
    settings: Settings,
    surroundings: Surroundings,
    prices: Answers<Priced>,
    found: Answers<Found>,
    /// Quotes of this process by id, for those that could not be written.
    by_id: Cache<QuoteId, Arc<Quote>>,
    coefficients: Coefficients,
    pricing: UnderWay<Key, Priced>,
    finding: UnderWay<Key, Found>,
}

impl Desk {
    /// A desk that asks with `client` and writes to `records`. During a rotation of the
    /// secret, `next` is a client with the one that follows.
    pub fn new(
        client: Client,
        next: Option<Client>,
        records: Records,
        settings: Settings,
        surroundings: Surroundings,
    ) -> Self {
        let most = settings.cached_answers;
        let keys = Keys::new(client, next);
        let partner = Partner::new(keys, records.clone(), settings.daily_quota, surroundings.clone());
        Self(Arc::new(Inner {
            partner,
            records,
            surroundings,
            prices: Answers::new(most, LIFE),
            found: Answers::new(most, LIFE_OF_SEARCH),
            by_id: Cache::new(most),
            settings,
            coefficients: Coefficients::new(),
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
        let key = Key::of_quote(&inner.partner.keys.current(), &request);
        let cached = || inner.prices.get(&key, inner.now());
        if let Some(answer) = cached() {
            inner.partner.meters.quote("cache");
            return answer;
        }
        let mut asked = false;
        let work = || {
            asked = true;
            Arc::clone(inner).ask_price(key, request)
        };
        let answer = inner.pricing.join(key, cached, work).await.ok_or_else(internal)?;
        inner.partner.meters.quote(match &answer {
            _ if !asked => "joined",
            Ok(quote) if quote.source == Source::Stale => "stale",
            Ok(_) => "partner",
            Err(_) => "none",
        });
        answer
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
        let key = Key::of_search(&inner.partner.keys.current(), &request);
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
                self.0.partner.meters.record_error();
                tracing::error!(%error, quote = %id, "a quote cannot be read from the records");
                Err(internal())
            }
        }
    }

    /// Asks with other secrets from now on.
    pub fn use_secrets(&self, client: Client, next: Option<Client>) {
        self.0.partner.keys.replace(client, next);
    }

    /// What was counted, in the form of OpenMetrics.
    ///
    /// # Errors
    /// When a meter cannot be written.
    pub fn metrics(&self) -> Result<String, std::fmt::Error> {
        self.0.partner.metrics()
    }

    /// The time, as the desk has it.
    pub fn now(&self) -> Timestamp {
        self.0.now()
    }

    /// Whether the partner is the sandbox.
    pub fn is_sandbox(&self) -> bool {
        self.0.settings.sandbox
    }

    pub(crate) fn partner(&self) -> &Partner {
        &self.0.partner
    }

    pub(crate) fn deadline(&self) -> Instant {
        self.0.deadline()
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

    fn deadline(&self) -> Instant {
        Instant::now() + self.settings.deadline
    }

    async fn ask_price(self: Arc<Self>, key: Key, request: QuoteRequest) -> Priced {
        let question = outcome::question(&request);
        let request = &request;
        let call = |client: Arc<Client>, attempt| async move { client.inquire(request, attempt).await };
        let answer = self.partner.ask(&question, self.deadline(), call).await;
        let now = self.now();
        match answer {
            Ok(mut answer) => {
                answer.price = self.explained(request, answer.price);
                let id = QuoteId::from_random((self.surroundings.random)());
                let quote = Arc::new(outcome::quote(id, self.settings.sandbox, request, answer, now));
                if quote.price.consistent() == Some(false) {
                    tracing::warn!(quote = %quote.id, "the partner's price is off its own formula");
                }
                self.record(Some(&key), &quote).await;
                let again = Quote { source: Source::Cache, ..Quote::clone(&quote) };
                self.prices.keep(key, Ok(Arc::new(again)), now, life_of_quote(&quote, now));
                Ok(quote)
            }
            Err(error) => {
                let failure = told(&error, &question, now);
                if let Some(older) = self.older(&key, &failure, now).await {
                    return Ok(older);
                }
                self.prices.keep(key, Err(failure.clone()), now, life_of_failure(&failure));
                Err(failure)
            }
        }
    }

    /// The price with its market coefficient: the partner's, which is remembered, or where it
    /// told none an estimate. The price itself stays as it is.
    fn explained(&self, request: &QuoteRequest, price: Price) -> Price {
        let (category, brand) = (request.category(), request.brand());
        match price.market_coefficient() {
            Some(told) => {
                self.coefficients.learn(category, brand, told);
                price
            }
            None => match self.coefficients.estimate(category, brand) {
                Some(estimate) => price.with_estimated_coefficient(estimate),
                None => price,
            },
        }
    }

    /// Keeps a quote, for its page. Whoever waits gets the price, whether or not it could be
    /// written.
    async fn record(&self, key: Option<&Key>, quote: &Arc<Quote>) {
        if let Err(error) = self.records.keep(key, quote).await {
            self.partner.meters.record_error();
            tracing::error!(%error, quote = %quote.id, "a quote could not be recorded");
        }
        self.by_id.insert(quote.id.clone(), Arc::clone(quote));
    }

    /// An earlier quote that still holds, where the partner cannot be asked now. It gets an
    /// id of its own: its page must say what it is, and the earlier one's page must not.
    async fn older(&self, key: &Key, failure: &Failure, now: Timestamp) -> Option<Arc<Quote>> {
        if !matches!(failure, Failure::PartnerUnavailable | Failure::QuotaExhausted { .. }) {
            return None;
        }
        let latest = self.records.latest(key).await.unwrap_or_else(|error| {
            self.partner.meters.record_error();
            tracing::error!(%error, "no older quote can be read from the records");
            None
        });
        let holds = |quote: &Quote| quote.valid_until.is_some() && !quote.expired(Moment::new(now));
        let older = latest.filter(holds)?;
        let id = QuoteId::from_random((self.surroundings.random)());
        let stale = Arc::new(Quote { id, source: Source::Stale, ..older });
        self.record(None, &stale).await;
        Some(stale)
    }

    async fn ask_catalogue(self: Arc<Self>, key: Key, request: SearchRequest) -> Found {
        let question = outcome::search_question(&request);
        let request = &request;
        let call = |client: Arc<Client>, attempt| async move { client.search(request, attempt).await };
        let answer = self.partner.ask(&question, self.deadline(), call).await;
        let now = self.now();
        let items: Arc<[CatalogueItem]> = answer.map_err(|error| told(&error, &question, now))?.into();
        self.found.keep(key, Ok(Arc::clone(&items)), now, LIFE_OF_SEARCH);
        Ok(items)
    }
}

/// Logs why there is no answer, once, and turns it into what is told.
fn told(error: &AskError, question: &Question, now: Timestamp) -> Failure {
    let failure = outcome::failure(error, now);
    let (call, outcome) = (question.call, error.name());
    match failure {
        Failure::ModelUnknown | Failure::NotAccepted { .. } => {
            tracing::info!(call, outcome, cause = %error, "no price");
        }
        _ => tracing::warn!(call, outcome, cause = %error, "a call to the partner failed"),
    }
    failure
}

fn internal() -> Failure {
    Failure::Internal { request_id: String::new() }
}
