//! Results of searches. They are in the records so that they are not asked for again after a restart.

use domain::CatalogueItem;
use jiff::Timestamp;
use sqlx::PgConnection;

use super::store::Store;
use crate::error::RecordsError;
use crate::key::Key;

impl Store {
    /// The result of a search and its time, if that is after `since`.
    pub(crate) async fn found(
        &self,
        key: &Key,
        since: Timestamp,
    ) -> Result<Option<(Vec<CatalogueItem>, Timestamp)>, RecordsError> {
        let row: Option<(String, i64)> =
            sqlx::query_as("SELECT items, found_at FROM searches WHERE key = $1 AND found_at > $2")
                .bind(key.bytes())
                .bind(since.as_second())
                .fetch_optional(&mut *self.connection().await?)
                .await?;
        let Some((items, found_at)) = row else { return Ok(None) };
        Ok(Some((serde_json::from_str(&items)?, Timestamp::from_second(found_at).unwrap_or_default())))
    }

    /// The models that searches of a provider and account found after `since`, of the latest `most` searches, the latest
    /// first. A model that several found is there several times.
    pub(crate) async fn found_models(
        &self,
        provider: &Key,
        since: Timestamp,
        most: u32,
    ) -> Result<Vec<CatalogueItem>, RecordsError> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT items FROM searches WHERE provider = $1 AND found_at > $2 ORDER BY found_at DESC LIMIT $3",
        )
        .bind(provider.bytes())
        .bind(since.as_second())
        .bind(i64::from(most))
        .fetch_all(&mut *self.connection().await?)
        .await?;
        let mut models = Vec::new();
        for (items,) in rows {
            models.extend(serde_json::from_str::<Vec<CatalogueItem>>(&items)?);
        }
        Ok(models)
    }
}

/// Records the result of a search, in place of an earlier one.
pub(super) async fn add(
    change: &mut PgConnection,
    (key, provider): (&Key, &Key),
    items: &[CatalogueItem],
    at: Timestamp,
) -> Result<(), RecordsError> {
    sqlx::query(
        "INSERT INTO searches AS s (key, found_at, items, provider) VALUES ($1, $2, $3, $4)
         ON CONFLICT (key) DO UPDATE SET found_at = $2, items = $3, provider = $4 WHERE s.found_at <= $2",
    )
    .bind(key.bytes())
    .bind(at.as_second())
    .bind(serde_json::to_string(items)?)
    .bind(provider.bytes())
    .execute(change)
    .await?;
    Ok(())
}
