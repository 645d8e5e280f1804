//! A list as its page shows it: a part of its rows, and sums over them.

use sqlx::{Postgres, QueryBuilder};

use super::store::Store;
use crate::error::RecordsError;
use crate::list::{BatchId, BatchRow, RowColumns};
use crate::list_rows::{RowCounts, RowOrder, RowOutcome, RowsAsked, RowsFound, Worth, WorthColumns};
use crate::number::count;

/// Whether a row waits for an answer: it is noted with the row's text, as `true`, and only then.
const WAITS: &str = "(r.form::jsonb ->> 'waits' IS NOT NULL)";
const PRICE: &str = "(q.quote::jsonb #>> '{price,final}')::BIGINT";

/// The rows of a list, with the main provider's answer, and the highest price of the others.
fn rows_of(id: BatchId) -> String {
    format!(
        " FROM batch_rows r
        LEFT JOIN batch_devices d ON d.batch = r.batch AND d.device = r.device
        LEFT JOIN quotes q ON q.id = d.quote
        LEFT JOIN (
            SELECT a.device, max((o.quote::jsonb #>> '{{price,final}}')::BIGINT) AS price
            FROM batch_alternatives a JOIN quotes o ON o.id = a.quote WHERE a.batch = {id} GROUP BY a.device
        ) others ON others.device = r.device
        WHERE r.batch = {id}",
        id = id.0
    )
}

fn condition(outcome: RowOutcome) -> String {
    match outcome {
        RowOutcome::Priced => " AND (q.id IS NOT NULL OR others.device IS NOT NULL)".to_owned(),
        RowOutcome::Waiting => format!(" AND {WAITS}"),
        RowOutcome::Failed => format!(
            " AND coalesce(r.failure, d.failure) IS NOT NULL AND others.device IS NULL AND NOT {WAITS}"
        ),
        RowOutcome::Open => {
            " AND q.id IS NULL AND coalesce(r.failure, d.failure) IS NULL AND others.device IS NULL"
                .to_owned()
        }
    }
}

fn select(asked: &RowsAsked, columns: &str, id: BatchId) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new(format!("SELECT {columns}{}", rows_of(id)));
    query.push(asked.outcome.map(condition).unwrap_or_default());
    let text = asked.text.trim();
    if !text.is_empty() {
        query.push(
            " AND strpos(lower(concat_ws(' ', r.form::jsonb ->> 'brand', r.form::jsonb ->> 'model',
             r.form::jsonb ->> 'storage', r.form::jsonb ->> 'condition',
             r.form::jsonb ->> 'written_model')), lower(",
        );
        query.push_bind(text.to_owned()).push(")) > 0");
    }
    query
}

impl Store {
    /// The rows of a batch that `asked` selects.
    pub(crate) async fn batch_rows_by(
        &self,
        id: BatchId,
        asked: &RowsAsked,
    ) -> Result<RowsFound, RecordsError> {
        let mut connection = self.connection().await?;
        let (total,): (i64,) =
            select(asked, "count(*)", id).build_query_as().fetch_one(&mut *connection).await?;
        let mut query = select(asked, "r.row, r.form, r.failure, d.failure, q.quote", id);
        let direction = if asked.descending { "DESC" } else { "ASC" };
        let order = match asked.order {
            RowOrder::Number => format!("r.row {direction}"),
            RowOrder::Device => {
                let by = |field| format!("(r.form::jsonb ->> '{field}') COLLATE \"C\" {direction}");
                format!("{}, {}, r.row", by("brand"), by("model"))
            }
            RowOrder::Price => format!(
                "greatest(coalesce({PRICE}, others.price), coalesce(others.price, {PRICE})) {direction}
                 NULLS LAST, r.row"
            ),
        };
        query.push(format!(" ORDER BY {order} LIMIT "));
        query.push_bind(i64::from(asked.most)).push(" OFFSET ").push_bind(i64::from(asked.skip));
        let rows: Vec<RowColumns> = query.build_query_as().fetch_all(&mut *connection).await?;
        Ok(RowsFound {
            rows: rows.into_iter().map(BatchRow::try_from).collect::<Result<_, _>>()?,
            total: count(total),
        })
    }

    /// How many rows of a batch have a price, wait for an answer, are known to have none, or have no result yet.
    pub(crate) async fn batch_row_counts(&self, id: BatchId) -> Result<RowCounts, RecordsError> {
        let query = format!(
            "SELECT count(CASE WHEN q.id IS NOT NULL OR others.device IS NOT NULL THEN 1 END),
                count(CASE WHEN q.id IS NULL AND others.device IS NULL THEN coalesce(r.failure, d.failure) END),
                count(CASE WHEN {WAITS} THEN 1 END), count(*){}",
            rows_of(id)
        );
        let counts: (i64, i64, i64, i64) =
            sqlx::query_as(sqlx::AssertSqlSafe(query)).fetch_one(&mut *self.connection().await?).await?;
        Ok(RowCounts::of(counts))
    }

    /// The value of a batch's devices by kind, brand and grade, the highest first.
    pub(crate) async fn batch_worth(&self, id: BatchId) -> Result<Vec<Worth>, RecordsError> {
        let query = format!(
            "SELECT q.quote::jsonb #>> '{{device,device_type}}', q.quote::jsonb #>> '{{device,brand}}',
                q.quote::jsonb #>> '{{device,condition}}', sum(n.rows)::BIGINT,
                sum(n.rows * {PRICE})::BIGINT AS worth
             FROM batch_devices d JOIN quotes q ON q.id = d.quote
             JOIN (SELECT device, count(*) AS rows FROM batch_rows WHERE batch = $1 GROUP BY device) n
                ON n.device = d.device
             WHERE d.batch = $1 GROUP BY 1, 2, 3 ORDER BY worth DESC"
        );
        let rows: Vec<WorthColumns> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(id.0)
            .fetch_all(&mut *self.connection().await?)
            .await?;
        Ok(rows.into_iter().map(Worth::from).collect())
    }
}
