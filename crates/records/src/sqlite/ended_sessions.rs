//! Sessions of operators that were ended before their time.

use jiff::Timestamp;

use super::store::Store;
use crate::ended_sessions::EndedSession;
use crate::error::RecordsError;

impl Store {
    /// Records sessions that were ended.
    pub(crate) async fn end_sessions(&self, ended: &[EndedSession]) -> Result<(), RecordsError> {
        self.change(async |change| {
            for session in ended {
                sqlx::query(
                    "INSERT INTO ended_sessions (id, ends_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                )
                .bind(&session.id)
                .bind(session.ends_at.as_second())
                .execute(&mut *change)
                .await?;
            }
            Ok(())
        })
        .await
    }

    /// The sessions that were ended and would last yet.
    pub(crate) async fn ended_sessions(&self, now: Timestamp) -> Result<Vec<EndedSession>, RecordsError> {
        let rows: Vec<(String, i64)> =
            sqlx::query_as("SELECT id, ends_at FROM ended_sessions WHERE ends_at > ?1")
                .bind(now.as_second())
                .fetch_all(&self.pool().await?)
                .await?;
        let session =
            |(id, ends_at)| Some(EndedSession { id, ends_at: Timestamp::from_second(ends_at).ok()? });
        Ok(rows.into_iter().filter_map(session).collect())
    }
}
