//! Leases of device lists, in their rows.

use std::time::Duration;

use domain::{Failure, QuoteId};
use sqlx::AssertSqlSafe;

use super::clock::NOW;
use super::store::Store;
use crate::error::RecordsError;
use crate::list::{BatchId, BatchState};
use crate::list_lease::{LONGEST_LEASE, ListClaim, ListLease};
use crate::number::milliseconds;

/// The condition that an instance holds a list now.
pub(super) fn live() -> String {
    let longest = LONGEST_LEASE.as_millis();
    // By `coalesce`, so that it is false and not NULL for a list that was never claimed.
    format!("coalesce(holder IS NOT NULL AND held_until BETWEEN {NOW} + 1 AND {NOW} + {longest}, false)")
}

impl Store {
    /// Claims a list. Returns the claim's number; `None` if the list cannot be claimed.
    pub(crate) async fn claim_list(&self, claim: &ListClaim<'_>) -> Result<Option<i64>, RecordsError> {
        let live = live();
        let claimed = format!(
            "UPDATE batches SET holder = ?2, fence = fence + 1, held_until = {NOW} + ?3, doing = ?4
             WHERE id = ?1 AND (state = 'open' OR (state = 'paused' AND ?5))
                AND (holder = ?2 OR NOT {live})
             RETURNING fence"
        );
        self.change(async |change| {
            let fence: Option<i64> = sqlx::query_scalar(AssertSqlSafe(claimed))
                .bind(claim.list.0)
                .bind(claim.holder.as_str())
                .bind(milliseconds(claim.life.min(LONGEST_LEASE)))
                .bind(claim.doing)
                .bind(claim.even_paused)
                .fetch_optional(change)
                .await?;
            Ok(fence)
        })
        .await
    }

    /// Renews a lease. Returns whether it is still the latest.
    pub(crate) async fn renew_list(
        &self,
        lease: &ListLease,
        life: Duration,
        doing: &str,
    ) -> Result<bool, RecordsError> {
        let renewed = format!(
            "UPDATE batches SET held_until = {NOW} + ?4, doing = ?5
             WHERE id = ?1 AND holder = ?2 AND fence = ?3"
        );
        self.change(async |change| {
            let renewed = sqlx::query(AssertSqlSafe(renewed))
                .bind(lease.list.0)
                .bind(lease.holder.as_str())
                .bind(lease.fence)
                .bind(milliseconds(life.min(LONGEST_LEASE)))
                .bind(doing)
                .execute(change)
                .await?;
            Ok(renewed.rows_affected() > 0)
        })
        .await
    }

    /// Ends a lease, and sets the list's state with it.
    pub(crate) async fn release_list(
        &self,
        lease: &ListLease,
        state: Option<BatchState>,
    ) -> Result<(), RecordsError> {
        self.change(async |change| {
            sqlx::query(
                "UPDATE batches SET holder = NULL, held_until = NULL,
                    state = CASE WHEN state IN ('done', 'cancelled') THEN state ELSE coalesce(?4, state) END
                 WHERE id = ?1 AND holder = ?2 AND fence = ?3",
            )
            .bind(lease.list.0)
            .bind(lease.holder.as_str())
            .bind(lease.fence)
            .bind(state.map(BatchState::name))
            .execute(change)
            .await?;
            Ok(())
        })
        .await
    }

    /// The open lists that no instance holds, the oldest first.
    pub(crate) async fn lists_to_take_up(&self) -> Result<Vec<BatchId>, RecordsError> {
        let query = format!("SELECT id FROM batches WHERE state = 'open' AND NOT {} ORDER BY id", live());
        let rows: Vec<i64> = sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(&self.pool().await?).await?;
        Ok(rows.into_iter().map(BatchId).collect())
    }

    /// The last reports about paused lists that no instance holds.
    pub(crate) async fn reports_of_paused_lists(&self) -> Result<Vec<String>, RecordsError> {
        let query = format!(
            "SELECT doing FROM batches WHERE state = 'paused' AND doing IS NOT NULL AND NOT {}",
            live()
        );
        Ok(sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(&self.pool().await?).await?)
    }

    /// Records the result of a device, if the lease is still the latest. Returns whether it is.
    pub(crate) async fn settle(
        &self,
        lease: &ListLease,
        device: u32,
        answer: &Result<QuoteId, Failure>,
    ) -> Result<bool, RecordsError> {
        let failure = answer.as_ref().err().map(serde_json::to_string).transpose()?;
        self.change_at_once(async |change| {
            let settled = sqlx::query(
                "UPDATE batch_devices SET quote = ?5, failure = ?6 WHERE batch = ?1 AND device = ?4
                    AND EXISTS (SELECT 1 FROM batches WHERE id = ?1 AND holder = ?2 AND fence = ?3)",
            )
            .bind(lease.list.0)
            .bind(lease.holder.as_str())
            .bind(lease.fence)
            .bind(device)
            .bind(answer.as_ref().ok().map(QuoteId::as_str))
            .bind(failure)
            .execute(change)
            .await?;
            Ok(settled.rows_affected() > 0)
        })
        .await
    }
}
