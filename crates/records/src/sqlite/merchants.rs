//! What merchants asked for by day. Their calls are counted in the same transaction as the attempt.

use jiff::civil::Date;
use sqlx::SqliteConnection;

use super::store::Store;
use crate::entry::Begun;
use crate::error::RecordsError;
use crate::merchant_day::{MerchantDay, MerchantDayColumns, seconds};
use crate::number::count;

impl Store {
    /// How many calls of a merchant count on a day in UTC+8, at all providers together.
    pub(crate) async fn calls_of_merchant(&self, merchant: &str, day: Date) -> Result<u32, RecordsError> {
        let (calls,): (i64,) = sqlx::query_as(
            "SELECT coalesce(sum(used - returned), 0) FROM merchant_calls WHERE merchant = ? AND day = ?",
        )
        .bind(merchant)
        .bind(day.to_string())
        .fetch_one(&self.pool().await?)
        .await?;
        Ok(count(calls))
    }

    /// What a merchant asked for on each day from `from` to `to`.
    pub(crate) async fn merchant_days(
        &self,
        merchant: &str,
        from: Date,
        to: Date,
    ) -> Result<Vec<MerchantDay>, RecordsError> {
        let (since, until) = seconds(from, to);
        let rows: Vec<MerchantDayColumns> = sqlx::query_as(
            "SELECT day, sum(quotes), sum(calls)
             FROM (
                SELECT date(quoted_at + 8 * 3600, 'unixepoch') AS day, 1 AS quotes, 0 AS calls
                FROM quotes WHERE merchant = ?1 AND quoted_at >= ?2 AND quoted_at < ?3
                UNION ALL
                SELECT day, 0, used - returned FROM merchant_calls
                WHERE merchant = ?1 AND day >= ?4 AND day <= ?5) parts
             GROUP BY 1 ORDER BY 1",
        )
        .bind(merchant)
        .bind(since)
        .bind(until)
        .bind(from.to_string())
        .bind(to.to_string())
        .fetch_all(&self.pool().await?)
        .await?;
        Ok(rows.into_iter().filter_map(MerchantDay::read).collect())
    }
}

/// Counts an attempt for its merchant, if it has one.
pub(super) async fn add(change: &mut SqliteConnection, begun: &Begun) -> Result<(), sqlx::Error> {
    let Some(merchant) = &begun.merchant else { return Ok(()) };
    sqlx::query(
        "INSERT INTO merchant_calls (merchant, day, provider, used) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (merchant, day, provider) DO UPDATE SET used = used + ?4",
    )
    .bind(&**merchant)
    .bind(begun.day().to_string())
    .bind(begun.provider.as_deref().unwrap_or_default())
    .bind(begun.spends)
    .execute(change)
    .await?;
    Ok(())
}

/// Gives back to the merchant what was counted for an attempt that never left this machine.
pub(super) async fn give_back(change: &mut SqliteConnection, begun: &Begun) -> Result<(), sqlx::Error> {
    let Some(merchant) = &begun.merchant else { return Ok(()) };
    sqlx::query(
        "UPDATE merchant_calls SET returned = returned + ?4
         WHERE merchant = ?1 AND day = ?2 AND provider = ?3",
    )
    .bind(&**merchant)
    .bind(begun.day().to_string())
    .bind(begun.provider.as_deref().unwrap_or_default())
    .bind(begun.spends)
    .execute(change)
    .await?;
    Ok(())
}
