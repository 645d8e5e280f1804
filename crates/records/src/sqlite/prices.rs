//! The price history, by day. Each answer that names the model adds to it, and reading it costs no call.

use domain::{Quote, Term};
use jiff::civil::Date;
use sqlx::SqliteConnection;

use super::store::Store;
use crate::error::RecordsError;
use crate::number::count;
use crate::price::{Model, PriceColumns, PriceOfDay, of_a_sound_device};

impl Store {
    /// The prices of a model since a day, the latest day first.
    pub(crate) async fn price_history(
        &self,
        model: Model<'_>,
        sandbox: bool,
        since: Date,
    ) -> Result<Vec<PriceOfDay>, RecordsError> {
        let rows: Vec<PriceColumns> = sqlx::query_as(
            "SELECT day, storage, ram, condition, lowest, highest, latest, quotes FROM prices
             WHERE device_type = ? AND brand = ? AND model = ? AND sandbox = ? AND day >= ?
             ORDER BY day DESC, storage, ram, condition",
        )
        .bind(model.device_type.word())
        .bind(model.brand)
        .bind(model.name)
        .bind(sandbox)
        .bind(since.to_string())
        .fetch_all(&self.pool().await?)
        .await?;
        Ok(rows.into_iter().filter_map(PriceOfDay::read).collect())
    }

    /// At most `most` models with a real price since a day: category, brand and name.
    pub(crate) async fn valued_models(
        &self,
        since: Date,
        most: u32,
    ) -> Result<Vec<[String; 3]>, RecordsError> {
        let rows: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT DISTINCT device_type, brand, model FROM prices WHERE sandbox = 0 AND day >= ? LIMIT ?",
        )
        .bind(since.to_string())
        .bind(most)
        .fetch_all(&self.pool().await?)
        .await?;
        Ok(rows.into_iter().map(|(category, brand, model)| [category, brand, model]).collect())
    }

    /// How many answers each model had since a day: category, brand and name.
    pub(crate) async fn answers_by_model(
        &self,
        sandbox: bool,
        since: Date,
    ) -> Result<Vec<([String; 3], u32)>, RecordsError> {
        let rows: Vec<(String, String, String, i64)> = sqlx::query_as(
            "SELECT device_type, brand, model, sum(quotes) FROM prices WHERE sandbox = ? AND day >= ?
             GROUP BY device_type, brand, model",
        )
        .bind(sandbox)
        .bind(since.to_string())
        .fetch_all(&self.pool().await?)
        .await?;
        Ok(rows
            .into_iter()
            .map(|(category, brand, model, answers)| ([category, brand, model], count(answers)))
            .collect())
    }
}

/// Adds a quote to the history, if it is for a device without faults. `model` is the name in the provider's
/// answer.
pub(super) async fn add(
    change: &mut SqliteConnection,
    quote: &Quote,
    model: &str,
) -> Result<(), sqlx::Error> {
    let Some(price) = of_a_sound_device(quote) else { return Ok(()) };
    let device = &quote.device;
    sqlx::query(
        "INSERT INTO prices VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?9, 1)
         ON CONFLICT DO UPDATE SET
            lowest = min(lowest, ?9), highest = max(highest, ?9), latest = ?9, quotes = quotes + 1",
    )
    .bind(quote.sandbox)
    .bind(device.device_type.word())
    .bind(&device.brand)
    .bind(model)
    .bind(&device.storage)
    .bind(device.ram.as_deref().unwrap_or_default())
    .bind(&device.condition)
    .bind(quote.quoted_at.in_utc8().date().to_string())
    .bind(price.fen())
    .execute(change)
    .await?;
    Ok(())
}
