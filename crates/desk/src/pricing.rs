//! Gets a price from the partner, adds its market coefficient, records it and caches it.

use std::sync::Arc;

use domain::{Failure, NotAccepted, Price, Quote, QuoteId, QuoteRequest, Source};
use provider::{Answer, Provider};
use records::{Entry, Origin};

use crate::answer::told;
use crate::ask_error::AskError;
use crate::call_context::{CallContext, Priority};
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

/// For whom a price is, and whether it is given only once it is recorded.
#[derive(Clone, Debug)]
pub(crate) struct By {
    pub(crate) merchant: Option<Arc<str>>,
    pub(crate) waits: bool,
}

impl By {
    /// A device list, which is no merchant's.
    pub(crate) fn list() -> Self {
        Self { merchant: None, waits: true }
    }
}

/// What is recorded with a quote.
pub(crate) struct Recorded {
    pub(crate) merchant: Option<Arc<str>>,
    /// Under which key it is found again; `None` for an older price.
    pub(crate) key: Option<Key>,
    /// The model's name for the price history.
    pub(crate) confirmed: Option<Box<str>>,
    /// Whether the quote is given only once it is recorded.
    pub(crate) waits: bool,
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
        // The price of a call is recorded before it is given. One from memory can be had again, so a shopper does not wait
        // for that; a device list does, since it keeps the quote's id.
        let waits = self.partner.makes_calls() || context.priority == Priority::List;
        let by = By { merchant: context.merchant.clone(), waits };
        let answer = self.partner.ask(&question, context, call).await;
        self.take(key, request, by, &question, answer).await
    }

    /// Turns the partner's answer into a quote, which is recorded for the merchant and cached, or into a
    /// failure, which is cached for a while if its kind allows that.
    pub(crate) async fn take(
        &self,
        key: Key,
        request: &QuoteRequest,
        by: By,
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
        let By { merchant, waits } = by;
        self.record(Recorded { merchant, key: Some(key), confirmed, waits }, &quote).await;
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
    pub(crate) async fn record(&self, recorded: Recorded, quote: &Arc<Quote>) {
        self.by_id.insert(quote.id.clone(), Arc::clone(quote));
        let Recorded { merchant, key, confirmed, waits } = recorded;
        let provider = self.partner.provider();
        let of = provider.identity();
        let origin = Origin {
            merchant,
            provider: Some(of.name.as_str().into()),
            account: Some(Arc::clone(&of.account)),
        };
        let entry = Entry::Quoted { key: key.map(|key| *key), quote: Arc::clone(quote), confirmed, origin };
        self.partner.journal.quoted(entry, waits).await;
    }
}
