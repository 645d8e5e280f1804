//! Requests with an `Idempotency-Key`.

use std::time::Duration;

use sqlx::AssertSqlSafe;

use super::clock::NOW;
use super::store::Store;
use crate::claim::{Claim, ClaimAsked, ClaimColumns, KEPT_MS};
use crate::error::RecordsError;
use crate::number::milliseconds;

impl Store {
    /// Claims an `Idempotency-Key`, or returns what it stands for, in one transaction.
    pub(crate) async fn claim(
        &self,
        asked: &ClaimAsked<'_>,
        longest: Duration,
    ) -> Result<Claim, RecordsError> {
        let claim = format!(
            "INSERT INTO idempotency AS i (merchant, key, request, at) VALUES ($1, $2, $3, {NOW})
             ON CONFLICT (merchant, key) DO UPDATE
                SET request = $3, at = {NOW}, status = NULL, response = NULL
                WHERE i.at < {NOW} - {KEPT_MS}
                    OR (i.status IS NULL AND i.at < {NOW} - $4 AND i.request = $3)"
        );
        self.change(async |change| {
            let claimed = sqlx::query(AssertSqlSafe(claim))
                .bind(asked.merchant)
                .bind(asked.key)
                .bind(asked.request.bytes())
                .bind(milliseconds(longest))
                .execute(&mut *change)
                .await?;
            if claimed.rows_affected() > 0 {
                return Ok(Claim::New);
            }
            let row: ClaimColumns = sqlx::query_as(
                "SELECT request, status, response FROM idempotency WHERE merchant = $1 AND key = $2",
            )
            .bind(asked.merchant)
            .bind(asked.key)
            .fetch_one(change)
            .await?;
            Ok(Claim::of(row, asked))
        })
        .await
    }

    /// Records the answer to a request whose key was claimed.
    pub(crate) async fn answer_claim(
        &self,
        asked: &ClaimAsked<'_>,
        status: u16,
        response: &str,
    ) -> Result<(), RecordsError> {
        self.change(async |change| {
            sqlx::query(
                "UPDATE idempotency SET status = $4, response = $5
                 WHERE merchant = $1 AND key = $2 AND request = $3 AND status IS NULL",
            )
            .bind(asked.merchant)
            .bind(asked.key)
            .bind(asked.request.bytes())
            .bind(i64::from(status))
            .bind(response)
            .execute(change)
            .await?;
            Ok(())
        })
        .await
    }

    /// Removes a claim that was not answered.
    pub(crate) async fn drop_claim(&self, asked: &ClaimAsked<'_>) -> Result<(), RecordsError> {
        self.change(async |change| {
            sqlx::query(
                "DELETE FROM idempotency WHERE merchant = $1 AND key = $2 AND request = $3 AND status IS NULL",
            )
            .bind(asked.merchant)
            .bind(asked.key)
            .bind(asked.request.bytes())
            .execute(change)
            .await?;
            Ok(())
        })
        .await
    }
}
