//! Device lists: rows are added one by one, and devices are settled one by one.

use std::collections::HashMap;

use domain::QuoteRequest;
use jiff::Timestamp;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::list_leases::live;
use super::store::Store;
use crate::error::RecordsError;
use crate::list::{
    Batch, BatchColumns, BatchId, BatchRow, BatchState, NewRow, OpenDevice, RowColumns, open_devices, written,
};
use crate::list_providers::with_providers;

/// How many rows are written in one transaction. Between two of them, shoppers' quotes are written.
const AT_ONCE: usize = 500;

/// A query for batches, in the order of [`BatchColumns`].
fn batches() -> String {
    let live = live();
    format!(
        "SELECT id, name, created_at, state,
            (SELECT count(*) FROM batch_rows WHERE batch = batches.id),
            (SELECT count(*) FROM batch_rows WHERE batch = batches.id AND device IS NULL),
            (SELECT count(*) FROM batch_rows WHERE batch = batches.id AND device IS NULL
                AND form ->> '$.waits' IS NOT NULL),
            (SELECT count(*) FROM batch_devices WHERE batch = batches.id),
            (SELECT count(*) FROM batch_devices d JOIN quotes q ON q.id = d.quote WHERE d.batch = batches.id),
            (SELECT count(failure) FROM batch_devices WHERE batch = batches.id),
            CASE WHEN {live} THEN holder END, doing
        FROM batches WHERE state <> 'reading'"
    )
}

impl Store {
    /// Adds a list as a paused batch. If a part of it cannot be written, no batch is added.
    pub(crate) async fn add_batch(
        &self,
        name: &str,
        fingerprint: &[u8],
        rows: &[NewRow],
        now: Timestamp,
    ) -> Result<BatchId, RecordsError> {
        let id = self
            .change(async |change| {
                let row = sqlx::query(
                    "INSERT INTO batches (name, fingerprint, created_at, state) VALUES (?, ?, ?, 'reading')",
                )
                .bind(name)
                .bind(fingerprint)
                .bind(now.as_second())
                .execute(change)
                .await?;
                Ok(row.last_insert_rowid())
            })
            .await?;
        let mut first = HashMap::new();
        for some in rows.chunks(AT_ONCE) {
            self.change(async |change| insert_rows(change, id, some, &mut first).await).await?;
        }
        let id = BatchId(id);
        self.set_batch_state(id, BatchState::Paused).await?;
        Ok(id)
    }

    /// The latest batch with this fingerprint that is neither done nor cancelled.
    pub(crate) async fn unfinished_batch(&self, fingerprint: &[u8]) -> Result<Option<BatchId>, RecordsError> {
        let row: Option<(i64,)> = sqlx::query_as(
            "SELECT id FROM batches WHERE fingerprint = ? AND state IN ('open', 'paused') ORDER BY id DESC LIMIT 1",
        )
        .bind(fingerprint)
        .fetch_optional(&self.pool().await?)
        .await?;
        Ok(row.map(|(id,)| BatchId(id)))
    }

    /// When the latest batch with this fingerprint was added, whatever has become of it, in seconds since 1970.
    pub(crate) async fn batch_added_at(&self, fingerprint: &[u8]) -> Result<Option<i64>, RecordsError> {
        let query = "SELECT max(created_at) FROM batches WHERE fingerprint = ? AND state <> 'reading'";
        Ok(sqlx::query_scalar(query).bind(fingerprint).fetch_one(&self.pool().await?).await?)
    }

    /// All batches, the latest first.
    pub(crate) async fn batches(&self) -> Result<Vec<Batch>, RecordsError> {
        let query = format!("{} ORDER BY id DESC", batches());
        let rows: Vec<BatchColumns> =
            sqlx::query_as(sqlx::AssertSqlSafe(query)).fetch_all(&self.pool().await?).await?;
        let lists = rows.into_iter().map(Batch::from).collect();
        Ok(with_providers(lists, self.provider_counts(None).await?))
    }

    /// The batch with that number; `None` if there is none.
    pub(crate) async fn batch(&self, id: BatchId) -> Result<Option<Batch>, RecordsError> {
        let query = format!("{} AND id = ?", batches());
        let row: Option<BatchColumns> =
            sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(id.0).fetch_optional(&self.pool().await?).await?;
        let list = row.map(Batch::from).into_iter().collect();
        Ok(with_providers(list, self.provider_counts(Some(id)).await?).pop())
    }

    /// Sets a batch's state. A batch that is done or cancelled stays so.
    pub(crate) async fn set_batch_state(&self, id: BatchId, state: BatchState) -> Result<(), RecordsError> {
        self.change(async |change| {
            let query = sqlx::query(
                "UPDATE batches SET state = ? WHERE id = ? AND state NOT IN ('done', 'cancelled')",
            );
            query.bind(state.name()).bind(id.0).execute(change).await?;
            Ok(())
        })
        .await
    }

    /// Deletes a batch and its rows. Its quotes are kept as long as any others.
    pub(crate) async fn delete_batch(&self, id: BatchId) -> Result<(), RecordsError> {
        self.change(async |change| {
            sqlx::query("DELETE FROM batches WHERE id = ?").bind(id.0).execute(change).await?;
            Ok(())
        })
        .await
    }

    /// At most `most` rows of a batch, after the row with the number `after`.
    pub(crate) async fn batch_rows(
        &self,
        id: BatchId,
        after: u32,
        most: i64,
    ) -> Result<Vec<BatchRow>, RecordsError> {
        let rows: Vec<RowColumns> = sqlx::query_as(
            "SELECT r.row, r.form, r.failure, d.failure, q.quote FROM batch_rows r
             LEFT JOIN batch_devices d ON d.batch = r.batch AND d.device = r.device
             LEFT JOIN quotes q ON q.id = d.quote
             WHERE r.batch = ? AND r.row > ? ORDER BY r.row LIMIT ?",
        )
        .bind(id.0)
        .bind(after)
        .bind(most)
        .fetch_all(&self.pool().await?)
        .await?;
        rows.into_iter().map(BatchRow::try_from).collect()
    }

    /// The devices without a result yet, in the order of the list. This includes devices whose quote was lost
    /// before it could be written.
    pub(crate) async fn open_devices(&self, id: BatchId) -> Result<Vec<OpenDevice>, RecordsError> {
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT d.device, r.form FROM batch_devices d
             JOIN batch_rows r ON r.batch = d.batch AND r.row = d.device
             LEFT JOIN quotes q ON q.id = d.quote
             WHERE d.batch = ? AND q.id IS NULL AND d.failure IS NULL ORDER BY d.device",
        )
        .bind(id.0)
        .fetch_all(&self.pool().await?)
        .await?;
        open_devices(rows)
    }
}

/// Writes some rows, and the devices that no earlier row describes.
async fn insert_rows<'a>(
    change: &mut SqliteConnection,
    batch: i64,
    rows: &'a [NewRow],
    first: &mut HashMap<&'a QuoteRequest, u32>,
) -> Result<(), RecordsError> {
    let (written, devices) = written(rows, first)?;
    let mut query =
        QueryBuilder::<Sqlite>::new("INSERT INTO batch_rows (batch, row, form, device, failure) ");
    query.push_values(written, |mut row, (number, form, device, failure)| {
        row.push_bind(batch).push_bind(number).push_bind(form).push_bind(device).push_bind(failure);
    });
    query.build().execute(&mut *change).await?;
    if !devices.is_empty() {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO batch_devices (batch, device) ");
        query.push_values(devices, |mut row, device| {
            row.push_bind(batch).push_bind(device);
        });
        query.build().execute(change).await?;
    }
    Ok(())
}
