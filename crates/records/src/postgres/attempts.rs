//! Attempts and their outcomes: written once, and read by time.

use sqlx::PgConnection;

use super::store::Store;
use crate::attempt::{AttemptColumns, AttemptRecord, Span};
use crate::entry::{Begun, Outcome, Row};
use crate::error::RecordsError;

impl Store {
    /// At most `most` attempts of `span`, after the attempt with the id `after`.
    pub(crate) async fn attempts(
        &self,
        span: Span,
        after: i64,
        most: i64,
    ) -> Result<Vec<AttemptRecord>, RecordsError> {
        let rows: Vec<AttemptColumns> = sqlx::query_as(
            "SELECT id, at, call, attempts.attempt, parameters, outcome, code, latency_ms, quota_used, provider
             FROM attempts LEFT JOIN outcomes ON outcomes.attempt = id
             WHERE id > $1 AND at >= $2 AND at < $3 ORDER BY id LIMIT $4",
        )
        .bind(after)
        .bind(span.from.as_millisecond())
        .bind(span.to.as_millisecond())
        .bind(most)
        .fetch_all(&mut *self.connection().await?)
        .await?;
        rows.into_iter().map(AttemptRecord::try_from).collect()
    }
}

/// There is only one database while the process runs, whatever machine it is on.
const DATABASE: u64 = 0;

/// The row of the attempt with that id.
pub(super) fn row(number: i64) -> Row {
    Row { database: DATABASE, number }
}

/// Records an attempt that is about to be made, or whose beginning could not be recorded. Returns its id.
pub(super) async fn insert(change: &mut PgConnection, begun: &Begun, used: u32) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(
        "INSERT INTO attempts (at, call, attempt, parameters, quota_used, merchant, provider, account)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         RETURNING id",
    )
    .bind(begun.at.as_millisecond())
    .bind(begun.call)
    .bind(i64::from(begun.attempt))
    .bind(&*begun.parameters)
    .bind(i64::from(used))
    .bind(begun.merchant.as_deref())
    .bind(begun.provider.as_deref())
    .bind(&*begun.app_id)
    .fetch_one(change)
    .await
}

/// Records how the attempt `row` ended.
pub(super) async fn insert_outcome(
    change: &mut PgConnection,
    row: i64,
    outcome: &Outcome,
) -> Result<(), RecordsError> {
    sqlx::query(
        "INSERT INTO outcomes (attempt, outcome, code, latency_ms) VALUES ($1, $2, $3, $4)
         -- It may have been recorded by a statement whose answer was lost.
         ON CONFLICT (attempt) DO NOTHING",
    )
    .bind(row)
    .bind(outcome.name)
    .bind(outcome.code.as_deref())
    .bind(i64::try_from(outcome.latency.as_millis()).unwrap_or(i64::MAX))
    .execute(change)
    .await?;
    Ok(())
}
