//! Sums of offers: by day, and of those that can still be redeemed.

use jiff::Timestamp;

use super::store::Store;
use crate::attempt::Span;
use crate::error::RecordsError;
use crate::offer_day::{OfferDay, OfferDayColumns, Outstanding};

impl Store {
    /// The offers of a span by day in UTC+8 and merchant.
    pub(crate) async fn offer_days(
        &self,
        merchant: Option<&str>,
        sandbox: bool,
        span: Span,
    ) -> Result<Vec<OfferDay>, RecordsError> {
        let rows: Vec<OfferDayColumns> = sqlx::query_as(
            "SELECT merchant, to_char(to_timestamp(at + 8 * 3600) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day,
                sum(accepted)::BIGINT, sum(accepted * amount)::BIGINT, sum(1 - accepted)::BIGINT,
                sum((1 - accepted) * amount)::BIGINT
             FROM (
                SELECT merchant, sandbox, accepted_at AS at, 1 AS accepted, amount FROM offers
                UNION ALL
                SELECT merchant, sandbox, redeemed_at, 0, amount FROM offers WHERE state = 'redeemed') parts
             WHERE sandbox = $1 AND at >= $2 AND at < $3 AND ($4 IS NULL OR merchant = $4)
             GROUP BY 1, 2 ORDER BY 2, 1",
        )
        .bind(i64::from(sandbox))
        .bind(span.from.as_second())
        .bind(span.to.as_second())
        .bind(merchant)
        .fetch_all(&mut *self.connection().await?)
        .await?;
        Ok(rows.into_iter().filter_map(OfferDay::read).collect())
    }

    /// The offers that can still be redeemed.
    pub(crate) async fn outstanding(
        &self,
        merchant: Option<&str>,
        sandbox: bool,
        now: Timestamp,
    ) -> Result<Outstanding, RecordsError> {
        let row = sqlx::query_as(
            "SELECT count(*), coalesce(sum(amount), 0)::BIGINT FROM offers
             WHERE state = 'accepted' AND sandbox = $1 AND expires_at > $2 AND ($3 IS NULL OR merchant = $3)",
        )
        .bind(i64::from(sandbox))
        .bind(now.as_second())
        .bind(merchant)
        .fetch_one(&mut *self.connection().await?)
        .await?;
        Ok(Outstanding::read(row))
    }
}
