//! Limits how often one visitor may ask, for each shop. The limit is one over all instances that share a Redis;
//! while that fails, each instance counts for itself, and admits less.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use domain::Failure;
use fleet::{Admission, Fleet, Key, Limit};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use prometheus_client::encoding::text::encode_registry;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::registry::Registry;
use sha2::{Digest, Sha256};

use crate::household::household;
use crate::settings::LimitSettings;

/// Above this number of visitors, those without recent requests are removed.
const REMEMBERED: usize = 10_000;
/// While Redis fails, an instance admits this part of the limit by itself: three instances then admit together
/// about what they should.
const PART_OF_ONE: u32 = 3;

/// The rate limits. Clones share everything; addresses are kept in memory only.
#[derive(Clone)]
pub(in crate::web) struct Limits(Arc<Inner>);

struct Inner {
    /// `None` if there is no limit.
    limit: Option<LimitOfVisitors>,
    trusted_hops: usize,
    /// How many requests were refused.
    refused: Counter,
}

/// The limit for each visitor.
struct LimitOfVisitors {
    fleet: Fleet,
    over_all: Limit,
    /// Of this instance alone: if there is no other one, and while Redis fails.
    alone: DefaultKeyedRateLimiter<(IpAddr, String)>,
}

impl LimitOfVisitors {
    fn new(per_minute: NonZeroU32, fleet: Fleet) -> Self {
        let part = NonZeroU32::new(per_minute.get() / PART_OF_ONE).unwrap_or(NonZeroU32::MIN);
        let alone = if fleet.is_shared() { part } else { per_minute };
        let over_all = Limit { per_minute, burst: per_minute };
        Self { fleet, over_all, alone: DefaultKeyedRateLimiter::dashmap(Quota::per_minute(alone)) }
    }

    /// Counts one more request.
    async fn admit(&self, household: IpAddr, merchant: &str) -> Result<(), TooEarly> {
        match self.fleet.admit(&key(household, merchant), self.over_all).await {
            Some(Admission::Admitted) => return Ok(()),
            Some(Admission::Refused { wait }) => return Err(TooEarly::by(wait)),
            None => {}
        }
        if self.alone.len() > REMEMBERED {
            self.alone.retain_recent();
        }
        let admitted = self.alone.check_key(&(household, merchant.to_owned()));
        admitted.map_err(|early| TooEarly::by(early.wait_time_from(DefaultClock::default().now())))
    }
}

/// The key of a visitor at a merchant, by which instances share the count. It holds the address as a hash only.
fn key(household: IpAddr, merchant: &str) -> Key {
    let mut hash = Sha256::new();
    hash.update(household.to_string());
    // No address and no merchant's id has a line break.
    hash.update("\n");
    hash.update(merchant);
    Key::new(hash.finalize().into())
}

impl Limits {
    /// The limits in the settings, over the instances of `fleet`.
    pub(in crate::web) fn new(settings: &LimitSettings, fleet: Fleet) -> Self {
        let limit =
            NonZeroU32::new(settings.per_minute).map(|per_minute| LimitOfVisitors::new(per_minute, fleet));
        Self(Arc::new(Inner { limit, trusted_hops: settings.trusted_hops, refused: Counter::default() }))
    }

    /// Appends the counter to the other metrics, in the form of OpenMetrics.
    pub(in crate::web) fn write_metrics(&self, text: &mut String) -> std::fmt::Result {
        let mut registry = Registry::with_prefix("tradein");
        let help = "Requests of visitors who asked too often";
        registry.register("visitors_limited", help, self.0.refused.clone());
        encode_registry(text, &registry)
    }

    /// Counts one more request of the visitor at `address` for `merchant`. Requests from this machine are not
    /// limited, since they are the operator's.
    async fn admit(&self, address: IpAddr, merchant: &str) -> Result<(), Failure> {
        let Some(limit) = self.0.limit.as_ref().filter(|_| !address.is_loopback()) else {
            return Ok(());
        };
        limit.admit(household(address), merchant).await.map_err(|early| {
            self.0.refused.inc();
            early.into()
        })
    }
}

