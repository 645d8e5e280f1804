//! Quotes, found by their id or by the key of the question.

use std::sync::Arc;

use domain::{Quote, QuoteId};
use sqlx::SqliteConnection;

use super::prices;
use super::store::Store;
use crate::entry::Origin;
use crate::error::RecordsError;
use crate::key::Key;

impl Store {
    /// The latest quote with that key.
    pub(crate) async fn latest(&self, key: &Key) -> Result<Option<Quote>, RecordsError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT quote FROM quotes WHERE key = ? ORDER BY quoted_at DESC LIMIT 1")
                .bind(key.bytes())
                .fetch_optional(&self.pool().await?)
                .await?;
        Ok(row.map(|(json,)| serde_json::from_str(&json)).transpose()?)
    }

    /// The quote with that id.
    pub(crate) async fn quote(&self, id: &QuoteId) -> Result<Option<Quote>, RecordsError> {
        let row: Option<(String,)> = sqlx::query_as("SELECT quote FROM quotes WHERE id = ?")
            .bind(id.as_str())
            .fetch_optional(&self.pool().await?)
            .await?;
        Ok(row.map(|(json,)| serde_json::from_str(&json)).transpose()?)
    }
}

/// Adds a quote. If `confirmed` names its model, the quote is added to the price history too.
pub(super) async fn add(
    change: &mut SqliteConnection,
    key: Option<&Key>,
    quote: &Arc<Quote>,
    confirmed: Option<&str>,
    origin: &Origin,
) -> Result<(), RecordsError> {
    sqlx::query(
        "INSERT INTO quotes (id, quoted_at, quote, key, merchant, provider, account)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(quote.id.as_str())
    .bind(quote.quoted_at.timestamp().as_second())
    .bind(serde_json::to_string(quote)?)
    .bind(key.map(Key::bytes))
    .bind(origin.merchant.as_deref())
    .bind(origin.provider.as_deref())
    .bind(origin.account.as_deref())
    .execute(&mut *change)
    .await?;
    // Public pages show names from the provider, never what a visitor typed.
    if let Some(model) = confirmed {
        prices::add(change, quote, model).await?;
    }
    Ok(())
}
