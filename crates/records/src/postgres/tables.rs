//! Reads and writes whole tables, to move them between engines.

use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, Postgres, QueryBuilder, Row};

use super::nul::without_nul;
use super::store::{MIGRATIONS, Store};
use crate::error::RecordsError;
use crate::schema::{NEWEST_CHANGE, refuse_newer};
use crate::table::{Kind, Line, Table, Value};

/// Binds a value with its type. The character U+0000 is removed from text, since this engine cannot store it.
macro_rules! bind {
    ($row:ident, $value:expr, $kind:expr) => {
        match ($value, $kind) {
            (Value::Null, Kind::Int) => $row.push_bind(None::<i64>),
            (Value::Null, Kind::Text | Kind::Said) => $row.push_bind(None::<String>),
            (Value::Null, Kind::Bytes) => $row.push_bind(None::<Vec<u8>>),
            (Value::Int(number), _) => $row.push_bind(number),
            (Value::Text(text), Kind::Said) => $row.push_bind(without_nul(text)),
            (Value::Text(text), _) => $row.push_bind(text),
            (Value::Bytes(bytes), _) => $row.push_bind(bytes),
        }
    };
}

impl Store {
    /// Refuses a database that a newer version has changed; see [`refuse_newer`].
    pub(crate) async fn refuse_newer(&self) -> Result<(), RecordsError> {
        let newest = sqlx::query_scalar(NEWEST_CHANGE).fetch_one(&mut *self.connection().await?).await?;
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
        let mut query = QueryBuilder::<Postgres>::new(format!("SELECT {names} FROM {}", table.name));
        if let Some(after) = after {
            query.push(format!(" WHERE ({key}) > ("));
            let mut values = query.separated(", ");
            for (value, (_, kind)) in after.iter().zip(table.columns) {
                bind!(values, value.clone(), kind);
            }
            query.push(")");
        }
        query.push(format!(" ORDER BY {key} LIMIT ")).push_bind(most);
        let rows = query.build().fetch_all(&mut *self.connection().await?).await?;
        rows.iter().map(|row| read(table, row)).collect()
    }

    /// Adds rows, except those whose key exists already.
    pub(crate) async fn add_lines(&self, table: &Table, lines: Vec<Line>) -> Result<(), RecordsError> {
        self.change(async |change| {
            let mut query =
                QueryBuilder::<Postgres>::new(format!("INSERT INTO {} ({}) ", table.name, table.names()));
            query.push_values(lines, |mut row, line| {
                for (value, (_, kind)) in line.into_iter().zip(table.columns) {
                    bind!(row, value, kind);
                }
            });
            query.push(" ON CONFLICT DO NOTHING").build().execute(change).await?;
            Ok(())
        })
        .await
    }

    /// See [`Table::sums`].
    pub(crate) async fn sums(&self, table: &Table) -> Result<Vec<i64>, RecordsError> {
        self.change(async |change| {
            // This may take long: no shopper waits for it.
            sqlx::query("SET LOCAL statement_timeout = 0").execute(&mut *change).await?;
            let row = sqlx::query(AssertSqlSafe(table.sums("::BIGINT"))).fetch_one(change).await?;
            Ok((0..row.len()).map(|number| row.try_get(number)).collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Makes the database continue its row numbers after the highest one of the table.
    pub(crate) async fn renumber(&self, table: &Table) -> Result<(), RecordsError> {
        if !table.is_numbered {
            return Ok(());
        }
        let (name, (number, _)) = (table.name, table.columns[0]);
        let query = format!(
            "SELECT setval(pg_get_serial_sequence('{name}', '{number}'), greatest(max({number}), 1),
                max({number}) IS NOT NULL) FROM {name}"
        );
        sqlx::query(AssertSqlSafe(query)).execute(&mut *self.connection().await?).await?;
        Ok(())
    }

    /// Does nothing: this engine has no mark with newer counts.
    pub(crate) async fn settle_counts(&self) -> Result<(), RecordsError> {
        Ok(())
    }
}

fn read(table: &Table, row: &PgRow) -> Result<Line, RecordsError> {
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
