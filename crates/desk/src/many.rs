//! Prices for callers that ask for many devices: known prices first, then those of calls by this or another
//! caller.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::{Failure, Moment, Quote, QuoteRequest};
use jiff::Timestamp;
use provider::Provider;
use tracing::Instrument;

use crate::answer::{Priced, internal, is_stale};
use crate::ask_error::AskError;
use crate::call_context::Turn;
use crate::inner::Inner;
use crate::key::Key;
use crate::odd;
use crate::pricing::{By, Unpriced};
use crate::question::Question;
use crate::quoter::Quoter;
use crate::shared_call::Called;
use crate::single_flight::{Announced, Call};
use crate::ttl_cache::quote_ttl;

/// Whether the caller may ask for a device, or another caller does so already.
pub enum Claimed {
    /// The caller asks for the device.
    Own(Claim),
    /// A call for the device is in flight, made for a shopper or another list.
    Elsewhere(InFlight),
}

/// The promise to ask for a device. If it is dropped before [`Self::tell`], all callers that wait for the
/// answer learn that none will come.
pub struct Claim(Announced<Key, Called<Arc<Quote>>>);

impl Claim {
    /// Gives the answer to all callers that wait for it.
    pub fn tell(self, answer: Priced) {
        self.0.tell(Called::for_a_list(answer));
    }
}

/// A call for a device that another caller made.
pub struct InFlight(Call<Called<Arc<Quote>>>);

impl InFlight {
    /// The answer of the call.
    pub async fn answer(self) -> Priced {
        of_others(self.0.await)
    }
}

impl Quoter {
    /// The partner's price for a list that was created at `since`, or one that has become known since the list looked
    /// for it with [`Self::known`]. Also returns whether this list made a call for it that says something about the
    /// device. `turn` ends with that call, before its answer is recorded.
    pub async fn price(&self, request: QuoteRequest, since: Timestamp, turn: Turn) -> (Priced, bool) {
        let inner = &self.inner;
        let key = inner.partner.key(&request);
        // The list waits here, outside of `pricing`: a shopper must not join a call that waits for this one.
        if let Some(call) = inner.listed.in_flight(&key) {
            drop(turn);
            return (of_others(call.await), false);
        }
        let cached = || {
            let answer = inner.prices.get(&key, inner.now()).filter(|answer| !is_stale(answer))?;
            Some(Called::for_a_list(answer))
        };
        let asked = Arc::new(AtomicBool::new(false));
        let (own, tell, lease) = (Arc::clone(inner), Arc::clone(&asked), self.lease.clone());
        let work = || {
            let work = async move {
                // Another call may have been announced, or have recorded a price, since the checks above.
                let announced = match own.listed.in_flight(&key) {
                    Some(call) => call.await,
                    None => None,
                };
                let answer = match (announced, own.held(&key, since).await) {
                    (Some(called), _) => called.answer,
                    (None, Some(quote)) => Ok(quote),
                    (None, None) => {
                        let answer = own.fetch_price(key, &request, own.list_context(lease, turn)).await;
                        tell.store(!matches!(answer, Err(Unpriced { asked: false, .. })), Ordering::Relaxed);
                        answer.inspect(|quote| own.share_price(key, quote)).map_err(|it| it.failure)
                    }
                };
                Called::for_a_list(answer)
            };
            work.in_current_span()
        };
        let called = inner.pricing.join(key, cached, work).await;
        (of_others(called), asked.load(Ordering::Relaxed))
    }

    /// Claims a device for a call for several, unless a call for it is in flight.
    pub fn claim(&self, request: &QuoteRequest) -> Claimed {
        let inner = &self.inner;
        let key = inner.partner.key(request);
        if let Some(call) = inner.pricing.in_flight(&key) {
            return Claimed::Elsewhere(InFlight(call));
        }
        let announced = match inner.listed.announce(key) {
            Ok(announced) => announced,
            Err(call) => return Claimed::Elsewhere(InFlight(call)),
        };
        // If a call for the device has begun meanwhile, it is joined. The announcement ends here without an
        // answer; the call sees that and asks by itself.
        match inner.pricing.in_flight(&key) {
            Some(call) => Claimed::Elsewhere(InFlight(call)),
            None => Claimed::Own(Claim(announced)),
        }
    }

    /// A known price for a list that was created at `since`, or `None`. No call is made.
    pub async fn known(&self, request: &QuoteRequest, since: Timestamp) -> Option<Priced> {
        let inner = &self.inner;
        let key = inner.partner.key(request);
        if let Some(answer) = inner.prices.get(&key, inner.now()).filter(|answer| !is_stale(answer)) {
            return Some(answer);
        }
        inner.held(&key, since).await.map(Ok)
    }

    /// Prices from one call, in the order of the devices. A shopper who asks for one of the devices meanwhile
    /// does not wait for this call. `turn` ends with it, before its answers are recorded.
    ///
    /// # Errors
    /// [`AskError`] if the call returns no answer for each device.
    pub async fn prices_together(
        &self,
        devices: &[QuoteRequest],
        turn: Turn,
    ) -> Result<Vec<Priced>, AskError> {
        let inner = &self.inner;
        let question = Question::of_many(&*inner.partner.provider(), devices);
        let call =
            |provider: Arc<dyn Provider>, attempt| async move { provider.quote_many(devices, attempt).await };
        let answers = inner.partner.ask(&question, inner.list_context(self.lease.clone(), turn), call).await;
        let answers = answers.inspect_err(|error| odd::count_failure(&inner.partner.metrics, error))?;
        let mut priced = Vec::with_capacity(answers.len());
        for (request, answer) in devices.iter().zip(answers) {
            let key = inner.partner.key(request);
            let answer = answer.map_err(AskError::Call);
            let question = Question::of_quote(&*inner.partner.provider(), request);
            let taken = inner.take(key, request, By::list(), &question, answer).await;
            priced.push(taken.inspect(|quote| inner.share_price(key, quote)).map_err(|it| it.failure));
        }
        Ok(priced)
    }
}

impl Inner {
    /// The latest recorded price of a device, if it is recent enough for a list that was created at `since`.
    /// So a process that follows a killed one does not ask again.
    async fn held(&self, key: &Key, since: Timestamp) -> Option<Arc<Quote>> {
        let read = self.partner.journal.look_for(async |records| records.latest(key).await).await;
        let quote = read.ok()??;
        let (now, quoted_at) = (self.now(), quote.quoted_at.timestamp());
        let own = quoted_at >= since && !quote.expired(Moment::new(now));
        let recent = now.duration_since(quoted_at) < quote_ttl(&quote, quoted_at);
        (own || recent).then(|| Arc::new(quote))
    }
}

/// What the result of a shared call means for a list: an older price, which a shopper gets if no new one can
/// be had, is no answer for a list.
fn of_others(called: Option<Called<Arc<Quote>>>) -> Priced {
    match called {
        Some(Called { answer, .. }) if is_stale(&answer) => Err(Failure::PartnerUnavailable),
        Some(Called { answer, .. }) => answer,
        None => Err(internal()),
    }
}
