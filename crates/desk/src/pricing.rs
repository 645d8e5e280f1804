//! How a price comes about: asked for, explained, recorded and cached; or an older one that
//! still holds, made fresh behind the scenes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use aihuishou::{Client, Devices, Inquiry};
use domain::{Failure, Moment, Price, Quote, QuoteId, QuoteRequest, Source};
use jiff::Timestamp;
use tokio::time::sleep;
use tracing::Instrument;

use crate::ask_error::AskError;
use crate::cache::{life_of_failure, life_of_quote, life_of_stale};
use crate::desk::{Inner, Priced, internal, told};
use crate::key::Key;
use crate::outcome;
use crate::partner::Question;
use crate::purpose::Purpose;
use crate::refresh::TRIES;

/// Why the partner gave no price.
struct Unpriced {
    failure: Failure,
    /// Whether a call was made to find out.
    asked: bool,
}

/// Whether it is an older price, given again for want of one of now.
pub(crate) fn is_stale(answer: &Priced) -> bool {
    matches!(answer, Ok(quote) if quote.source == Source::Stale)
}

impl Inner {
    /// A price from the partner or, where it gives none, an older one that still holds.
    pub(crate) async fn ask_price(self: Arc<Self>, key: Key, request: QuoteRequest) -> Priced {
        let asked = self.fetch_price(key, &request, Purpose::Shopper).await.map_err(|it| it.failure);
        let Err(failure) = &asked else { return asked };
        let now = self.now();
        let Some(older) = self.older(&key, failure, now).await else { return asked };
        self.prices.keep(key, Ok(Arc::clone(&older)), now, life_of_stale(&older, now));
        // A quota that is used up stays so until midnight.
        if *failure == Failure::PartnerUnavailable && self.refreshing.begin(key) {
            tokio::spawn(self.refresh(key, request).in_current_span());
        }
        Ok(older)
    }

    /// A price for a batch that came at `since`: one that is known, as long as it is of the
    /// last minutes or the batch's own, or the partner's; and whether the partner was asked.
    pub(crate) async fn price_for_batch(
        self: &Arc<Self>,
        request: QuoteRequest,
        since: Timestamp,
    ) -> (Priced, bool) {
        if let Some(answer) = self.known_for_batch(&request, since).await {
            return (answer, false);
        }
        let key = Key::of_quote(&self.partner.keys.current(), &request);
        let cached = || self.prices.get(&key, self.now()).filter(|answer| !is_stale(answer));
        let asked = Arc::new(AtomicBool::new(false));
        let (own, tell) = (Arc::clone(self), Arc::clone(&asked));
        let work = || {
            let work = async move {
                let answer = own.fetch_price(key, &request, Purpose::Batch).await;
                tell.store(!matches!(answer, Err(Unpriced { asked: false, .. })), Ordering::Relaxed);
                answer.map_err(|it| it.failure)
            };
            work.in_current_span()
        };
        let answer = self.pricing.join(key, cached, work).await.unwrap_or_else(|| Err(internal()));
        // Joined a shopper's call, for whom an older price is better than none.
        let answer = if is_stale(&answer) { Err(Failure::PartnerUnavailable) } else { answer };
        (answer, asked.load(Ordering::Relaxed))
    }

    /// A price for a batch that came at `since`, as far as one is known.
    pub(crate) async fn known_for_batch(&self, request: &QuoteRequest, since: Timestamp) -> Option<Priced> {
        let key = Key::of_quote(&self.partner.keys.current(), request);
        if let Some(answer) = self.prices.get(&key, self.now()).filter(|answer| !is_stale(answer)) {
            return Some(answer);
        }
        self.held(&key, since).await.map(Ok)
    }

    /// Prices for a batch by one call, in the order of the devices. A shopper who asks for one
    /// of them meanwhile does not wait for all.
    ///
    /// # Errors
    /// [`AskError`] where there is no answer for each.
    pub(crate) async fn prices_together(&self, devices: &Devices) -> Result<Vec<Priced>, AskError> {
        let question = outcome::question_together(devices);
        let call =
            |client: Arc<Client>, attempt| async move { client.inquire_together(devices, attempt).await };
        let answers = self.partner.ask(&question, self.errand(Purpose::Batch), call).await?;
        let mut priced = Vec::with_capacity(answers.len());
        for (request, answer) in devices.iter().zip(answers) {
            let key = Key::of_quote(&self.partner.keys.current(), request);
            let answer = answer.map_err(AskError::Call);
            let taken = self.take(key, request, &outcome::question(request), answer).await;
            priced.push(taken.map_err(|it| it.failure));
        }
        Ok(priced)
    }

