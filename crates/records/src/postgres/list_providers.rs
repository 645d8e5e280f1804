//! A list that asks several providers: which, and what the further ones answered.

use domain::{Failure, ProviderName, QuoteId};

use super::store::Store;
use crate::error::RecordsError;
use crate::list::{BatchId, OpenDevice, open_devices};
use crate::list_lease::ListLease;
use crate::list_providers::{AlternativeColumns, ProviderColumns};

impl Store {
    /// Keeps with a list which providers it asks, unless it knows that.
    pub(crate) async fn set_batch_providers(
        &self,
        id: BatchId,
        providers: &[ProviderName],
    ) -> Result<(), RecordsError> {
        self.change(async |change| {
            let query = "SELECT count(*) FROM batch_providers WHERE batch = $1";
            let known: i64 = sqlx::query_scalar(query).bind(id.0).fetch_one(&mut *change).await?;
            if known > 0 {
                return Ok(());
            }
            for (place, provider) in (0_i64..).zip(providers) {
                sqlx::query(
                    "INSERT INTO batch_providers (batch, provider, place) VALUES ($1, $2, $3)
                     ON CONFLICT (batch, provider) DO NOTHING",
                )
                .bind(id.0)
                .bind(provider.as_str())
                .bind(place)
                .execute(&mut *change)
                .await?;
            }
            Ok(())
        })
        .await
    }

    /// The names of the providers that a list asks, the main one first.
    pub(crate) async fn batch_providers(&self, id: BatchId) -> Result<Vec<String>, RecordsError> {
        Ok(sqlx::query_scalar("SELECT provider FROM batch_providers WHERE batch = $1 ORDER BY place")
            .bind(id.0)
            .fetch_all(&mut *self.connection().await?)
            .await?)
    }

    /// How far the providers have come that a list asks, or all lists, if none is given.
    pub(crate) async fn provider_counts(
        &self,
        id: Option<BatchId>,
    ) -> Result<Vec<ProviderColumns>, RecordsError> {
        Ok(sqlx::query_as(
            "SELECT p.batch, p.provider,
                (SELECT count(*) FROM batch_alternatives a JOIN quotes q ON q.id = a.quote
                    WHERE a.batch = p.batch AND a.provider = p.provider),
                (SELECT count(failure) FROM batch_alternatives
                    WHERE batch = p.batch AND provider = p.provider)
             FROM batch_providers p WHERE $1 IS NULL OR p.batch = $1 ORDER BY p.batch, p.place",
        )
        .bind(id.map(|id| id.0))
        .fetch_all(&mut *self.connection().await?)
        .await?)
    }

