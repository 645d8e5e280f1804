//! A batch as its page shows it: a part of its rows in the order asked for, and what they add
//! up to.

use domain::Money;
use sqlx::{QueryBuilder, Sqlite};

use super::store::{RowColumns, row};
use super::{BatchId, BatchRow};
use crate::records::{Records, RecordsError};

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    /// It has a price.
    Priced,
    /// It is known to have none.
    Failed,
    /// Nothing is known yet.
    Open,
}

/// By what rows are sorted. What is not known yet comes last, and equals as in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowOrder {
    /// By their number in the file.
    #[default]
    Number,
    /// By brand and model.
    Device,
    /// By price.
    Price,
}

/// Which rows of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowsAsked {
    /// Only those of which this became.
    pub outcome: Option<RowOutcome>,
    /// Only those in whose brand, model, storage or condition this text stands; empty for all.
    pub text: String,
    /// By what they are sorted.
    pub order: RowOrder,
    /// Whether the last comes first.
    pub descending: bool,
    /// How many of them are passed over.
    pub skip: u32,
    /// How many are wanted at most.
    pub most: u32,
}

/// Some rows of a batch.
#[derive(Clone, Debug)]
pub struct RowsFound {
    /// The rows.
    pub rows: Vec<BatchRow>,
    /// How many there are in all, with those that are passed over or not wanted.
    pub total: u32,
}

/// Rows of a batch by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// Rows with a price.
    pub priced: u32,
    /// Rows that are known to have none.
    pub failed: u32,
    /// Rows that nothing is known of yet.
    pub open: u32,
}

/// What the devices of one kind, brand and grade are worth together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worth {
    /// The category's word.
    pub device_type: String,
    /// The brand.
    pub brand: String,
    /// The grade's word.
    pub condition: String,
    /// Rows that describe such a device.
    pub rows: u32,
    /// The sum of their prices.
    pub worth: Money,
}

const PRICE: &str = "(q.quote ->> '$.price.final')";

const ROWS: &str = " FROM batch_rows r
    LEFT JOIN batch_devices d ON d.batch = r.batch AND d.device = r.device
    LEFT JOIN quotes q ON q.id = d.quote
    WHERE r.batch = ";

impl RowOutcome {
    fn condition(self) -> &'static str {
        match self {
            Self::Priced => " AND q.id IS NOT NULL",
            Self::Failed => " AND coalesce(r.failure, d.failure) IS NOT NULL",
            Self::Open => " AND q.id IS NULL AND coalesce(r.failure, d.failure) IS NULL",
        }
    }
}

impl RowsAsked {
    fn select(&self, columns: &str, id: BatchId) -> QueryBuilder<Sqlite> {
        let mut query = QueryBuilder::new(format!("SELECT {columns}{ROWS}"));
        query.push_bind(id.0);
        query.push(self.outcome.map_or("", RowOutcome::condition));
        let text = self.text.trim();
        if !text.is_empty() {
            query.push(
                " AND instr(lower(concat_ws(' ', r.form ->> '$.brand', r.form ->> '$.model',
                 r.form ->> '$.storage', r.form ->> '$.condition')), lower(",
            );
            query.push_bind(text.to_owned()).push(")) > 0");
        }
        query
    }
}

impl Records {
    /// The rows of a batch that are asked for.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn batch_rows_by(&self, id: BatchId, asked: &RowsAsked) -> Result<RowsFound, RecordsError> {
        let pool = &self.pool().await?;
        let (total,): (u32,) = asked.select("count(*)", id).build_query_as().fetch_one(pool).await?;
        let mut query = asked.select("r.row, r.form, r.failure, d.failure, q.quote", id);
        let direction = if asked.descending { "DESC" } else { "ASC" };
        let order = match asked.order {
            RowOrder::Number => format!("r.row {direction}"),
            RowOrder::Device => {
                format!("r.form ->> '$.brand' {direction}, r.form ->> '$.model' {direction}, r.row")
            }
            RowOrder::Price => format!("{PRICE} {direction} NULLS LAST, r.row"),
        };
        query.push(format!(" ORDER BY {order} LIMIT "));
        query.push_bind(asked.most).push(" OFFSET ").push_bind(asked.skip);
        let rows: Vec<RowColumns> = query.build_query_as().fetch_all(pool).await?;
        Ok(RowsFound { rows: rows.into_iter().map(row).collect::<Result<_, _>>()?, total })
    }

    /// How many rows of a batch have a price, are known to have none, or are open.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn batch_row_counts(&self, id: BatchId) -> Result<RowCounts, RecordsError> {
        let query = format!(
            "SELECT count(q.id), count(CASE WHEN q.id IS NULL THEN coalesce(r.failure, d.failure) END),
             count(*){ROWS}?"
        );
        let (priced, failed, rows): (u32, u32, u32) =
            sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(id.0).fetch_one(&self.pool().await?).await?;
        Ok(RowCounts { priced, failed, open: rows.saturating_sub(priced + failed) })
    }

    /// What the devices of a batch are worth, by kind, brand and grade; the dearest first.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn batch_worth(&self, id: BatchId) -> Result<Vec<Worth>, RecordsError> {
        let query = format!(
            "SELECT q.quote ->> '$.device.device_type', q.quote ->> '$.device.brand',
                q.quote ->> '$.device.condition', sum(n.rows), sum(n.rows * {PRICE}) AS worth
             FROM batch_devices d JOIN quotes q ON q.id = d.quote
             JOIN (SELECT device, count(*) AS rows FROM batch_rows WHERE batch = ?1 GROUP BY device) n
                ON n.device = d.device
             WHERE d.batch = ?1 GROUP BY 1, 2, 3 ORDER BY worth DESC"
        );
        let rows: Vec<(String, String, String, u32, i64)> =
            sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(id.0).fetch_all(&self.pool().await?).await?;
        let worth = |(device_type, brand, condition, rows, fen)| Worth {
            device_type,
            brand,
            condition,
            rows,
            worth: Money::from_fen(fen),
        };
        Ok(rows.into_iter().map(worth).collect())
    }
}
