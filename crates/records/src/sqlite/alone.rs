//! What the first process at a file does: no other process uses the database, so all that is held in it was held by
//! processes that were killed. It is free at once, and not only when its time is over.

use sqlx::SqliteConnection;

use super::clock::NOW;
use crate::error::RecordsError;

/// Ends all leases of lists, claims of deliveries, and requests with an `Idempotency-Key` that are under way. Writes
/// nothing if there are none.
pub(super) async fn end_leases(connection: &mut SqliteConnection) -> Result<(), RecordsError> {
    let statements = [
        "UPDATE batches SET holder = NULL, held_until = NULL WHERE holder IS NOT NULL".to_owned(),
        format!(
            "UPDATE deliveries SET due_at = {NOW}, taken_by = NULL, taken_until = NULL
             WHERE state = 'open' AND due_at = taken_until AND due_at > {NOW}"
        ),
        "DELETE FROM idempotency WHERE status IS NULL".to_owned(),
    ];
    for statement in statements {
        sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut *connection).await?;
    }
    Ok(())
}
