//! The quote desk as its callers use it: it gives prices, recalls earlier quotes, and reports its metrics.

use std::sync::Arc;
use std::time::Duration;

use domain::{Change, Failure, Quote, QuoteId, QuoteRequest, Source};
use fleet::Fleet;
use jiff::Timestamp;
use provider::{Provider, ProviderName};
use records::Records;
use tokio::time::sleep;

use crate::answer::{Priced, internal, is_stale};
use crate::call_context::{CallContext, Priority};
use crate::common::Common;
use crate::inner::Inner;
use crate::partner::Partner;
use crate::quoter::Quoter;
use crate::settings::{Deps, Settings};

/// The pauses before a quote is looked for again that another instance may not have written yet.
const BEFORE_WRITTEN: [Duration; 3] =
    [Duration::from_millis(50), Duration::from_millis(150), Duration::from_millis(300)];

/// The quote desk. Clones share everything.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

impl Desk {
    /// A desk that asks `provider` and writes to `records`.
    pub fn new(provider: Arc<dyn Provider>, records: Records, settings: Settings, deps: Deps) -> Self {
        Self::with_fleet(provider, records, Fleet::in_process(), settings, deps)
    }

    /// As [`Self::new`], with what it shares with the desks of other instances.
    pub fn with_fleet(
        provider: Arc<dyn Provider>,
        records: Records,
        fleet: Fleet,
        settings: Settings,
        deps: Deps,
    ) -> Self {
        Self::in_common(provider, &Common::new(records, fleet, deps), settings)
    }

    /// A desk that asks `provider`, beside the desks of other providers.
    pub fn in_common(provider: Arc<dyn Provider>, common: &Common, settings: Settings) -> Self {
        Self(Arc::new(Inner::new(provider, common, settings)))
    }

    /// Returns what a device is worth. Waits for a call until [`Settings::deadline`] at most, even if another
    /// caller with a later deadline made it. After that, the search for an older price in the records may
    /// take 250 ms more.
    ///
    /// # Errors
    /// Any failure of the closed list. [`Failure::Internal`] has no request id, which only the caller knows.
    pub async fn quote(&self, request: QuoteRequest) -> Result<Arc<Quote>, Failure> {
        self.quote_for(None, request).await
    }

    /// As [`Self::quote`]. A call that this makes is counted to the merchant, and the price is recorded as
    /// one that was first asked for in that merchant's page.
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
            None if inner.partner.makes_calls() => inner.price_for_shopper(key, request, shopper).await,
            None => inner.price_from_memory(key, request, shopper).await,
        };
        inner.partner.metrics.quote(source_of(&answer, source));
        answer
    }

    /// The prices that the device would have if one answer differed, as far as they were asked for in the
    /// last minutes. No call is made.
    pub fn known_changes(&self, request: &QuoteRequest) -> Vec<(Change, Arc<Quote>)> {
        let inner = &self.0;
        let now = inner.now();
        let known = |(change, request)| {
            let quote = inner.prices.get(&inner.partner.key(&request), now)?.ok()?;
            (quote.source != Source::Stale).then_some((change, quote))
        };
        request.changes().into_iter().filter_map(known).collect()
    }

    /// Whether a device list would get a cached answer for this device. No call is made.
    pub fn is_at_hand(&self, request: &QuoteRequest) -> bool {
        let key = self.0.partner.key(request);
        let known = self.0.prices.get(&key, self.0.now());
        known.is_some_and(|answer| !is_stale(&answer))
    }

    /// The quote with that id, as it was answered. Where several instances may use the records, this waits half
    /// a second for a quote that another one has just given.
    ///
    /// # Errors
    /// [`Failure::NotFound`], or [`Failure::Internal`] if the records cannot be read.
    pub async fn recall(&self, id: &QuoteId) -> Result<Arc<Quote>, Failure> {
        if let Some(quote) = self.0.by_id.get(id) {
            return Ok(quote);
        }
        let journal = &self.0.partner.journal;
        let mut pauses = BEFORE_WRITTEN.iter();
        loop {
            match journal.look_for(async |records| records.quote(id).await).await {
                Ok(Some(quote)) => return Ok(Arc::new(quote)),
                Ok(None) => {}
                Err(_) => return Err(internal()),
            }
            match pauses.next().filter(|_| journal.records().are_on_a_server()) {
                Some(pause) => sleep(*pause).await,
                None => return Err(Failure::NotFound),
            }
        }
    }

    /// Uses `provider` from now on: the same one with other credentials or for another account. Calls that
    /// were blocked because the account was refused are possible again at once. The number of permits and the
    /// size of the quota stay those of the first provider; the used calls of another account are counted
    /// separately.
    pub fn use_provider(&self, provider: Arc<dyn Provider>) {
        let partner = &self.0.partner;
        partner.use_provider(provider);
        partner.admission.forget_refusals();
        // Otherwise the used calls of another account would only be read at its first call.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let inner = Arc::clone(&self.0);
            runtime.spawn(async move { inner.partner.look_up_quota().await });
        }
    }

    /// The time by this machine's clock, or by the partner's if the two are far apart.
    pub fn now(&self) -> Timestamp {
        self.0.now()
    }

    /// Calls that device lists may still use today, as far as this process knows: those that are not reserved
    /// for shoppers.
    pub fn calls_remaining_for_lists(&self) -> u32 {
        self.0.partner.quota_remaining(Priority::List)
    }

    /// How many calls the account may make in a day; `None` without a limit.
    pub fn daily_quota(&self) -> Option<u32> {
        self.0.partner.provider().capabilities().daily_quota
    }

    /// Whether a question costs a call over the network.
    pub fn makes_calls(&self) -> bool {
        self.0.partner.makes_calls()
    }

    /// Whether few of today's calls are left for shoppers: a tenth of the quota or less, as far as this process knows.
    /// While it does not know, they do not count as few: the next call finds out.
    pub fn is_short_of_calls(&self) -> bool {
        let partner = &self.0.partner;
        let few = |daily: u32| partner.quota_remaining(Priority::Shopper) <= daily / 10;
        partner.spent().is_some() && partner.provider().capabilities().daily_quota.is_some_and(few)
    }

    /// The desk as device lists use it.
    pub fn quoter(&self) -> Quoter {
        Quoter { inner: Arc::clone(&self.0), lease: None }
    }

    /// The name of the provider that is asked.
    pub fn provider_name(&self) -> ProviderName {
        self.0.partner.provider().identity().name.clone()
    }

    /// The account whose quota is counted.
    pub fn account(&self) -> Arc<str> {
        Arc::clone(&self.0.partner.provider().identity().account)
    }

    /// What this desk shares with those of other instances.
    pub fn fleet(&self) -> &Fleet {
        &self.0.fleet
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
}

/// Where an answer came from, for the metrics: `otherwise`, unless the answer itself says so.
fn source_of(answer: &Priced, otherwise: &'static str) -> &'static str {
    match answer {
        Ok(quote) if quote.source == Source::Stale => "stale",
        // Another instance got it from the partner.
        Ok(quote) if otherwise == "partner" && quote.source == Source::Cache => "joined",
        Err(_) if otherwise == "partner" => "none",
        _ => otherwise,
    }
}
