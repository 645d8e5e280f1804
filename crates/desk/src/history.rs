//! The price history, as pages show it: only the prices of providers that are asked.

use jiff::civil::Date;
use provider::ProviderName;
use records::{Model, PriceOfDay, RecordsError};

use crate::desk::Desk;
use crate::desks::Desks;
use crate::selected::Selected;

impl Desks {
    /// The prices of a model since a day at the providers of the settings, the latest day first.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn price_history(
        &self,
        model: Model<'_>,
        since: Date,
    ) -> Result<Vec<PriceOfDay>, RecordsError> {
        self.history_of(&names(self.iter()), model, since).await
    }

    /// At most `most` models with a real price since a day at a provider of the settings, as category, brand and name.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn valued_models(&self, since: Date, most: u32) -> Result<Vec<[String; 3]>, RecordsError> {
        self.common().journal.records().valued_models(&names(self.iter()), since, most).await
    }

    async fn history_of(
        &self,
        providers: &[ProviderName],
        model: Model<'_>,
        since: Date,
    ) -> Result<Vec<PriceOfDay>, RecordsError> {
        let (records, first) = (self.common().journal.records(), self.first());
        let mut history =
            records.price_history(model, first.is_sandbox(), since, &first.provider_name()).await?;
        history.retain(|it| providers.contains(&it.provider));
        Ok(history)
    }
}

impl Selected {
    /// The prices of a model since a day at the providers that the merchant names, the latest day first.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn price_history(
        &self,
        model: Model<'_>,
        since: Date,
    ) -> Result<Vec<PriceOfDay>, RecordsError> {
        self.desks.history_of(&names(self.own.iter()), model, since).await
    }
}

fn names<'a>(desks: impl Iterator<Item = &'a Desk>) -> Vec<ProviderName> {
    desks.map(Desk::provider_name).collect()
}
