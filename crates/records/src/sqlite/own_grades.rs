//! What companies mean by the grades of their own scales, and what the reports of lists say besides their rows.

use jiff::Timestamp;

use super::store::Store;
use crate::error::RecordsError;
use crate::list::BatchId;

impl Store {
    /// The grades of a company, each as it is written, and the trade's word.
    pub(crate) async fn own_grades(&self, company: &[u8]) -> Result<Vec<(String, String)>, RecordsError> {
        Ok(sqlx::query_as("SELECT written, grade FROM own_grades WHERE company = ?1 ORDER BY written")
            .bind(company)
            .fetch_all(&self.pool().await?)
            .await?)
    }

    /// Records grades of a company, in the place of earlier ones.
    pub(crate) async fn remember_own_grades(
        &self,
        company: &[u8],
        grades: &[(String, String)],
        now: Timestamp,
    ) -> Result<(), RecordsError> {
        self.change(async |change| {
            for (written, grade) in grades {
                sqlx::query(
                    "INSERT INTO own_grades (company, written, grade, said_at) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (company, written) DO UPDATE SET grade = ?3, said_at = ?4",
                )
                .bind(company)
                .bind(written.as_str())
                .bind(grade.as_str())
                .bind(now.as_second())
                .execute(&mut *change)
                .await?;
            }
            Ok(())
        })
        .await
    }

    /// Sets what the report of a batch says besides its rows.
    pub(crate) async fn set_batch_remarks(&self, id: BatchId, remarks: &str) -> Result<(), RecordsError> {
        self.change(async |change| {
            sqlx::query("UPDATE batches SET remarks = ?2 WHERE id = ?1")
                .bind(id.0)
                .bind(remarks)
                .execute(change)
                .await?;
            Ok(())
        })
        .await
    }

    /// What was set for a batch; `None` if nothing was.
    pub(crate) async fn batch_remarks(&self, id: BatchId) -> Result<Option<String>, RecordsError> {
        let row: Option<(Option<String>,)> = sqlx::query_as("SELECT remarks FROM batches WHERE id = ?1")
            .bind(id.0)
            .fetch_optional(&self.pool().await?)
            .await?;
        Ok(row.and_then(|(remarks,)| remarks))
    }
}
