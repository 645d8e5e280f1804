//! Prices of a provider that is in this process, such as a price list. It makes no calls: so no call is counted,
//! recorded, limited or shared, and its answer waits for no database.

use std::future::Future;
use std::sync::Arc;

use domain::QuoteRequest;
use provider::{Attempt, CallError, Provider, Reply};
use tokio::time::Instant;

use crate::admission::Ended;
use crate::answer::Priced;
use crate::call_context::CallContext;
use crate::inner::Inner;
use crate::key::Key;
use crate::partner::Partner;
use crate::question::Question;
use crate::refused::{Refused, how_it_ended};

impl Partner {
    /// Whether asking the provider makes a call, which the audit, the quota and the metrics count.
    pub(crate) fn makes_calls(&self) -> bool {
        self.provider().capabilities().over_the_net
    }

    /// The provider's answer from memory. One that has none for any device, such as a list that is not there, opens the
    /// breaker as others do, so that device lists wait for it.
    ///
    /// # Errors
    /// [`Refused`], with the refusal or the reason why it was not asked.
    pub(crate) async fn look_up<T, F>(
        &self,
        question: &Question,
        context: &CallContext,
        call: &impl Fn(Arc<dyn Provider>, Attempt) -> F,
    ) -> Result<T, Refused>
    where
        F: Future<Output = Result<Reply<T>, CallError>>,
    {
        let now = || (self.deps.uptime)();
        let pass = self.admission.pass(question.asked(), question.spends == 1, now())?;
        let timeout = context.deadline.saturating_duration_since(Instant::now());
        let answer = call(self.provider(), Attempt { at: (self.deps.clock)(), timeout }).await;
        match answer {
            Ok(reply) => {
                pass.ended(Ended::Answered, now());
                Ok(reply.value)
            }
            Err(CallError { refusal, .. }) => {
                // Other instances have lists of their own, so they are not told.
                pass.ended(how_it_ended(&refusal, true), now());
                Err(Refused::There { refusal, other_key: false })
            }
        }
    }
}

impl Inner {
    /// A price for a shopper from a provider in this process, and where it came from, unless the price itself says so.
    pub(crate) async fn price_from_memory(
        self: &Arc<Self>,
        key: Key,
        request: QuoteRequest,
        shopper: CallContext,
    ) -> (Priced, &'static str) {
        let deadline = shopper.deadline;
        let answer = self.fetch_price(key, &request, shopper).await.map_err(|unpriced| unpriced.failure);
        (self.or_older_price(key, request, answer, deadline).await, "partner")
    }
}
