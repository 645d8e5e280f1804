//! Reads and writes whole tables, to move them between engines.

use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, QueryBuilder, Row, Sqlite};

use super::store::{MIGRATIONS, Store};
use crate::error::RecordsError;
use crate::schema::{NEWEST_CHANGE, refuse_newer};
use crate::table::{Kind, Line, Table, Value};

/// Binds a value with its type.
macro_rules! bind {
    ($row:ident, $value:expr) => {
        match $value {
            Value::Null => $row.push_bind(None::<i64>),
            Value::Int(number) => $row.push_bind(number),
            Value::Text(text) => $row.push_bind(text),
            Value::Bytes(bytes) => $row.push_bind(bytes),
        }
    };
}

impl Store {
    /// Refuses a database that a newer version has changed; see [`refuse_newer`].
    pub(crate) async fn refuse_newer(&self) -> Result<(), RecordsError> {
        let newest = sqlx::query_scalar(NEWEST_CHANGE).fetch_one(&self.pool().await?).await?;
        refuse_newer(newest, &MIGRATIONS)
    }

    /// At most `most` rows of a table in the order of its key, after the row with the key `after`.
    pub(crate) async fn page(
        &self,
        table: &Table,
        after: Option<&[Value]>,
        most: i64,
    ) -> Result<Vec<Line>, RecordsError> {
        let (names, key) = (table.names(), table.key_names());
        let mut query = QueryBuilder::<Sqlite>::new(format!("SELECT {names} FROM {}", table.name));
        if let Some(after) = after {
            query.push(format!(" WHERE ({key}) > ("));
            let mut values = query.separated(", ");
            for value in after {
                bind!(values, value.clone());
            }
            query.push(")");
        }
        query.push(format!(" ORDER BY {key} LIMIT ")).push_bind(most);
        let rows = query.build().fetch_all(&self.pool().await?).await?;
        rows.iter().map(|row| read(table, row)).collect()
    }

    /// Adds rows, except those whose key exists already.
    pub(crate) async fn add_lines(&self, table: &Table, lines: Vec<Line>) -> Result<(), RecordsError> {
        self.change(async |change| {
            let mut query =
                QueryBuilder::<Sqlite>::new(format!("INSERT INTO {} ({}) ", table.name, table.names()));
            query.push_values(lines, |mut row, line| {
                for value in line {
                    bind!(row, value);
                }
            });
            query.push(" ON CONFLICT DO NOTHING").build().execute(change).await?;
            Ok(())
        })
        .await
    }

    /// See [`Table::sums`].
    pub(crate) async fn sums(&self, table: &Table) -> Result<Vec<i64>, RecordsError> {
        let row = sqlx::query(AssertSqlSafe(table.sums(""))).fetch_one(&self.pool().await?).await?;
        Ok((0..row.len()).map(|number| row.try_get(number)).collect::<Result<_, _>>()?)
    }

    /// Does nothing: SQLite continues after the highest number by itself.
    pub(crate) async fn renumber(&self, _: &Table) -> Result<(), RecordsError> {
        Ok(())
    }

    /// Writes to the day's counts what only the mark beside the database knows.
    pub(crate) async fn settle_counts(&self) -> Result<(), RecordsError> {
        self.prepare().await?;
        let counts = self.mark().counts();
        self.change(async |change| {
            for (app_id, day, taken) in counts {
                sqlx::query(
                    "INSERT INTO quota (app_id, day, used, searches, returned, returned_searches)
                        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                     ON CONFLICT (app_id, day) DO UPDATE SET
                        used = max(used, ?3), searches = max(searches, ?4),
                        returned = max(returned, ?5), returned_searches = max(returned_searches, ?6)",
                )
                .bind(app_id)
                .bind(day)
                .bind(taken.calls)
                .bind(taken.searches)
                .bind(taken.returned)
                .bind(taken.returned_searches)
                .execute(&mut *change)
                .await?;
            }
            Ok(())
        })
        .await
    }
}

fn read(table: &Table, row: &SqliteRow) -> Result<Line, RecordsError> {
    let value = |(number, (_, kind)): (usize, &(&str, Kind))| -> Result<Value, sqlx::Error> {
        Ok(match kind {
            Kind::Int => row.try_get::<Option<i64>, _>(number)?.map_or(Value::Null, Value::Int),
            Kind::Text | Kind::Said => {
                row.try_get::<Option<String>, _>(number)?.map_or(Value::Null, Value::Text)
            }
            Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(number)?.map_or(Value::Null, Value::Bytes),
        })
    };
    Ok(table.columns.iter().enumerate().map(value).collect::<Result<_, _>>()?)
}
