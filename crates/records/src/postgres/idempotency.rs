//! Requests with an `Idempotency-Key`.

use super::store::Store;
use crate::claim::{Claim, ClaimAsked, ClaimBounds, ClaimColumns};
use crate::error::RecordsError;

impl Store {
    /// Claims an `Idempotency-Key`, or returns what it stands for, in one transaction.
    pub(crate) async fn claim(
        &self,
        asked: &ClaimAsked<'_>,
        bounds: ClaimBounds,
    ) -> Result<Claim, RecordsError> {
        self.change(async |change| {
            let claimed = sqlx::query(
                "INSERT INTO idempotency AS i (merchant, key, request, at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (merchant, key) DO UPDATE
                    SET request = $3, at = $4, status = NULL, response = NULL
                    WHERE i.at < $5 OR (i.status IS NULL AND i.at < $6 AND i.request = $3)",
            )
            .bind(asked.merchant)
            .bind(asked.key)
            .bind(asked.request.bytes())
            .bind(bounds.now.as_millisecond())
            .bind(bounds.over.as_millisecond())
            .bind(bounds.given_up.as_millisecond())
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
