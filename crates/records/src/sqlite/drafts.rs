//! Device lists that were read and are not started.

use jiff::Timestamp;

use super::store::Store;
use crate::drafts::{DraftRecord, DraftSaid, MostDrafts};
use crate::error::RecordsError;
use crate::number::count;

/// Name, content, rows, cells, answers, whether hidden rows are left out, changes.
type Columns = (Vec<u8>, Vec<u8>, i64, Vec<u8>, Vec<u8>, i64, i64);

impl Store {
    /// Adds a draft, and deletes the oldest ones if there are too many.
    pub(crate) async fn add_draft(
        &self,
        key: &str,
        draft: &DraftRecord,
        most: MostDrafts,
        now: Timestamp,
    ) -> Result<(), RecordsError> {
        self.change(async |change| {
            sqlx::query(
                "INSERT INTO drafts (key, name, content, row_count, cells, answers, hidden_out, changes, changed_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8)
                 ON CONFLICT (key) DO UPDATE
                    SET name = ?2, content = ?3, row_count = ?4, cells = ?5, answers = ?6, hidden_out = ?7,
                        changes = 0, changed_at = ?8",
            )
            .bind(key)
            .bind(&draft.name)
            .bind(&draft.content[..])
            .bind(i64::from(draft.rows))
            .bind(&draft.cells)
            .bind(&draft.said.answers)
            .bind(i64::from(draft.said.hidden_out))
            .bind(now.as_second())
            .execute(&mut *change)
            .await?;
            // The new one comes first, whatever other clocks said.
            sqlx::query(
                "DELETE FROM drafts WHERE key <> ?1 AND key IN (
                    SELECT key FROM (
                        SELECT key, row_number() OVER newest AS place, sum(row_count) OVER newest AS row_sum
                        FROM drafts WINDOW newest AS (ORDER BY key <> ?1, changed_at DESC, key)
                    ) AS ordered WHERE place > ?2 OR row_sum > ?3)",
            )
            .bind(key)
            .bind(i64::from(most.drafts))
            .bind(i64::from(most.rows))
            .execute(change)
            .await?;
            Ok(())
        })
        .await
    }

    /// A draft, and how often it was changed.
    pub(crate) async fn draft(&self, key: &str) -> Result<Option<(DraftRecord, i64)>, RecordsError> {
        let row: Option<Columns> = sqlx::query_as(
            "SELECT name, content, row_count, cells, answers, hidden_out, changes FROM drafts WHERE key = ?1",
        )
        .bind(key)
        .fetch_optional(&self.pool().await?)
        .await?;
        Ok(row.and_then(|(name, content, rows, cells, answers, hidden_out, changes)| {
            let said = DraftSaid { answers, hidden_out: hidden_out != 0 };
            let content = content.try_into().ok()?;
            Some((DraftRecord { name, content, rows: count(rows), cells, said }, changes))
        }))
    }

    /// How often a draft was changed.
    pub(crate) async fn draft_changes(&self, key: &str) -> Result<Option<i64>, RecordsError> {
        Ok(sqlx::query_scalar("SELECT changes FROM drafts WHERE key = ?1")
            .bind(key)
            .fetch_optional(&self.pool().await?)
            .await?)
    }

    /// Records what a person said of a draft.
    pub(crate) async fn change_draft(
        &self,
        key: &str,
        said: &DraftSaid,
        now: Timestamp,
    ) -> Result<Option<i64>, RecordsError> {
        self.change(async |change| {
            Ok(sqlx::query_scalar(
                "UPDATE drafts SET answers = ?2, hidden_out = ?3, changes = changes + 1, changed_at = ?4
                 WHERE key = ?1 RETURNING changes",
            )
            .bind(key)
            .bind(&said.answers)
            .bind(i64::from(said.hidden_out))
            .bind(now.as_second())
            .fetch_optional(change)
            .await?)
        })
        .await
    }

    /// Deletes a draft. Returns whether there was one.
    pub(crate) async fn take_draft(&self, key: &str) -> Result<bool, RecordsError> {
        self.change(async |change| {
            let deleted = sqlx::query("DELETE FROM drafts WHERE key = ?1").bind(key).execute(change).await?;
            Ok(deleted.rows_affected() > 0)
        })
        .await
    }

    /// The keys and names of all drafts, the newest first.
    pub(crate) async fn draft_names(&self) -> Result<Vec<(String, Vec<u8>)>, RecordsError> {
        Ok(sqlx::query_as("SELECT key, name FROM drafts ORDER BY changed_at DESC, key")
            .fetch_all(&self.pool().await?)
            .await?)
    }
}
