//! How a price comes about: asked for, explained, recorded and cached; or an older one that
//! still holds, made fresh behind the scenes.

use std::sync::Arc;

use aihuishou::Client;
use domain::{Failure, Moment, Price, Quote, QuoteId, QuoteRequest, Source};
use jiff::Timestamp;
use tokio::time::sleep;
use tracing::Instrument;

use crate::cache::{life_of_failure, life_of_quote, life_of_stale};
use crate::desk::{Inner, Priced, told};
use crate::key::Key;
use crate::outcome;
use crate::purpose::Purpose;
use crate::refresh::TRIES;

impl Inner {
    /// A price from the partner or, where it gives none, an older one that still holds.
    pub(crate) async fn ask_price(self: Arc<Self>, key: Key, request: QuoteRequest) -> Priced {
        let asked = self.fetch_price(key, &request, Purpose::Shopper).await;
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

    /// Asks again, some time later, for a price that could not be had.
    async fn refresh(self: Arc<Self>, key: Key, request: QuoteRequest) {
        for doubled in 0..TRIES {
            sleep(self.settings.refresh_after * (1 << doubled)).await;
            let asked = self.fetch_price(key, &request, Purpose::Background).await;
            if asked != Err(Failure::PartnerUnavailable) {
                break;
            }
        }
        self.refreshing.end(&key);
    }

    /// A price from the partner, recorded and cached.
    async fn fetch_price(&self, key: Key, request: &QuoteRequest, purpose: Purpose) -> Priced {
        let question = outcome::question(request);
        let call = |client: Arc<Client>, attempt| async move { client.inquire(request, attempt).await };
        let answer = self.partner.ask(&question, self.errand(purpose), call).await;
        let now = self.now();
        let mut answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                let failure = told(&error, &question, now);
                self.prices.keep(key, Err(failure.clone()), now, life_of_failure(&failure));
                return Err(failure);
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
