//! A limit on requests over all instances.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use crate::key::{Key, Thing};
use crate::link::{Link, Pace};

/// How often something may happen for each key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// As many a minute, evenly.
    pub per_minute: NonZeroU32,
    /// As many at once, after a time without any.
    pub burst: NonZeroU32,
}

impl Limit {
    /// The time for one request, in microseconds, rounded up so that never more than the rate is admitted.
    fn interval_micros(self) -> u64 {
        60_000_000_u64.div_ceil(u64::from(self.per_minute.get()))
    }
}

/// Whether a request may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It may, and is counted.
    Admitted,
    /// It came too often. It is not counted.
    Refused {
        /// A request after this time would be admitted, if none comes before it.
        wait: Duration,
    },
}

/// Counts one request against the limit in Redis; `None` if Redis fails.
pub(crate) async fn admit(link: &Arc<Link>, key: &Key, limit: Limit) -> Option<Admission> {
    let mut script = link.scripts.limit.key(key.name(Thing::Limit));
    script.arg(limit.interval_micros()).arg(limit.burst.get());
    let micros: u64 = link
        .run(Pace::Quick, |mut connection| async move { script.invoke_async(&mut connection).await })
        .await?;
    Some(match micros {
        0 => Admission::Admitted,
        micros => Admission::Refused { wait: Duration::from_micros(micros) },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_never_has_more_intervals_than_the_rate() {
        for rate in [1, 7, 60, 61, 1_000, 59_999_999, 60_000_000, u32::MAX] {
            let per_minute = NonZeroU32::new(rate).unwrap();
            let interval = Limit { per_minute, burst: NonZeroU32::MIN }.interval_micros();
            assert!(interval >= 1 && interval * u64::from(rate) >= 60_000_000, "{rate}");
        }
    }
}
