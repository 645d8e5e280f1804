//! What devices were worth, day by day: every answer that names the model
//! adds to it, and reading it asks nobody.

use domain::{Category, FunctionStatus, Money, Quote, RepairKind, Term};
use jiff::civil::Date;
use sqlx::SqliteConnection;

use crate::records::{Records, RecordsError};

/// What a model in one variant and grade, with no fault and no repair, was worth on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceOfDay {
    /// The day, in UTC+8.
    pub day: Date,
    /// The storage.
    pub storage: String,
    /// The memory, where it was asked for.
    pub ram: Option<String>,
    /// The grade's word.
    pub condition: String,
    /// The lowest price of the day.
    pub lowest: Money,
    /// The highest price of the day.
    pub highest: Money,
    /// The last price of the day.
    pub latest: Money,
    /// How many answers that is from.
    pub quotes: u32,
}

/// Which model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Model<'a> {
    /// What kind of device.
    pub device_type: Category,
    /// The brand.
    pub brand: &'a str,
    /// The model's name, as the partner knows it.
    pub name: &'a str,
}

impl Records {
    /// What a model was worth since a day, the latest day first; nothing where nobody asked.
    /// Prices of a sandbox are never told with real ones.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn price_history(
        &self,
        model: Model<'_>,
        sandbox: bool,
        since: Date,
    ) -> Result<Vec<PriceOfDay>, RecordsError> {
        type Columns = (String, String, String, String, i64, i64, i64, u32);
        let rows: Vec<Columns> = sqlx::query_as(
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
        let point = |(day, storage, ram, condition, lowest, highest, latest, quotes): Columns| {
            Some(PriceOfDay {
                // Written by us; what is none tells nothing.
                day: day.parse().ok()?,
                storage,
                ram: Some(ram).filter(|ram| !ram.is_empty()),
                condition,
                lowest: Money::from_fen(lowest),
                highest: Money::from_fen(highest),
                latest: Money::from_fen(latest),
                quotes,
            })
        };
        Ok(rows.into_iter().filter_map(point).collect())
    }

    /// The models of which a real price is known since a day, as category, brand and name; at
    /// most `most` of them.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn valued_models(&self, since: Date, most: u32) -> Result<Vec<[String; 3]>, RecordsError> {
        let rows: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT DISTINCT device_type, brand, model FROM prices WHERE sandbox = 0 AND day >= ? LIMIT ?",
        )
        .bind(since.to_string())
        .bind(most)
        .fetch_all(&self.pool().await?)
        .await?;
        Ok(rows.into_iter().map(|(category, brand, model)| [category, brand, model]).collect())
    }
}

/// Adds an answer to the history, if it says what a sound device is worth; under `model`, the name
/// that the partner answered with.
pub(crate) async fn add(
    change: &mut SqliteConnection,
    quote: &Quote,
    model: &str,
) -> Result<(), sqlx::Error> {
    let device = &quote.device;
    let repaired = device.repair_history.as_deref().is_some_and(|text| text != RepairKind::None.word());
    let price = quote.price.final_price();
    if device.function_status != FunctionStatus::NORMAL || repaired || price <= Money::ZERO {
        return Ok(());
    }
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
