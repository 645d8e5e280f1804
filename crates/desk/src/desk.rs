//! The quote desk as it is asked: for prices, for quotes of before, and by those who watch it.

use std::sync::Arc;

use domain::{Change, Failure, Quote, QuoteId, QuoteRequest, Source};
use jiff::Timestamp;
use provider::Provider;
use records::Records;

use crate::answer::{Priced, internal, is_stale};
use crate::call_context::{CallContext, Priority};
use crate::inner::Inner;
use crate::partner::Partner;
use crate::quoter::Quoter;
use crate::settings::{Deps, Settings};

/// The quote desk. Clones share everything.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

impl Desk {
    /// A desk that asks `provider` and writes to `records`.
    pub fn new(provider: Arc<dyn Provider>, records: Records, settings: Settings, deps: Deps) -> Self {
        Self(Arc::new(Inner::new(provider, records, settings, deps)))
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
            let inner = Arc::clone(&self.0);
            runtime.spawn(async move { inner.partner.look_up_quota().await });
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
    pub fn calls_remaining_for_lists(&self) -> u32 {
        self.0.partner.quota_remaining(Priority::List)
    }

    /// The desk as device lists use it.
    pub fn quoter(&self) -> Quoter {
        Quoter(Arc::clone(&self.0))
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

/// Where an answer came from, for the meters: `otherwise`, unless it says so itself.
fn source_of(answer: &Priced, otherwise: &'static str) -> &'static str {
    match answer {
        Ok(quote) if quote.source == Source::Stale => "stale",
        Err(_) if otherwise == "partner" => "none",
        _ => otherwise,
    }
}
