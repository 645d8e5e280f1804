//! Prices that instances share: one of them calls the partner, and the others get its answer.
//!
//! The keys are the desk's own, so an answer depends on account and protocol too. An answer is shared for as
//! long as it is cached here, and only if it is about the device: a failure of the moment or of the account is
//! each instance's own. If the fleet fails, or is in process, all of this does nothing.

use std::sync::Arc;
use std::time::Duration;

use domain::{Failure, Moment, Quote, QuoteRequest, Source};
use fleet::{Joined, Lease};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::answer::Priced;
use crate::call_context::CallContext;
use crate::inner::Inner;
use crate::key::Key;
use crate::pricing::Unpriced;
use crate::ttl_cache::{TTL, failure_ttl, quote_ttl};

/// For those who wait: how long an answer is shared that is not given again. They ask five times a second.
const HANDOVER: Duration = Duration::from_secs(1);

/// An answer as instances share it, in JSON.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shared {
    Price(Arc<Quote>),
    Failure(Failure),
}

impl Inner {
    /// The price that another instance got or, if none did, the partner's. Of all instances, one makes the
    /// call, and is followed by another one if it dies.
    pub(crate) async fn price_of_any_instance(
        &self,
        key: Key,
        request: &QuoteRequest,
        context: CallContext,
    ) -> Result<Arc<Quote>, Unpriced> {
        match self.fleet.join(&key.of_fleet(), context.deadline).await {
            Joined::Answer(bytes) => match self.of_another_instance(key, &bytes) {
                Some(answer) => answer.map_err(|failure| Unpriced { failure, asked: true }),
                None => self.fetch_price(key, request, context).await,
            },
            Joined::Lead(lease) => {
                let answer = self.fetch_price(key, request, context).await;
                self.share(lease, answer.as_ref().map_err(|unpriced| &unpriced.failure));
                answer
            }
            Joined::Alone => self.fetch_price(key, request, context).await,
            Joined::TimedOut => Err(Unpriced { failure: Failure::PartnerUnavailable, asked: false }),
        }
    }

    /// Caches another instance's answer. Returns `None` if it cannot be read, as from a newer version, or if
    /// its price no longer holds.
    fn of_another_instance(&self, key: Key, bytes: &[u8]) -> Option<Priced> {
        let now = self.now();
        let (answer, ttl) = match serde_json::from_slice(bytes).ok()? {
            Shared::Price(quote) if quote.expired(Moment::new(now)) => return None,
            Shared::Price(quote) => {
                let ttl = ttl_left(&quote, now);
                // Its page can be shown before the other instance has written it.
                self.by_id.insert(quote.id.clone(), Arc::clone(&quote));
                (Ok(quote), ttl)
            }
            Shared::Failure(failure) => {
                let ttl = failure_ttl(&failure);
                (Err(failure), ttl)
            }
        };
        self.prices.keep(key, answer.clone(), now, ttl);
        Some(answer)
    }

    /// Gives the answer to the other instances, without waiting for that. One that is not shared ends the
    /// lease, so that another instance may ask.
    fn share(&self, lease: Lease, answer: Result<&Arc<Quote>, &Failure>) {
        let now = self.now();
        let (shared, ttl) = match answer {
            Ok(quote) => (Shared::Price(again(quote)), life(quote_ttl(quote, now)).max(HANDOVER)),
            Err(failure) => (Shared::Failure(failure.clone()), life(failure_ttl(failure))),
        };
        if let Ok(bytes) = serde_json::to_vec(&shared) {
            tokio::spawn(async move { lease.answer(&bytes, ttl).await });
        }
    }

    /// Gives a price that was asked for without a lease, such as a device list's, to shoppers of the other
    /// instances, without waiting for that.
    pub(crate) fn share_price(&self, key: Key, quote: &Arc<Quote>) {
        let ttl = life(quote_ttl(quote, self.now()));
        if !self.fleet.is_shared() || ttl.is_zero() {
            return;
        }
        if let Ok(bytes) = serde_json::to_vec(&Shared::Price(again(quote))) {
            let fleet = self.fleet.clone();
            tokio::spawn(async move { fleet.put(&key.of_fleet(), &bytes, ttl).await });
        }
    }
}

/// For how long a quote of another instance may be cached here: until it would no longer be cached there.
fn ttl_left(quote: &Quote, now: Timestamp) -> SignedDuration {
    let age = now.duration_since(quote.quoted_at.timestamp());
    // The clocks of two instances may differ.
    quote_ttl(quote, now).min(TTL.saturating_sub(age)).min(TTL)
}

/// The quote as it is given again.
fn again(quote: &Quote) -> Arc<Quote> {
    Arc::new(Quote { source: Source::Cache, ..quote.clone() })
}

fn life(ttl: SignedDuration) -> Duration {
    Duration::try_from(ttl).unwrap_or_default()
}
