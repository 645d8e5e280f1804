//! Deletes records whose time is over.

use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteQueryResult;

use super::clock::NOW;
use super::store::Store;
use crate::claim::KEPT_MS;
use crate::error::RecordsError;
use crate::keeping::{Bounds, OfferBounds};

impl Store {
    /// Deletes records that are older than the bounds. Returns how many quotes, attempts, batches, days of
    /// price history, searches and days' counts were deleted.
    pub(crate) async fn purge(&self, bounds: Bounds) -> Result<u64, RecordsError> {
        let Bounds { before, day, prices, searches, own_grades, drafts, ended_sessions } = bounds;
        self.change(async |change| {
            // The rows of a batch are deleted with it.
            let batches = sqlx::query(
                "DELETE FROM batches WHERE state <> 'open' AND created_at < ?1 AND NOT EXISTS (
                    SELECT 1 FROM batch_devices d JOIN quotes q ON q.id = d.quote
                    WHERE d.batch = batches.id AND q.quoted_at >= ?1)
                 AND NOT EXISTS (
                    SELECT 1 FROM batch_alternatives a JOIN quotes q ON q.id = a.quote
                    WHERE a.batch = batches.id AND q.quoted_at >= ?1)",
            )
            .bind(before.as_second())
            .execute(&mut *change)
            .await?;
            let quotes = sqlx::query(
                "DELETE FROM quotes WHERE quoted_at < ?
                 AND NOT EXISTS (SELECT 1 FROM batch_devices WHERE quote = quotes.id)
                 AND NOT EXISTS (SELECT 1 FROM batch_alternatives WHERE quote = quotes.id)",
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
            let deleted_prices = sqlx::query("DELETE FROM prices_by_provider WHERE day < ?")
                .bind(prices.to_string())
                .execute(&mut *change)
                .await?;
            let older_prices = sqlx::query("DELETE FROM prices WHERE day < ?")
                .bind(prices.to_string())
                .execute(&mut *change)
                .await?;
            let deleted_searches = sqlx::query("DELETE FROM searches WHERE found_at < ?")
                .bind(searches.as_second())
                .execute(&mut *change)
                .await?;
            // Days in text form sort correctly. Each account has one row a day, and a sandbox gets a new
            // account at each start.
            let days = sqlx::query("DELETE FROM quota WHERE day < ?")
                .bind(day.to_string())
                .execute(&mut *change)
                .await?;
            sqlx::query("DELETE FROM comparisons WHERE at < ?")
                .bind(before.as_second())
                .execute(&mut *change)
                .await?;
            sqlx::query("DELETE FROM advances WHERE day < ?")
                .bind(day.to_string())
                .execute(&mut *change)
                .await?;
            sqlx::query("DELETE FROM own_grades WHERE said_at < ?")
                .bind(own_grades.as_second())
                .execute(&mut *change)
                .await?;
            sqlx::query("DELETE FROM drafts WHERE changed_at < ?")
                .bind(drafts.as_second())
                .execute(&mut *change)
                .await?;
            sqlx::query("DELETE FROM ended_sessions WHERE ends_at < ?")
                .bind(ended_sessions.as_second())
                .execute(&mut *change)
                .await?;
            sqlx::query("DELETE FROM merchant_calls WHERE day < ?")
                .bind(day.to_string())
                .execute(&mut *change)
                .await?;
            let deleted = [quotes, batches, deleted_prices, older_prices, deleted_searches, attempts, days];
            Ok(deleted.iter().map(SqliteQueryResult::rows_affected).sum())
        })
        .await
    }

    /// Deletes offers, events, deliveries and claims that are older than the bounds. Returns how many offers,
    /// events and claims were deleted.
    pub(crate) async fn purge_offers(&self, bounds: OfferBounds) -> Result<u64, RecordsError> {
        let OfferBounds { now, before } = bounds;
        self.change(async |change| {
            let offers = sqlx::query(
                "DELETE FROM offers WHERE changed_at < ?1 AND (state <> 'accepted' OR expires_at <= ?2)",
            )
            .bind(before.as_second())
            .bind(now.as_second())
            .execute(&mut *change)
            .await?;
            // The deliveries of an event are deleted with it.
            let events = sqlx::query(
                "DELETE FROM events WHERE at < ?1 AND NOT EXISTS (
                    SELECT 1 FROM offers WHERE offers.id = events.offer)",
            )
            .bind(before.as_second())
            .execute(&mut *change)
            .await?;
            // By the database's clock, by which requests are claimed.
            let over = format!("DELETE FROM idempotency WHERE at < {NOW} - {KEPT_MS}");
            let claims = sqlx::query(AssertSqlSafe(over)).execute(&mut *change).await?;
            Ok([offers, events, claims].iter().map(SqliteQueryResult::rows_affected).sum())
        })
        .await
    }
}
