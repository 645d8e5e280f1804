//! The price history, by day and provider. Each answer that names the model adds to it, and reading it costs no call.

use domain::{ProviderName, Quote, Term};
use jiff::civil::Date;
use sqlx::PgConnection;

use super::store::Store;
use crate::error::RecordsError;
use crate::number::count;
use crate::price::{Model, PriceColumns, PriceOfDay, history, of_a_sound_device};

impl Store {
    /// The prices of a model since a day; see [`PriceOfDay::read`].
    pub(crate) async fn price_history(
        &self,
        model: Model<'_>,
        sandbox: bool,
        since: Date,
        first: &ProviderName,
    ) -> Result<Vec<PriceOfDay>, RecordsError> {
        let rows: Vec<PriceColumns> = sqlx::query_as(concat!(
            "SELECT provider, day, storage, ram, condition, lowest, highest, latest, quotes FROM ",
            history!(),
            " WHERE device_type = $1 AND brand = $2 AND model = $3 AND sandbox = $4 AND day >= $5"
        ))
        .bind(model.device_type.word())
        .bind(model.brand)
        .bind(model.name)
        .bind(i64::from(sandbox))
        .bind(since.to_string())
        .fetch_all(&mut *self.connection().await?)
        .await?;
        Ok(PriceOfDay::read(rows, first))
    }

    /// At most `most` models with a real price of one of the providers since a day: category, brand and name.
    pub(crate) async fn valued_models(
        &self,
        providers: &[ProviderName],
        since: Date,
        most: u32,
    ) -> Result<Vec<[String; 3]>, RecordsError> {
        let names: Vec<_> = providers.iter().map(ProviderName::as_str).collect();
        let rows: Vec<(String, String, String)> = sqlx::query_as(concat!(
            "SELECT DISTINCT device_type, brand, model FROM ",
            history!(),
            " WHERE sandbox = 0 AND day >= $1 AND (provider = '' OR provider = ANY($2)) LIMIT $3"
        ))
        .bind(since.to_string())
        .bind(names)
        .bind(i64::from(most))
        .fetch_all(&mut *self.connection().await?)
        .await?;
        Ok(rows.into_iter().map(|(category, brand, model)| [category, brand, model]).collect())
    }

    /// How many answers of a provider each model had since a day: category, brand and name.
    pub(crate) async fn answers_by_model(
        &self,
        provider: &ProviderName,
        sandbox: bool,
        since: Date,
    ) -> Result<Vec<([String; 3], u32)>, RecordsError> {
        let rows: Vec<(String, String, String, i64)> = sqlx::query_as(concat!(
            "SELECT device_type, brand, model, sum(quotes)::bigint FROM ",
            history!(),
            " WHERE sandbox = $1 AND day >= $2 AND provider IN ('', $3) GROUP BY device_type, brand, model"
        ))
        .bind(i64::from(sandbox))
        .bind(since.to_string())
        .bind(provider.as_str())
        .fetch_all(&mut *self.connection().await?)
        .await?;
        Ok(rows
            .into_iter()
            .map(|(category, brand, model, answers)| ([category, brand, model], count(answers)))
            .collect())
    }
}

/// Adds a quote to the history, if it is for a device without faults. `model` is the name in the provider's
/// answer.
pub(super) async fn add(change: &mut PgConnection, quote: &Quote, model: &str) -> Result<(), sqlx::Error> {
    let Some(price) = of_a_sound_device(quote) else { return Ok(()) };
    let device = &quote.device;
    sqlx::query(
        "INSERT INTO prices_by_provider AS p VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $10, 1)
         ON CONFLICT (device_type, brand, model, sandbox, day, storage, ram, condition, provider) DO UPDATE SET
            lowest = least(p.lowest, $10), highest = greatest(p.highest, $10), latest = $10,
            quotes = p.quotes + 1",
    )
    .bind(device.device_type.word())
    .bind(&device.brand)
    .bind(model)
    .bind(i64::from(quote.sandbox))
    .bind(quote.quoted_at.in_utc8().date().to_string())
    .bind(&device.storage)
    .bind(device.ram.as_deref().unwrap_or_default())
    .bind(&device.condition)
    .bind(quote.provider.as_str())
    .bind(price.fen())
    .execute(change)
    .await?;
    Ok(())
}
