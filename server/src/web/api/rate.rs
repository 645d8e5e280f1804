//! How often a backend may call: a limit for each API key, reported in each answer.

use std::num::NonZeroU32;
use std::sync::Arc;

use axum::http::header::{HeaderMap, HeaderName, HeaderValue};
use domain::Failure;
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use super::failure::ApiFailure;
use crate::web::edge::limits::TooEarly;

/// The headers of the draft draft-ietf-httpapi-ratelimit-headers: what remains, and what the limit is.
const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
/// The length of the window, in seconds.
const WINDOW: u32 = 60;
/// Above this number of keys, those without recent calls are removed.
const REMEMBERED: usize = 1_000;

type Limiter =
    RateLimiter<Arc<str>, DefaultKeyedStateStore<Arc<str>>, DefaultClock, StateInformationMiddleware>;

/// The limit of calls for each API key.
pub(super) struct RateLimit {
    per_minute: NonZeroU32,
    limiter: Limiter,
}

/// What a key has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Left {
    per_minute: u32,
    /// Calls that may be made at once.
    calls: u32,
    /// Seconds until all calls of a minute may be made again.
    full_in: u32,
}

impl RateLimit {
    /// A limit of that many calls a minute for each key; `None` for 0, which is no limit.
    pub(super) fn new(per_minute: u32) -> Option<Self> {
        let per_minute = NonZeroU32::new(per_minute)?;
        let limiter = RateLimiter::dashmap(Quota::per_minute(per_minute));
        Some(Self { per_minute, limiter: limiter.with_middleware() })
    }

    /// Counts a call. Returns what is left after it, and why the call is refused, if it is.
    pub(super) fn admit(&self, key: &Arc<str>) -> (Left, Result<(), ApiFailure>) {
        if self.limiter.len() > REMEMBERED {
            self.limiter.retain_recent();
        }
        match self.limiter.check_key(key) {
            Ok(state) => (self.left(state.remaining_burst_capacity()), Ok(())),
            Err(early) => {
                let wait = early.wait_time_from(DefaultClock::default().now());
                (self.left(0), Err(Failure::from(TooEarly::by(wait)).into()))
            }
        }
    }

    fn left(&self, calls: u32) -> Left {
        let per_minute = self.per_minute.get();
        let used = u64::from(per_minute.saturating_sub(calls));
        let full_in = (used * u64::from(WINDOW)).div_ceil(u64::from(per_minute));
        Left { per_minute, calls, full_in: u32::try_from(full_in).unwrap_or(WINDOW) }
    }
}

impl Left {
    /// Adds the headers that say it.
    pub(super) fn write(self, headers: &mut HeaderMap) {
        let Self { per_minute, calls, full_in } = self;
        let limit = format!("\"default\";r={calls};t={full_in}");
        let policy = format!("\"default\";q={per_minute};w={WINDOW}");
        for (name, value) in [(LIMIT, limit), (POLICY, policy)] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_its_calls_of_a_minute_at_once_and_no_other_key_uses_them() {
        let limit = RateLimit::new(2).unwrap();
        let [one, other] = ["key_1", "key_2"].map(Arc::<str>::from);
        assert_eq!(limit.admit(&one), (Left { per_minute: 2, calls: 1, full_in: 30 }, Ok(())));
        assert_eq!(limit.admit(&one).0.calls, 0);
        let (left, refused) = limit.admit(&one);
        assert_eq!((left.calls, left.full_in), (0, 60));
        assert!(matches!(refused, Err(ApiFailure::Shared(Failure::RateLimited { .. }))));
        assert_eq!(limit.admit(&other).1, Ok(()));
        let mut headers = HeaderMap::new();
        left.write(&mut headers);
        assert_eq!(headers[LIMIT], "\"default\";r=0;t=60");
        assert_eq!(headers[POLICY], "\"default\";q=2;w=60");
    }
}