    /// Calls of the day that may still be taken for that purpose.
    pub(crate) fn left_for(&self, purpose: Purpose) -> u32 {
        self.partner.journal.left_for(purpose, self.now())
    }

    /// The latest recorded price of a device, if it is new enough for a batch that came at
    /// `since`: so a process that follows one that was killed does not ask again.
    async fn held(&self, key: &Key, since: Timestamp) -> Option<Arc<Quote>> {
        let read = self.partner.journal.look_for(async |records| records.latest(key).await).await;
        let quote = read.ok()??;
        let (now, quoted_at) = (self.now(), quote.quoted_at.timestamp());
        let own = quoted_at >= since && !quote.expired(Moment::new(now));
        let recent = now.duration_since(quoted_at) < life_of_quote(&quote, quoted_at);
        (own || recent).then(|| Arc::new(quote))
    }

    /// Asks again, some time later, for a price that could not be had.
    async fn refresh(self: Arc<Self>, key: Key, request: QuoteRequest) {
        for doubled in 0..TRIES {
            sleep(self.settings.refresh_after * (1 << doubled)).await;
            let asked = self.fetch_price(key, &request, Purpose::Background).await;
            match asked {
                Err(Unpriced { failure: Failure::PartnerUnavailable, .. }) => {}
                _ => break,
            }
        }
        self.refreshing.end(&key);
    }

    /// A price from the partner, recorded and cached.
    async fn fetch_price(
        &self,
        key: Key,
        request: &QuoteRequest,
        purpose: Purpose,
    ) -> Result<Arc<Quote>, Unpriced> {
        let question = outcome::question(request);
        let call = |client: Arc<Client>, attempt| async move { client.inquire(request, attempt).await };
        let answer = self.partner.ask(&question, self.errand(purpose), call).await;
        self.take(key, request, &question, answer).await
    }

    /// What an answer comes to, recorded and cached.
    async fn take(
        &self,
        key: Key,
        request: &QuoteRequest,
        question: &Question,
        answer: Result<Inquiry, AskError>,
    ) -> Result<Arc<Quote>, Unpriced> {
        let now = self.now();
        let mut answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                let failure = told(&error, question, now);
                self.prices.keep(key, Err(failure.clone()), now, life_of_failure(&failure));
                return Err(Unpriced { failure, asked: error.was_asked() });
            }
        };
        answer.price = self.explained(request, answer.price);
        let id = QuoteId::from_random((self.surroundings.random)());
        let quote = Arc::new(outcome::quote(id, self.settings.sandbox, request, answer, now));
        if quote.price.consistent() == Some(false) {
            tracing::warn!(quote = %quote.id, "the partner's price is off its own formula");
        }
        self.record(Some(key), &quote).await;
        let again = Quote { source: Source::Cache, ..Quote::clone(&quote) };
        self.prices.keep(key, Ok(Arc::new(again)), now, life_of_quote(&quote, now));
        Ok(quote)
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
    async fn record(&self, key: Option<Key>, quote: &Arc<Quote>) {
        self.by_id.insert(quote.id.clone(), Arc::clone(quote));
        self.partner.journal.quoted(key, Arc::clone(quote)).await;
    }

    /// An earlier quote that still holds, where the partner cannot be asked now. It gets an
    /// id of its own: its page must say what it is, and the earlier one's page must not.
    async fn older(&self, key: &Key, failure: &Failure, now: Timestamp) -> Option<Arc<Quote>> {
        if !matches!(failure, Failure::PartnerUnavailable | Failure::QuotaExhausted { .. }) {
            return None;
        }
        let read = self.partner.journal.look_for(async |records| records.latest(key).await).await;
        let holds = |quote: &Quote| quote.valid_until.is_some() && !quote.expired(Moment::new(now));
        let older = read.ok()?.filter(holds)?;
        let id = QuoteId::from_random((self.surroundings.random)());
        let stale = Arc::new(Quote { id, source: Source::Stale, ..older });
        self.record(None, &stale).await;
        Some(stale)
    }
}
