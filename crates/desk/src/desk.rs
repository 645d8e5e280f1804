use std::sync::Arc;

use domain::{CatalogueItem, Change, Failure, Quote, QuoteId, QuoteRequest, Source};
use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;
use provider::Provider;
use records::{Activity, Records, RecordsError};
use tokio::sync::Semaphore;
use tokio::time::Instant;

use crate::ask_error::AskError;
use crate::call_context::{CallContext, PATIENCE_OF_A_BATCH, Priority};
use crate::coefficients::Coefficients;
use crate::deletion::{Due, due};
use crate::finding::Found;
use crate::journal::Journal;
use crate::key::Key;
use crate::meters::Meters;
use crate::outcome;
use crate::partner::Partner;
use crate::pricing::is_stale;
use crate::question::Question;
use crate::refresh::Refreshing;
use crate::settings::{Deps, Settings};
use crate::shared_call::Called;
use crate::single_flight::SingleFlight;
use crate::ttl_cache::{SEARCH_TTL, TTL, TtlCache};

/// Quotes that are known by their id without the records.
const MOST_BY_ID: u64 = 10_000;

pub(crate) type Priced = Result<Arc<Quote>, Failure>;

/// The quote desk. Clones share everything.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

/// What clones of a desk share.
pub(crate) struct Inner {
    pub(crate) partner: Partner,
    pub(crate) settings: Settings,
    pub(crate) deps: Deps,
    pub(crate) prices: TtlCache<Priced>,
    pub(crate) found: TtlCache<Found>,
    /// Quotes of this process by id, for those that could not be written.
    pub(crate) by_id: Cache<QuoteId, Arc<Quote>>,
    pub(crate) coefficients: Coefficients,
    /// Calls for one device.
    pub(crate) pricing: SingleFlight<Key, Called<Arc<Quote>>>,
    /// Devices that a list asks for with others in one call. A shopper does not wait for all of
    /// them, but another list does.
    pub(crate) listed: SingleFlight<Key, Called<Arc<Quote>>>,
    /// Older prices that are being looked up to stand in.
    pub(crate) standing_in: SingleFlight<Key, Option<Arc<Quote>>>,
    pub(crate) finding: SingleFlight<Key, Called<Arc<[CatalogueItem]>>>,
    pub(crate) refreshing: Refreshing,
    /// Devices of batches that are asked for at once.
    pub(crate) batch_permits: Semaphore,
}

impl Desk {
    /// A desk that asks `provider` and writes to `records`.
    pub fn new(provider: Arc<dyn Provider>, records: Records, settings: Settings, deps: Deps) -> Self {
        let most = settings.cached_answers;
        let meters = Arc::new(Meters::new());
        let journal = Arc::new(Journal::new(records, Arc::clone(&meters)));
        let partner = Partner::new(provider, journal, meters, deps.clone(), &settings);
        Self(Arc::new(Inner {
            batch_permits: Semaphore::new(partner.limiter.other_permits()),
            partner,
            deps,
            prices: TtlCache::new(most, TTL),
            found: TtlCache::new(most, SEARCH_TTL),
            by_id: Cache::new(most.min(MOST_BY_ID)),
            settings,
            coefficients: Coefficients::new(),
            pricing: SingleFlight::new(),
            listed: SingleFlight::new(),
            standing_in: SingleFlight::new(),
            finding: SingleFlight::new(),
            refreshing: Refreshing::default(),
        }))
    }

    /// What a device is worth. No call is waited for past [`Settings::deadline`], even if another
    /// caller with a later deadline made it; then the records may take 250 ms more to find an older
    /// price.
    ///
    /// # Errors
    /// Any of the closed list. [`Failure::Internal`] comes without request id, which only
    /// the caller knows.
    pub async fn quote(&self, request: QuoteRequest) -> Result<Arc<Quote>, Failure> {
        self.quote_for(None, request).await
    }

