//! API keys of merchants' backends.

use jiff::Timestamp;
use sqlx::AssertSqlSafe;

use super::store::Store;
use crate::api_key::{API_KEY_COLUMNS, ApiKeyColumns, ApiKeyRecord};
use crate::error::RecordsError;
use crate::key::Key;

impl Store {
    /// Adds a new API key.
    pub(crate) async fn add_api_key(&self, key: &ApiKeyRecord) -> Result<(), RecordsError> {
        self.change(async |change| {
            sqlx::query(
                "INSERT INTO api_keys (id, hash, merchant, name, sandbox, read_only, created_at, revoked_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )
            .bind(&*key.id)
            .bind(&*key.hash)
            .bind(&*key.merchant)
            .bind(&*key.name)
            .bind(i64::from(key.sandbox))
            .bind(i64::from(key.read_only))
            .bind(key.created_at.as_second())
            .bind(key.revoked_at.map(Timestamp::as_second))
            .execute(change)
            .await?;
            Ok(())
        })
        .await
    }

    /// The API key with this hash.
    pub(crate) async fn api_key(&self, hash: &Key) -> Result<Option<ApiKeyRecord>, RecordsError> {
        let query = format!("SELECT {API_KEY_COLUMNS} FROM api_keys WHERE hash = ?1");
        let row: Option<ApiKeyColumns> = sqlx::query_as(AssertSqlSafe(query))
            .bind(hash.bytes())
            .fetch_optional(&self.pool().await?)
            .await?;
        Ok(row.map(ApiKeyRecord::from))
    }

    /// All API keys, the oldest first.
    pub(crate) async fn api_keys(&self) -> Result<Vec<ApiKeyRecord>, RecordsError> {
        let query = format!("SELECT {API_KEY_COLUMNS} FROM api_keys ORDER BY created_at, id");
        let rows: Vec<ApiKeyColumns> =
            sqlx::query_as(AssertSqlSafe(query)).fetch_all(&self.pool().await?).await?;
        Ok(rows.into_iter().map(ApiKeyRecord::from).collect())
    }

    /// Revokes the API key with this id. Returns whether one was valid until now.
    pub(crate) async fn revoke_api_key(&self, id: &str, now: Timestamp) -> Result<bool, RecordsError> {
        self.change(async |change| {
            let revoked =
                sqlx::query("UPDATE api_keys SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL")
                    .bind(id)
                    .bind(now.as_second())
                    .execute(change)
                    .await?;
            Ok(revoked.rows_affected() > 0)
        })
        .await
    }
}