/// A request that came too early, because its sender made too many before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) struct TooEarly {
    /// Whole seconds to wait, rounded up, so that the next request is not too early again.
    pub(in crate::web) wait_seconds: u64,
}

impl TooEarly {
    /// A request that came too early by `wait`.
    pub(in crate::web) fn by(wait: Duration) -> Self {
        Self { wait_seconds: wait.as_secs() + 1 }
    }
}

impl From<TooEarly> for Failure {
    fn from(early: TooEarly) -> Self {
        Self::RateLimited { retry_after_seconds: early.wait_seconds }
    }
}

/// The sender of a request, and the limits that apply.
#[derive(Clone)]
pub(in crate::web) struct Asker {
    limits: Limits,
    address: IpAddr,
}

impl Asker {
    /// Counts one more request of the sender for `merchant`.
    ///
    /// # Errors
    /// [`Failure::RateLimited`], with the seconds to wait.
    pub(in crate::web) async fn admit(&self, merchant: &str) -> Result<(), Failure> {
        self.limits.admit(self.address, merchant).await
    }

    /// The sender's address, or the network of the sender's household.
    pub(in crate::web) fn household(&self) -> IpAddr {
        household(self.address)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asker
where
    Limits: FromRef<S>,
{
    type Rejection = <ConnectInfo<SocketAddr> as FromRequestParts<S>>::Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let ConnectInfo(peer) = ConnectInfo::from_request_parts(parts, state).await?;
        let limits = Limits::from_ref(state);
        let address = visitor(&parts.headers, peer, limits.0.trusted_hops);
        Ok(Self { limits, address })
    }
}

/// The visitor's address, as the outermost of our own proxies saw it. Each proxy appends the address that it
/// saw to `X-Forwarded-For`, so as many entries from the end can be trusted as there are own proxies. Anyone
/// can write the entries before them.
fn visitor(headers: &HeaderMap, peer: SocketAddr, trusted_hops: usize) -> IpAddr {
    let lists = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let seen: Vec<&str> = lists.flat_map(|list| list.split(',')).map(str::trim).collect();
    let told = trusted_hops.checked_sub(1).and_then(|hop| seen.iter().rev().nth(hop));
    let read = |text: &&str| {
        text.parse::<IpAddr>().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
    };
    told.and_then(read).unwrap_or(peer.ip()).to_canonical()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(lists: &[&'static str], hops: usize) -> String {
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append("x-forwarded-for", list.parse().unwrap());
        }
        visitor(&headers, SocketAddr::from(([192, 0, 2, 9], 1)), hops).to_string()
    }

    #[test]
    fn who_waits_as_long_as_it_says_is_not_early_again() {
        for (wait_ms, seconds) in [(1, 1), (999, 1), (1_000, 2), (2_500, 3)] {
            assert_eq!(TooEarly::by(Duration::from_millis(wait_ms)).wait_seconds, seconds);
        }
    }

    #[test]
    fn only_the_end_that_our_proxies_wrote_is_believed() {
        assert_eq!(seen(&["198.51.100.1"], 0), "192.0.2.9", "no proxy, so nobody writes it but visitors");
        assert_eq!(seen(&["6.6.6.6, 198.51.100.1"], 1), "198.51.100.1");
        assert_eq!(seen(&["6.6.6.6", "198.51.100.1, 10.0.0.1"], 2), "198.51.100.1");
        assert_eq!(seen(&["198.51.100.1:4711"], 1), "198.51.100.1");
        assert_eq!(seen(&["[2001:db8::1]:4711"], 1), "2001:db8::1");
        assert_eq!(seen(&["::ffff:198.51.100.1"], 1), "198.51.100.1");
        for nonsense in [&[][..], &["unknown"], &[""]] {
            assert_eq!(seen(nonsense, 1), "192.0.2.9");
        }
        assert_eq!(seen(&["198.51.100.1"], 2), "192.0.2.9", "who came past a proxy is known by its socket");
    }
}
