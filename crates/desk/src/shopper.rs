//! A price for a shopper, within the shopper's own deadline. If the partner gives none, the shopper gets an
//! older price that is still valid, and a new one is asked for in the background.

use std::sync::Arc;
use std::time::Duration;

use domain::{Failure, Moment, Quote, QuoteId, QuoteRequest, Source};
use jiff::Timestamp;
use tokio::time::{Instant, sleep, timeout_at};
use tracing::Instrument;

use crate::answer::{Priced, internal, is_stale};
use crate::call_context::{CallContext, Priority};
use crate::inner::Inner;
use crate::key::Key;
use crate::pricing::{Recorded, Unpriced};
use crate::refresh::TRIES;
use crate::shared_call::{Called, may_pass, shared};
use crate::ttl_cache::stale_ttl;

/// The longest search in the records for an older price, after the deadline has passed.
const LOOK_UP: Duration = Duration::from_millis(250);

impl Inner {
    /// A price for a shopper by its deadline, and where it came from, unless the price itself says so. If the
    /// shopper joined a call, the call goes on for the other callers after that.
    pub(crate) async fn price_for_shopper(
        self: &Arc<Self>,
        key: Key,
        request: QuoteRequest,
        shopper: CallContext,
    ) -> (Priced, &'static str) {
        let deadline = shopper.deadline;
        let cached = || self.prices.get(&key, self.now());
        let ask = || Arc::clone(self).ask_price(key, request.clone(), shopper.clone()).in_current_span();
        let (answer, asked) = shared(&self.pricing, key, deadline, cached, ask).await;
        let answer = answer.unwrap_or_else(|| Err(internal()));
        let answer = self.or_older_price(key, request, answer, deadline).await;
        (answer, if asked { "partner" } else { "joined" })
    }

    /// A price from the partner by `deadline` or, if it gives none, an older one that is still valid.
    async fn ask_price(
        self: Arc<Self>,
        key: Key,
        request: QuoteRequest,
        shopper: CallContext,
    ) -> Called<Arc<Quote>> {
        let deadline = shopper.deadline;
        let answer = match self.price_of_any_instance(key, &request, shopper).await {
            Ok(quote) => Ok(quote),
            Err(Unpriced { failure, .. }) if may_pass(&failure) => {
                self.or_older(key, request, failure, deadline).await
            }
            Err(Unpriced { failure, .. }) => Err(failure),
        };
        Called::by(deadline, answer)
    }

    /// The answer or, in the place of a failure that may pass, an older price that is still valid.
    pub(crate) async fn or_older_price(
        self: &Arc<Self>,
        key: Key,
        request: QuoteRequest,
        answer: Priced,
        deadline: Instant,
    ) -> Priced {
        match answer {
            Err(failure) if may_pass(&failure) => self.or_older(key, request, failure, deadline).await,
            answer => answer,
        }
    }

    /// An older price that is still valid or, if there is none, the failure. Concurrent callers for the same
    /// device share one look at the records.
    async fn or_older(
        self: &Arc<Self>,
        key: Key,
        request: QuoteRequest,
        failure: Failure,
        deadline: Instant,
    ) -> Priced {
        // A call may have returned a price by now.
        let known = || self.prices.get(&key, self.now()).and_then(Result::ok).map(Some);
        let own = Arc::clone(self);
        let look = || {
            let look = async move {
                let older = own.older(&key, own.now()).await?;
                let now = own.now();
                // A call may have returned a price meanwhile.
                if let Some(Ok(price)) = own.prices.get(&key, now) {
                    return Some(price);
                }
                own.prices.keep(key, Ok(Arc::clone(&older)), now, stale_ttl(&older, now));
                Some(older)
            };
            look.in_current_span()
        };
        let late = deadline.max(Instant::now()) + LOOK_UP;
        let found = timeout_at(late, self.standing_in.join(key, known, look)).await;
        let Ok(Some(Some(older))) = found else { return Err(failure) };
        // Only an outage is worth asking again: a quota that is used up stays so until midnight.
        let outage = is_stale(&Ok(Arc::clone(&older))) && failure == Failure::PartnerUnavailable;
        if outage && self.refreshing.begin(key) {
            tokio::spawn(Arc::clone(self).refresh(key, request).in_current_span());
        }
        Ok(older)
    }

    /// Asks again, after a pause, for a price that the partner did not give.
    async fn refresh(self: Arc<Self>, key: Key, request: QuoteRequest) {
        for doubled in 0..TRIES {
            sleep(self.settings.refresh_after * (1 << doubled)).await;
            let asked = self.fetch_price(key, &request, self.context(Priority::Background)).await;
            if let Ok(quote) = &asked {
                self.share_price(key, quote);
            }
            match asked {
                Err(Unpriced { failure: Failure::PartnerUnavailable, .. }) => {}
                _ => break,
            }
        }
        self.refreshing.end(&key);
    }

    /// An earlier quote that is still valid, for when the partner cannot be asked. It gets an id of its own,
    /// because its page says that it is an older price, and the page of the original quote must not.
    async fn older(&self, key: &Key, now: Timestamp) -> Option<Arc<Quote>> {
        let read = self.partner.journal.look_for(async |records| records.latest(key).await).await;
        let holds = |quote: &Quote| quote.valid_until.is_some() && !quote.expired(Moment::new(now));
        let older = read.ok()?.filter(holds)?;
        let id = QuoteId::from_random((self.deps.random)());
        let stale = Arc::new(Quote { id, source: Source::Stale, ..older });
        self.record(Recorded { merchant: None, key: None, confirmed: None, waits: true }, &stale).await;
        Some(stale)
    }
}
