//! Gets a price from the partner, adds its market coefficient, records it and caches it.

use std::sync::Arc;

use domain::{Failure, NotAccepted, Price, Quote, QuoteId, QuoteRequest, Source};
use provider::{Answer, Provider};

use crate::answer::told;
use crate::ask_error::AskError;
use crate::call_context::CallContext;
use crate::inner::Inner;
use crate::key::Key;
use crate::odd;
use crate::outcome;
use crate::question::Question;
use crate::ttl_cache::{failure_ttl, quote_ttl};

/// Why the partner gave no price.
pub(crate) struct Unpriced {
    pub(crate) failure: Failure,
    /// Whether a call was made that says something about this device. It does not if the partner only asked
    /// to slow down, or was not reached.
    pub(crate) asked: bool,
}

impl Inner {
    /// A price from the partner, recorded and cached.
    pub(crate) async fn fetch_price(
        &self,
        key: Key,
        request: &QuoteRequest,
        context: CallContext,
    ) -> Result<Arc<Quote>, Unpriced> {
        let provider = self.partner.provider();
        if !provider.takes(request) {
            let failure = Failure::NotAccepted { reason: NotAccepted::Unspecified };
            return Err(Unpriced { failure, asked: true });
        }
        let question = Question::of_quote(&*provider, request);
        let call =
            |provider: Arc<dyn Provider>, attempt| async move { provider.quote(request, attempt).await };
        let merchant = context.merchant.clone();
        let answer = self.partner.ask(&question, context, call).await;
        self.take(key, request, merchant, &question, answer).await
    }

    /// Turns the partner's answer into a quote, which is recorded for the merchant and cached, or into a
    /// failure, which is cached for a while if its kind allows that.
    pub(crate) async fn take(
        &self,
        key: Key,
        request: &QuoteRequest,
        merchant: Option<Arc<str>>,
        question: &Question,
        answer: Result<Answer, AskError>,
    ) -> Result<Arc<Quote>, Unpriced> {
        let now = self.now();
        let mut answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                let of = self.partner.provider().identity().name.clone();
                let failure = told(&error, &of, question, now);
                odd::count_failure(&self.partner.metrics, &error);
                self.prices.keep(key, Err(failure.clone()), now, failure_ttl(&failure));
                return Err(Unpriced { failure, asked: error.tells_of_the_question() });
            }
        };
        answer.price = self.explained(request, answer.price);
        odd::count_answer(&self.partner.metrics, &answer);
        let confirmed = answer.public_model.take().map(String::into_boxed_str);
        let id = QuoteId::from_random((self.deps.random)());
        let provider = self.partner.provider().identity().name.clone();
        let quote = Arc::new(outcome::quote(id, self.settings.sandbox, provider, request, answer, now));
        if quote.price.consistent() == Some(false) {
            tracing::warn!(quote = %quote.id, "the partner's price is off its own formula");
        }
        self.record(merchant, Some(key), &quote, confirmed).await;
        let again = Quote { source: Source::Cache, ..Quote::clone(&quote) };
        self.prices.keep(key, Ok(Arc::new(again)), now, quote_ttl(&quote, now));
        Ok(quote)
    }

    /// The price with its market coefficient: the partner's, which is remembered, or an estimate if the
    /// partner gave none. The amounts do not change.
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

    /// Keeps a quote for its page, and records it. The price is returned to the callers even if it cannot be
    /// written.
    pub(crate) async fn record(
        &self,
        merchant: Option<Arc<str>>,
        key: Option<Key>,
        quote: &Arc<Quote>,
        confirmed: Option<Box<str>>,
    ) {
        self.by_id.insert(quote.id.clone(), Arc::clone(quote));
        let provider = self.partner.provider();
        self.partner.journal.quoted(provider.identity(), merchant, key, Arc::clone(quote), confirmed).await;
    }
}
