//! The database server's clock: the one by which all instances count, compared with this machine's.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sqlx::AssertSqlSafe;
use tokio::time::Instant;

use super::store::Store;
use crate::error::RecordsError;

/// The time by the server's clock, in milliseconds since 1970. Within a transaction it goes on.
pub(super) const NOW: &str = "(extract(epoch FROM clock_timestamp()) * 1000)::BIGINT";

/// A larger difference is reported.
const APART: SignedDuration = SignedDuration::from_secs(1);

impl Store {
    /// Fails if the server's clock differs from `now` by more than a second.
    pub(crate) async fn check_clock(&self, now: Timestamp) -> Result<(), RecordsError> {
        let mut connection = self.connection().await?;
        let start = Instant::now();
        let server: i64 =
            sqlx::query_scalar(AssertSqlSafe(format!("SELECT {NOW}"))).fetch_one(&mut *connection).await?;
        let server = Timestamp::from_millisecond(server).unwrap_or_default();
        apart(now, server, start.elapsed()).map_or(Ok(()), |apart| Err(RecordsError::ClockApart(apart)))
    }
}

/// How far `server` is ahead of `now`, if the difference is more than allowed. The time that the query took
/// is allowed in addition.
fn apart(now: Timestamp, server: Timestamp, took: Duration) -> Option<SignedDuration> {
    let took = SignedDuration::try_from(took).unwrap_or(SignedDuration::MAX);
    let apart = server.duration_since(now);
    (apart.abs() > APART.saturating_add(took)).then_some(apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_apart_from_a_second_on_and_a_slow_answer_is_none() {
        let at = |ms: i64| Timestamp::from_millisecond(1_767_074_400_000 + ms).unwrap();
        let apart = |ms: i64, took| super::apart(at(0), at(ms), Duration::from_millis(took));
        assert_eq!(apart(900, 10), None);
        assert_eq!(apart(-1_500, 10), Some(SignedDuration::from_millis(-1_500)));
        assert_eq!(apart(1_500, 10), Some(SignedDuration::from_millis(1_500)));
        assert_eq!(apart(1_500, 700), None);
    }
}
