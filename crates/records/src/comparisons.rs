//! Comparisons: with which other providers' prices a price was compared.

use domain::{Failure, ProviderName, QuoteId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::RecordsError;
use crate::records::{Records, on_each};

/// With what the best price for a device was compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// The other providers' prices, best first.
    pub alternatives: Vec<QuoteId>,
    /// The providers that gave no price, and why.
    pub refused: Vec<(ProviderName, Failure)>,
}

/// A comparison to record.
#[derive(Clone, Copy, Debug)]
pub struct NewComparison<'a> {
    /// The best price.
    pub quote: &'a QuoteId,
    /// Whose it is.
    pub provider: &'a ProviderName,
    /// In whose page it was asked for; empty for none.
    pub merchant: &'a str,
    /// With what it was compared.
    pub compared: &'a Compared,
    /// When.
    pub at: Timestamp,
}

impl Records {
    /// Records a comparison, in the place of an earlier one of the same price for the same merchant.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn note_comparison(&self, comparison: NewComparison<'_>) -> Result<(), RecordsError> {
        let compared = serde_json::to_string(comparison.compared)?;
        on_each!(self, store => store.note_comparison(comparison, &compared).await)
    }

    /// The latest comparison in which that price was the best one for the merchant; `None` if there was none.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn comparison(
        &self,
        quote: &QuoteId,
        merchant: &str,
    ) -> Result<Option<Compared>, RecordsError> {
        let text = on_each!(self, store => store.comparison(quote, merchant).await)?;
        Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
    }

    /// In how many comparisons after `since` each provider had the best price.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn wins(&self, since: Timestamp) -> Result<Vec<(ProviderName, u64)>, RecordsError> {
        let rows = on_each!(self, store => store.wins(since).await)?;
        let known = |(name, wins): (String, i64)| {
            Some((ProviderName::parse(&name).ok()?, u64::try_from(wins).unwrap_or_default()))
        };
        Ok(rows.into_iter().filter_map(known).collect())
    }
}
