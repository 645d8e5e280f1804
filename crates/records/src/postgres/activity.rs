//! A summary of the attempts of a span of time.

use super::store::Store;
use crate::activity::Activity;
use crate::attempt::{AttemptColumns, AttemptRecord, Span};
use crate::error::RecordsError;

impl Store {
    /// Sums up the attempts of `span`.
    pub(crate) async fn activity(&self, span: Span) -> Result<Activity, RecordsError> {
        let mut connection = self.connection().await?;
        let (from, to) = (span.from.as_millisecond(), span.to.as_millisecond());
        let rows: Vec<(i64, Option<String>, i64)> = sqlx::query_as(
            "SELECT (at - $1) / 3600000, outcome, count(*)
             FROM attempts LEFT JOIN outcomes ON outcomes.attempt = id
             WHERE at >= $1 AND at < $2 GROUP BY 1, 2 ORDER BY 1",
        )
        .bind(from)
        .bind(to)
        .fetch_all(&mut *connection)
        .await?;
        let latencies: Vec<(i64,)> = sqlx::query_as(
            "SELECT latency_ms FROM attempts JOIN outcomes ON outcomes.attempt = id
             WHERE at >= $1 AND at < $2 ORDER BY latency_ms",
        )
        .bind(from)
        .bind(to)
        .fetch_all(&mut *connection)
        .await?;
        let failures: Vec<AttemptColumns> = sqlx::query_as(
            "SELECT id, at, call, attempts.attempt, parameters, outcome, code, latency_ms, quota_used, provider
             FROM attempts JOIN outcomes ON outcomes.attempt = id
             WHERE at >= $1 AND at < $2 AND outcome NOT IN ('ok', 'model_unknown', 'not_accepted')
             ORDER BY id DESC LIMIT $3",
        )
        .bind(from)
        .bind(to)
        .bind(Activity::FAILURES)
        .fetch_all(&mut *connection)
        .await?;
        let failures = failures.into_iter().map(AttemptRecord::try_from).collect::<Result<_, _>>()?;
        Ok(Activity::of(rows, latencies, failures))
    }
}