    /// As [`Self::quote`]. A call that this makes is counted to the merchant, and a price that it brings
    /// is recorded as first asked in its page.
    ///
    /// # Errors
    /// As [`Self::quote`].
    pub async fn quote_for(
        &self,
        merchant: Option<Arc<str>>,
        request: QuoteRequest,
    ) -> Result<Arc<Quote>, Failure> {
        let inner = &self.0;
        let shopper = CallContext { merchant, ..inner.context(Priority::Shopper) };
        let key = inner.partner.key(&request);
        let (answer, source) = match inner.prices.get(&key, inner.now()) {
            Some(answer) => (answer, "cache"),
            None => inner.price_for_shopper(key, request, shopper).await,
        };
        inner.partner.meters.quote(source_of(&answer, source));
        answer
    }

    /// What one answer given otherwise would make of the price, as far as that was asked in
    /// the last minutes: nothing is asked or spent for it.
    pub fn known_changes(&self, request: &QuoteRequest) -> Vec<(Change, Arc<Quote>)> {
        let inner = &self.0;
        let now = inner.now();
        let known = |(change, request)| {
            let quote = inner.prices.get(&inner.partner.key(&request), now)?.ok()?;
            (quote.source != Source::Stale).then_some((change, quote))
        };
        request.changes().into_iter().filter_map(known).collect()
    }

    /// Whether a device list would be given a price that is at hand: nothing is asked or
    /// spent to find out.
    pub fn is_at_hand(&self, request: &QuoteRequest) -> bool {
        let key = self.0.partner.key(request);
        let known = self.0.prices.get(&key, self.0.now());
        known.is_some_and(|answer| !is_stale(&answer))
    }

    /// The quote of that id, as it was answered.
    ///
    /// # Errors
    /// [`Failure::NotFound`], or [`Failure::Internal`] when the records cannot be read.
    pub async fn recall(&self, id: &QuoteId) -> Result<Arc<Quote>, Failure> {
        if let Some(quote) = self.0.by_id.get(id) {
            return Ok(quote);
        }
        match self.0.partner.journal.look_for(async |records| records.quote(id).await).await {
            Ok(Some(quote)) => Ok(Arc::new(quote)),
            Ok(None) => Err(Failure::NotFound),
            Err(_) => Err(internal()),
        }
    }

