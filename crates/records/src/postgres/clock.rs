//! The server's clock beside this machine's.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use super::store::Store;
use crate::error::RecordsError;

/// Clocks that are farther apart are reported.
const APART: SignedDuration = SignedDuration::from_secs(1);

impl Store {
    /// Fails where the server's clock is more than a second from `now`.
    pub(crate) async fn check_clock(&self, now: Timestamp) -> Result<(), RecordsError> {
        let mut connection = self.connection().await?;
        let start = Instant::now();
        let server: i64 = sqlx::query_scalar("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::BIGINT")
            .fetch_one(&mut *connection)
            .await?;
        let server = Timestamp::from_millisecond(server).unwrap_or_default();
        apart(now, server, start.elapsed()).map_or(Ok(()), |apart| Err(RecordsError::ClockApart(apart)))
    }
}

/// How far `server` is ahead of `now`, where that is more than it may be and more than the time that the
/// question took.
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
