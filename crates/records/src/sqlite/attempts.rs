//! Attempts and their outcomes: written once, and read by time.

use sqlx::SqliteConnection;

use super::store::Store;
use crate::attempt::{AttemptColumns, AttemptRecord, Span};
use crate::entry::{Begun, Outcome};
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
             WHERE id > ? AND at >= ? AND at < ? ORDER BY id LIMIT ?",
        )
        .bind(after)
        .bind(span.from.as_millisecond())
        .bind(span.to.as_millisecond())
        .bind(most)
        .fetch_all(&self.pool().await?)
        .await?;
        rows.into_iter().map(AttemptRecord::try_from).collect()
    }
}

/// Records an attempt that is about to be made, or whose beginning could not be recorded. Returns its id.
pub(super) async fn insert(
    change: &mut SqliteConnection,
    begun: &Begun,
    used: u32,
) -> Result<i64, sqlx::Error> {
    let row = sqlx::query(
        "INSERT INTO attempts (at, call, attempt, parameters, quota_used, merchant, provider, account)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(begun.at.as_millisecond())
    .bind(begun.call)
    .bind(begun.attempt)
    .bind(&*begun.parameters)
    .bind(used)
    .bind(begun.merchant.as_deref())
    .bind(begun.provider.as_deref())
    .bind(&*begun.app_id)
    .execute(change)
    .await?;
    Ok(row.last_insert_rowid())
}

/// Records how the attempt `row` ended.
pub(super) async fn insert_outcome(
    change: &mut SqliteConnection,
    row: i64,
    outcome: &Outcome,
) -> Result<(), RecordsError> {
    sqlx::query(
        "INSERT INTO outcomes (attempt, outcome, code, latency_ms) VALUES (?, ?, ?, ?)
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
