//! The audit: every attempt at the partner, to be read and, when its time is over, deleted.

use domain::{Moment, UTC8};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use sqlx::sqlite::SqliteQueryResult;

use crate::records::{Records, RecordsError};
use crate::searches;

/// One attempt at the partner, as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttemptRecord {
    /// Its place among all.
    #[serde(skip)]
    pub id: i64,
    /// When it was made.
    pub at: Moment,
    /// The call's name.
    pub call: String,
    /// 1 for the first of a request.
    pub attempt: u32,
    /// The parameters, without app id, time and signature.
    pub parameters: serde_json::Value,
    /// `ok`, or the error's name; `None` for one under way, or under way when the process
    /// was killed.
    pub outcome: Option<String>,
    /// What the partner answered with: HTTP status, or its own code.
    pub code: Option<String>,
    /// How long it took, in milliseconds.
    pub latency_ms: Option<u64>,
    /// Calls of the day, this one included.
    pub quota_used: Option<u32>,
}

/// Attempts of a time, in the order in which they were recorded.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// The first moment.
    pub from: Timestamp,
    /// The moment after the last.
    pub to: Timestamp,
}

pub(crate) type Row =
    (i64, i64, String, u32, String, Option<String>, Option<String>, Option<i64>, Option<u32>);

/// How long the price history is kept at least.
const PRICES: SignedDuration = SignedDuration::from_hours(90 * 24);

impl Records {
    /// How many attempts one page of [`Self::attempts`] holds at most.
    pub const PAGE: usize = 1_000;

    /// A page of the attempts of `span`, those after the one with the id `after` (0 for the
    /// first page).
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn attempts(&self, span: Span, after: i64) -> Result<Vec<AttemptRecord>, RecordsError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, at, call, attempts.attempt, parameters, outcome, code, latency_ms, quota_used
             FROM attempts LEFT JOIN outcomes ON outcomes.attempt = id
             WHERE id > ? AND at >= ? AND at < ? ORDER BY id LIMIT ?",
        )
        .bind(after)
        .bind(span.from.as_millisecond())
        .bind(span.to.as_millisecond())
        .bind(Self::PAGE as i64)
        .fetch_all(&self.pool().await?)
        .await?;
        rows.into_iter().map(read).collect()
    }

    /// Deletes what was recorded longer than `kept` before `now`: how many quotes, attempts,
    /// batches, days of price history and days' counts. Attempts of the last 7 days stay whatever
    /// is asked, and so does the price history of the last 90, since it holds nothing about a
    /// person. What searches found goes after 30 days. A batch stays with its quotes while it is
    /// open, and for `kept` after its last price.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be deleted.
    pub async fn purge(&self, now: Timestamp, kept: SignedDuration) -> Result<u64, RecordsError> {
        let before = now.saturating_sub(kept).unwrap_or(Timestamp::UNIX_EPOCH);
        // Whole seconds: the database itself keeps attempts of the last 7 days, and counts in seconds.
        let before = Timestamp::from_second(before.as_second()).unwrap_or(before);
        self.change(async |change| {
            // Their rows go with them.
            let batches = sqlx::query(
                "DELETE FROM batches WHERE state <> 'open' AND created_at < ?1 AND NOT EXISTS (
                    SELECT 1 FROM batch_devices d JOIN quotes q ON q.id = d.quote
                    WHERE d.batch = batches.id AND q.quoted_at >= ?1)",
            )
            .bind(before.as_second())
            .execute(&mut *change)
            .await?;
            let quotes = sqlx::query(
                "DELETE FROM quotes WHERE quoted_at < ?
                 AND NOT EXISTS (SELECT 1 FROM batch_devices WHERE quote = quotes.id)",
            )
            .bind(before.as_second())
            .execute(&mut *change)
            .await?;
            sqlx::query("DELETE FROM outcomes WHERE attempt IN (SELECT id FROM attempts WHERE at < ?)")
                .bind(before.as_millisecond())
                .execute(&mut *change)
                .await?;
            let attempts = sqlx::query("DELETE FROM attempts WHERE at < ?")
                .bind(before.as_millisecond())
                .execute(&mut *change)
                .await?;
            let last = UTC8.to_datetime(before).date().to_string();
            let kept = kept.max(PRICES);
            let first = UTC8.to_datetime(now.saturating_sub(kept).unwrap_or(Timestamp::UNIX_EPOCH)).date();
            let prices = sqlx::query("DELETE FROM prices WHERE day < ?")
                .bind(first.to_string())
                .execute(&mut *change)
                .await?;
            let first = now.saturating_sub(searches::KEPT).unwrap_or(Timestamp::UNIX_EPOCH);
            let searches = sqlx::query("DELETE FROM searches WHERE found_at < ?")
                .bind(first.as_second())
                .execute(&mut *change)
                .await?;
            // Days sort as text. Each app id leaves one row a day, a sandbox's at each start.
            let days = sqlx::query("DELETE FROM quota WHERE day < ?").bind(&last).execute(change).await?;
            let deleted = [quotes, batches, prices, searches, attempts, days];
            Ok(deleted.iter().map(SqliteQueryResult::rows_affected).sum())
        })
        .await
    }
}

pub(crate) fn read(row: Row) -> Result<AttemptRecord, RecordsError> {
    let (id, at, call, attempt, parameters, outcome, code, latency_ms, quota_used) = row;
    Ok(AttemptRecord {
        id,
        at: Moment::new(Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH)),
        call,
        attempt,
        parameters: serde_json::from_str(&parameters)?,
        outcome,
        code,
        latency_ms: latency_ms.and_then(|latency| u64::try_from(latency).ok()),
        quota_used,
    })
}
