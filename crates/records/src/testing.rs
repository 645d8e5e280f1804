//! Helpers for tests: a second connection to a database ([`Other`]), which runs SQL beside
//! [`Records`](crate::Records) to read, lock or damage what is stored; and a PostgreSQL server for the tests
//! ([`Server`]). Only with the feature `testing`.

mod server;

pub use server::Server;

use sqlx::{AssertSqlSafe, ColumnIndex, Connection, Decode, PgConnection, Row, SqliteConnection, Type};

use crate::address::is_postgres;
use crate::error::RecordsError;
use crate::postgres::MIGRATIONS as POSTGRES;
use crate::sqlite::MIGRATIONS as SQLITE;

/// A separate connection to a database.
#[derive(Debug)]
pub struct Other(Engine);

#[derive(Debug)]
enum Engine {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Other {
    /// Opens a connection to the database at `url`, without a change of its schema.
    ///
    /// # Errors
    /// [`RecordsError`] if it cannot be opened.
    pub async fn at(url: &str) -> Result<Self, RecordsError> {
        Ok(Self(if is_postgres(url) {
            Engine::Postgres(PgConnection::connect(url).await?)
        } else {
            Engine::Sqlite(SqliteConnection::connect(url).await?)
        }))
    }

    /// Runs statements.
    ///
    /// # Errors
    /// [`RecordsError`] when the database refuses one.
    pub async fn run(&mut self, sql: &str) -> Result<(), RecordsError> {
        let statements = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match &mut self.0 {
            Engine::Sqlite(connection) => statements.execute(connection).await.map(|_| ())?,
            Engine::Postgres(connection) => statements.execute(connection).await.map(|_| ())?,
        }
        Ok(())
    }

    /// The rows that a query returns: each column as text, empty for NULL.
    ///
    /// # Errors
    /// [`RecordsError`] when the database refuses it.
    pub async fn rows(&mut self, sql: &str) -> Result<Vec<Vec<String>>, RecordsError> {
        let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match &mut self.0 {
            Engine::Sqlite(connection) => texts(&query.fetch_all(connection).await?),
            Engine::Postgres(connection) => texts(&query.fetch_all(connection).await?),
        }
    }

    /// The whole number that a query returns; 0 for NULL.
    ///
    /// # Errors
    /// [`RecordsError`] when the database refuses it.
    pub async fn number(&mut self, sql: &str) -> Result<i64, RecordsError> {
        let rows = self.rows(sql).await?;
        let first = rows.first().and_then(|row| row.first());
        Ok(first.and_then(|text| text.parse().ok()).unwrap_or_default())
    }

    /// Closes the connection properly.
    ///
    /// # Errors
    /// [`RecordsError`] when the database does not answer.
    pub async fn close(self) -> Result<(), RecordsError> {
        match self.0 {
            Engine::Sqlite(connection) => Ok(connection.close().await?),
            Engine::Postgres(connection) => Ok(connection.close().await?),
        }
    }
}

/// Creates the database at `url` with the schema after the migration `version`.
///
/// # Errors
/// [`RecordsError`] when that fails.
pub async fn migrate_to(url: &str, version: i64) -> Result<(), RecordsError> {
    if is_postgres(url) {
        let mut connection = PgConnection::connect(url).await?;
        POSTGRES.run_direct(Some(version), &mut connection, false).await?;
        connection.close().await?;
    } else {
        let mut connection = SqliteConnection::connect(&format!("{url}?mode=rwc")).await?;
        SQLITE.run_direct(Some(version), &mut connection, false).await?;
        connection.close().await?;
    }
    Ok(())
}

/// All columns as text: a statement that is not prepared returns text, or SQLite converts to it.
fn texts<R: Row>(rows: &[R]) -> Result<Vec<Vec<String>>, RecordsError>
where
    usize: ColumnIndex<R>,
    for<'a> String: Decode<'a, R::Database> + Type<R::Database>,
{
    let column = |row: &R, number| -> Result<String, RecordsError> {
        Ok(row.try_get_unchecked::<Option<String>, _>(number)?.unwrap_or_default())
    };
    rows.iter().map(|row| (0..row.len()).map(|number| column(row, number)).collect()).collect()
}
