//! Deletes records whose time is over.

use sqlx::postgres::PgQueryResult;
use sqlx::{AssertSqlSafe, PgConnection};

use super::clock::NOW;
use super::store::Store;
use crate::claim::KEPT_MS;
use crate::error::RecordsError;
use crate::keeping::{Bounds, OfferBounds};

/// The advisory lock of the instance that deletes old records. Of two that delete the same rows at the same time, in
/// another order, one would be cut off.
const PURGE: i64 = 14;

/// Whether this transaction has the lock. Otherwise another instance is deleting, and nothing is left to do.
async fn is_alone(change: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT pg_try_advisory_xact_lock($1)").bind(PURGE).fetch_one(change).await
}

impl Store {
    /// Deletes records that are older than the bounds. Returns how many quotes, attempts, batches, days of
    /// price history, searches and days' counts were deleted.
    pub(crate) async fn purge(&self, bounds: Bounds) -> Result<u64, RecordsError> {
        let Bounds { before, day, prices, searches, own_grades, drafts, ended_sessions } = bounds;
        self.change(async |change| {
            if !is_alone(change).await? {
                return Ok(0);
            }
            // This may take long: no shopper waits for it.
            sqlx::query("SET LOCAL statement_timeout = 0").execute(&mut *change).await?;
            // The rows of a batch are deleted with it.
            let batches = sqlx::query(
                "DELETE FROM batches WHERE state <> 'open' AND created_at < $1 AND NOT EXISTS (
                    SELECT 1 FROM batch_devices d JOIN quotes q ON q.id = d.quote
                    WHERE d.batch = batches.id AND q.quoted_at >= $1)
                 AND NOT EXISTS (
                    SELECT 1 FROM batch_alternatives a JOIN quotes q ON q.id = a.quote
                    WHERE a.batch = batches.id AND q.quoted_at >= $1)",
            )
            .bind(before.as_second())
            .execute(&mut *change)
            .await?;
            let quotes = sqlx::query(
                "DELETE FROM quotes WHERE quoted_at < $1
                 AND NOT EXISTS (SELECT 1 FROM batch_devices WHERE quote = quotes.id)
                 AND NOT EXISTS (SELECT 1 FROM batch_alternatives WHERE quote = quotes.id)",
            )
            .bind(before.as_second())
            .execute(&mut *change)
            .await?;
            sqlx::query("DELETE FROM outcomes WHERE attempt IN (SELECT id FROM attempts WHERE at < $1)")
                .bind(before.as_millisecond())
                .execute(&mut *change)
                .await?;
            let attempts = sqlx::query("DELETE FROM attempts WHERE at < $1")
                .bind(before.as_millisecond())
                .execute(&mut *change)
                .await?;
            let deleted_prices = sqlx::query("DELETE FROM prices_by_provider WHERE day < $1")
                .bind(prices.to_string())
                .execute(&mut *change)
                .await?;
            let older_prices = sqlx::query("DELETE FROM prices WHERE day < $1")
                .bind(prices.to_string())
                .execute(&mut *change)
                .await?;
            let deleted_searches = sqlx::query("DELETE FROM searches WHERE found_at < $1")
                .bind(searches.as_second())
                .execute(&mut *change)
                .await?;
            let days = sqlx::query("DELETE FROM quota WHERE day < $1")
                .bind(day.to_string())
                .execute(&mut *change)
                .await?;
            sqlx::query("DELETE FROM comparisons WHERE at < $1")
                .bind(before.as_second())
                .execute(&mut *change)
                .await?;
            sqlx::query("DELETE FROM advances WHERE day < $1")
                .bind(day.to_string())
                .execute(&mut *change)
                .await?;
            sqlx::query("DELETE FROM own_grades WHERE said_at < $1")
                .bind(own_grades.as_second())
                .execute(&mut *change)
                .await?;
            sqlx::query("DELETE FROM drafts WHERE changed_at < $1")
                .bind(drafts.as_second())
                .execute(&mut *change)
                .await?;
            sqlx::query("DELETE FROM ended_sessions WHERE ends_at < $1")
                .bind(ended_sessions.as_second())
                .execute(&mut *change)
                .await?;
            sqlx::query("DELETE FROM merchant_calls WHERE day < $1")
                .bind(day.to_string())
                .execute(&mut *change)
                .await?;
            let deleted = [quotes, batches, deleted_prices, older_prices, deleted_searches, attempts, days];
            Ok(deleted.iter().map(PgQueryResult::rows_affected).sum())
        })
        .await
    }

    /// Deletes offers, events, deliveries and claims that are older than the bounds. Returns how many offers,
    /// events and claims were deleted.
    pub(crate) async fn purge_offers(&self, bounds: OfferBounds) -> Result<u64, RecordsError> {
        let OfferBounds { now, before } = bounds;
        self.change(async |change| {
            if !is_alone(change).await? {
                return Ok(0);
            }
            // This may take long: no shopper waits for it.
            sqlx::query("SET LOCAL statement_timeout = 0").execute(&mut *change).await?;
            let offers = sqlx::query(
                "DELETE FROM offers WHERE changed_at < $1 AND (state <> 'accepted' OR expires_at <= $2)",
            )
            .bind(before.as_second())
            .bind(now.as_second())
            .execute(&mut *change)
            .await?;
            // The deliveries of an event are deleted with it.
            let events = sqlx::query(
                "DELETE FROM events WHERE at < $1 AND NOT EXISTS (
                    SELECT 1 FROM offers WHERE offers.id = events.offer)",
            )
            .bind(before.as_second())
            .execute(&mut *change)
            .await?;
            // By the database's clock, by which requests are claimed.
            let over = format!("DELETE FROM idempotency WHERE at < {NOW} - {KEPT_MS}");
            let claims = sqlx::query(AssertSqlSafe(over)).execute(&mut *change).await?;
            Ok([offers, events, claims].iter().map(PgQueryResult::rows_affected).sum())
        })
        .await
    }
}