    /// The devices without a result of a further provider, in the order of the list.
    pub(crate) async fn open_devices_of(
        &self,
        id: BatchId,
        provider: &ProviderName,
    ) -> Result<Vec<OpenDevice>, RecordsError> {
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT d.device, r.form FROM batch_devices d
             JOIN batch_rows r ON r.batch = d.batch AND r.row = d.device
             LEFT JOIN batch_alternatives a ON a.batch = d.batch AND a.provider = $2 AND a.device = d.device
             LEFT JOIN quotes q ON q.id = a.quote
             WHERE d.batch = $1 AND q.id IS NULL AND a.failure IS NULL ORDER BY d.device",
        )
        .bind(id.0)
        .bind(provider.as_str())
        .fetch_all(&mut *self.connection().await?)
        .await?;
        open_devices(rows)
    }

    /// Records the result of a further provider for a device, if the lease is still the latest. Returns whether it is.
    pub(crate) async fn settle_alternative(
        &self,
        lease: &ListLease,
        provider: &ProviderName,
        device: u32,
        answer: &Result<QuoteId, Failure>,
    ) -> Result<bool, RecordsError> {
        let failure = answer.as_ref().err().map(serde_json::to_string).transpose()?;
        self.change(async |change| {
            let settled = sqlx::query(
                // The row of the list is locked, so that no claim comes between the check and the write.
                "WITH own AS (
                    SELECT id FROM batches WHERE id = $1 AND holder = $2 AND fence = $3 FOR SHARE)
                 INSERT INTO batch_alternatives (batch, provider, device, quote, failure)
                 SELECT id, $4, $5, $6, $7 FROM own
                 ON CONFLICT (batch, provider, device) DO UPDATE
                    SET quote = excluded.quote, failure = excluded.failure",
            )
            .bind(lease.list.0)
            .bind(lease.holder.as_str())
            .bind(lease.fence)
            .bind(provider.as_str())
            .bind(i64::from(device))
            .bind(answer.as_ref().ok().map(QuoteId::as_str))
            .bind(failure)
            .execute(change)
            .await?;
            Ok(settled.rows_affected() > 0)
        })
        .await
    }

    /// Records that a further provider has no price for the devices without a result of it, if the lease is still the
    /// latest. Returns how many these were.
    pub(crate) async fn give_up_alternatives(
        &self,
        lease: &ListLease,
        provider: &ProviderName,
        failure: &Failure,
    ) -> Result<u64, RecordsError> {
        let failure = serde_json::to_string(failure)?;
        self.change(async |change| {
            let given_up = sqlx::query(
                "WITH own AS (
                    SELECT id FROM batches WHERE id = $1 AND holder = $2 AND fence = $3 FOR SHARE)
                 INSERT INTO batch_alternatives (batch, provider, device, failure)
                 SELECT d.batch, $4, d.device, $5 FROM own JOIN batch_devices d ON d.batch = own.id
                 WHERE true
                 ON CONFLICT (batch, provider, device) DO NOTHING",
            )
            .bind(lease.list.0)
            .bind(lease.holder.as_str())
            .bind(lease.fence)
            .bind(provider.as_str())
            .bind(failure)
            .execute(change)
            .await?;
            Ok(given_up.rows_affected())
        })
        .await
    }

    /// The results of further providers for a part of a list's rows.
    pub(crate) async fn batch_alternatives(
        &self,
        id: BatchId,
        after: u32,
        to: u32,
    ) -> Result<Vec<AlternativeColumns>, RecordsError> {
        Ok(sqlx::query_as(
            "SELECT r.row, a.provider, a.failure, q.quote FROM batch_rows r
             JOIN batch_providers p ON p.batch = r.batch AND p.place > 0
             JOIN batch_alternatives a ON a.batch = r.batch AND a.provider = p.provider AND a.device = r.device
             LEFT JOIN quotes q ON q.id = a.quote
             WHERE r.batch = $1 AND r.row > $2 AND r.row <= $3 ORDER BY r.row, p.place",
        )
        .bind(id.0)
        .bind(i64::from(after))
        .bind(i64::from(to))
        .fetch_all(&mut *self.connection().await?)
        .await?)
    }

    /// What each provider of a list pays for it, and for how many rows.
    pub(crate) async fn batch_totals(&self, id: BatchId) -> Result<Vec<(String, i64, i64)>, RecordsError> {
        Ok(sqlx::query_as(
            "SELECT p.provider, coalesce(sum(n.rows), 0)::BIGINT, coalesce(sum(n.rows * ((q.quote::jsonb) #>> '{price,final}')::BIGINT), 0)::BIGINT
             FROM batch_providers p
             LEFT JOIN (
                SELECT '' AS provider, device, quote FROM batch_devices WHERE batch = $1
                UNION ALL SELECT provider, device, quote FROM batch_alternatives WHERE batch = $1) d
                ON d.provider = CASE WHEN p.place = 0 THEN '' ELSE p.provider END
             LEFT JOIN quotes q ON q.id = d.quote
             LEFT JOIN (SELECT device, count(*) AS rows FROM batch_rows WHERE batch = $1 GROUP BY device) n
                ON n.device = d.device AND q.id IS NOT NULL
             WHERE p.batch = $1 GROUP BY p.provider, p.place ORDER BY p.place",
        )
        .bind(id.0)
        .fetch_all(&mut *self.connection().await?)
        .await?)
    }
}
