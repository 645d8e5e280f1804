//! The instances that use this database. Only the server's clock counts.

use std::time::Duration;

use super::store::Store;
use crate::error::RecordsError;
use crate::instance::{Instance, InstanceColumns, SeenInstance};
use crate::instance_id::InstanceId;
use crate::number::millis;

impl Store {
    /// Notes that an instance runs now, in one statement, which also deletes instances that ended long ago.
    /// Returns how many were seen `within` that time, this one included.
    pub(crate) async fn note_instance(
        &self,
        instance: &Instance,
        within: Duration,
    ) -> Result<usize, RecordsError> {
        let others: i64 = sqlx::query_scalar(
            "WITH swept AS (DELETE FROM instances WHERE seen_at < now() - interval '1 hour' AND id <> $1),
                own AS (
                    INSERT INTO instances (id, version, fingerprint, started_at, seen_at)
                    VALUES ($1, $2, $3, now(), now())
                    ON CONFLICT (id) DO UPDATE SET version = $2, fingerprint = $3, seen_at = now())
             SELECT count(*) FROM instances
             WHERE id <> $1 AND seen_at > now() - $4 * interval '1 millisecond'",
        )
        .bind(instance.id.as_str())
        .bind(&instance.version)
        .bind(&instance.fingerprint)
        .bind(millis(within))
        .fetch_one(&mut *self.connection().await?)
        .await?;
        Ok(usize::try_from(others).unwrap_or(usize::MAX).saturating_add(1))
    }

    /// The instances that were seen `within` that time.
    pub(crate) async fn instances(&self, within: Duration) -> Result<Vec<SeenInstance>, RecordsError> {
        let rows: Vec<InstanceColumns> = sqlx::query_as(
            "SELECT id, version, fingerprint, (extract(epoch FROM now() - seen_at) * 1000)::BIGINT
             FROM instances WHERE seen_at > now() - $1 * interval '1 millisecond' ORDER BY started_at, id",
        )
        .bind(millis(within))
        .fetch_all(&mut *self.connection().await?)
        .await?;
        Ok(rows.into_iter().map(SeenInstance::from).collect())
    }

    /// Deletes an instance, and frees its places.
    pub(crate) async fn forget_instance(&self, id: &InstanceId) -> Result<(), RecordsError> {
        self.change(async |change| {
            sqlx::query("DELETE FROM instances WHERE id = $1")
                .bind(id.as_str())
                .execute(&mut *change)
                .await?;
            sqlx::query("UPDATE places SET holder = NULL, expires_at = NULL WHERE holder = $1")
                .bind(id.as_str())
                .execute(change)
                .await?;
            Ok(())
        })
        .await
    }
}
