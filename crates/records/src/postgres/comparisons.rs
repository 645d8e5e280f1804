//! With which other providers' prices a price was compared.

use domain::QuoteId;
use jiff::Timestamp;

use super::store::Store;
use crate::comparisons::NewComparison;
use crate::error::RecordsError;

impl Store {
    /// Records a comparison, in the place of an earlier one.
    pub(crate) async fn note_comparison(
        &self,
        comparison: NewComparison<'_>,
        compared: &str,
    ) -> Result<(), RecordsError> {
        let NewComparison { quote, provider, merchant, at, .. } = comparison;
        self.change(async |change| {
            sqlx::query(
                "INSERT INTO comparisons (quote, merchant, at, provider, compared) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (quote, merchant) DO UPDATE SET at = $3, provider = $4, compared = $5",
            )
            .bind(quote.as_str())
            .bind(merchant)
            .bind(at.as_second())
            .bind(provider.as_str())
            .bind(compared)
            .execute(change)
            .await?;
            Ok(())
        })
        .await
    }

    /// The JSON of a comparison.
    pub(crate) async fn comparison(
        &self,
        quote: &QuoteId,
        merchant: &str,
    ) -> Result<Option<String>, RecordsError> {
        Ok(sqlx::query_scalar("SELECT compared FROM comparisons WHERE quote = $1 AND merchant = $2")
            .bind(quote.as_str())
            .bind(merchant)
            .fetch_optional(&mut *self.connection().await?)
            .await?)
    }

    /// How often each provider had the best price after `since`.
    pub(crate) async fn wins(&self, since: Timestamp) -> Result<Vec<(String, i64)>, RecordsError> {
        Ok(sqlx::query_as(
            "SELECT provider, COUNT(*) FROM comparisons WHERE at > $1 GROUP BY provider ORDER BY provider",
        )
        .bind(since.as_second())
        .fetch_all(&mut *self.connection().await?)
        .await?)
    }
}
