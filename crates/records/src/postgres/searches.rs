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
}

/// Records the result of a search, in place of an earlier one.
pub(super) async fn add(
    change: &mut PgConnection,
    key: &Key,
    items: &[CatalogueItem],
    at: Timestamp,
) -> Result<(), RecordsError> {
    sqlx::query(
        "INSERT INTO searches AS s (key, found_at, items) VALUES ($1, $2, $3)
         ON CONFLICT (key) DO UPDATE SET found_at = $2, items = $3 WHERE s.found_at <= $2",
    )
    .bind(key.bytes())
    .bind(at.as_second())
    .bind(serde_json::to_string(items)?)
    .execute(change)
    .await?;
    Ok(())
}