    /// Asks `provider` from now on: the same, with other credentials or for another account. What was
    /// refused before is tried again at once. Places and the size of the quota stay those of the first
    /// one; the quota of another account is counted by itself.
    pub fn use_provider(&self, provider: Arc<dyn Provider>) {
        let partner = &self.0.partner;
        partner.use_provider(provider);
        partner.admission.forget_refusals();
        // What was spent of another account's quota is learnt at the first call otherwise.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let desk = self.clone();
            runtime.spawn(async move { desk.look_up_quota().await });
        }
    }

    /// What was counted, in the form of OpenMetrics, without the mark of the end.
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

    /// Calls of today that device lists may still take, as far as this process knows: those
    /// that are not kept for shoppers.
    pub fn calls_remaining_for_batches(&self) -> u32 {
        self.0.partner.quota_remaining(Priority::Batch)
    }

    /// Whether the partner is the sandbox.
    pub fn is_sandbox(&self) -> bool {
        self.0.settings.sandbox
    }

    pub(crate) fn inner(&self) -> &Arc<Inner> {
        &self.0
    }

    pub(crate) fn partner(&self) -> &Partner {
        &self.0.partner
    }

    pub(crate) fn context(&self) -> CallContext {
        self.0.context(Priority::Shopper)
    }

    /// Prices in the cache.
    pub(crate) fn cached(&self) -> u64 {
        self.0.prices.len()
    }

    /// What was asked of the partner today, in UTC+8.
    ///
    /// # Errors
    /// [`RecordsError`] when the records cannot be read.
    pub async fn today(&self) -> Result<Activity, RecordsError> {
        self.0.partner.journal.activity(self.0.partner.now()).await
    }

    /// Learns from the records what was spent of today's quota before this process began.
    pub async fn look_up_quota(&self) {
        let partner = &self.0.partner;
        partner.look_up_quota().await;
    }

    /// Whether what happens now is recorded, as far as a trial write tells.
    ///
    /// # Errors
    /// [`RecordsError`] when it is not.
    pub async fn ready(&self) -> Result<(), RecordsError> {
        self.0.partner.journal.ready(self.now()).await?;
        if !self.knows_the_count() {
            self.look_up_quota().await;
        }
        Ok(())
    }

    /// Whether calls can be made at all, as far as the day's quota is concerned: while the records
    /// do not say how many were made today, none is.
    pub fn knows_the_count(&self) -> bool {
        self.0.partner.spent().is_some()
    }

    /// Looks after the records for as long as the process runs: bounds their log, and writes anew what
    /// was removed or replaced.
    pub async fn look_after_records(&self) {
        self.0.partner.journal.look_after().await;
    }

    /// Deletes what was recorded longer than `kept` ago, by the clock that is the farthest behind:
    /// this machine's, the partner's and the records' own. See [`Due`].
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be deleted.
    pub async fn purge(&self, kept: SignedDuration) -> Result<Due, RecordsError> {
        let partner = &self.0.partner;
        let records = partner.journal.records();
        let machine = (self.0.deps.clock)();
        // A sandbox goes by this machine's clock, and so do prices that are on this machine.
        let by_this_machine = self.is_sandbox() || !partner.provider().capabilities().over_the_net;
        let ahead = partner.clock_ahead_seconds().or(by_this_machine.then_some(0));
        let by_partner = ahead.and_then(|ahead| machine.checked_add(SignedDuration::from_secs(ahead)).ok());
        records.prepare().await?;
        let due = due(machine, by_partner, records.time_by_records(), records.open_for());
        if let Due::By(time, _) = due {
            let deleted = records.purge(time, kept).await?;
            return Ok(Due::By(time, deleted));
        }
        Ok(due)
    }

    /// Waits until everything that happened so far is recorded, for as long as the database
    /// fails.
    pub async fn all_recorded(&self) {
        self.0.partner.journal.all_written().await;
    }

    /// Writes what could not be written before, as far as it can be now, and closes the
    /// records.
    pub async fn close(&self) {
        self.0.partner.journal.close().await;
    }
}

impl Inner {
    /// The time by this machine's clock, or by the partner's where the two are far apart: prices hold
    /// by the partner's.
    pub(crate) fn now(&self) -> Timestamp {
        self.partner.now()
    }

    pub(crate) fn context(&self, priority: Priority) -> CallContext {
        let patience = match priority {
            Priority::Shopper | Priority::Background => self.settings.deadline,
            Priority::Batch => PATIENCE_OF_A_BATCH,
        };
        CallContext { priority, deadline: Instant::now() + patience, merchant: None }
    }
}

/// Where an answer came from, for the meters: `otherwise`, unless it says so itself.
fn source_of(answer: &Priced, otherwise: &'static str) -> &'static str {
    match answer {
        Ok(quote) if quote.source == Source::Stale => "stale",
        Err(_) if otherwise == "partner" => "none",
        _ => otherwise,
    }
}

/// Logs why there is no answer, once, and turns it into what is told. Where no call was made, each
/// caller hears the same: that breaker or latch began to keep calls away is logged by them.
pub(crate) fn told(error: &AskError, question: &Question, now: Timestamp) -> Failure {
    let failure = outcome::failure(error, now);
    let (call, outcome) = (question.call, error.name());
    match failure {
        _ if !error.was_asked() => tracing::debug!(call, outcome, cause = %error, "no call was made"),
        Failure::ModelUnknown | Failure::NotAccepted { .. } => {
            tracing::info!(call, outcome, cause = %error, "no price");
        }
        _ => tracing::warn!(call, outcome, cause = %error, "a call to the partner failed"),
    }
    failure
}

pub(crate) fn internal() -> Failure {
    Failure::Internal { request_id: String::new() }
}
