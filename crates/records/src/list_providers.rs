//! A list that asks several providers: which, and what the further ones answered. The first is the main one, whose
//! results are those of [`Records::settle`] and [`Records::batch_rows`].

use std::sync::Arc;

use domain::{Failure, Money, ProviderName, Quote, QuoteId};

use crate::error::RecordsError;
use crate::list::{Batch, BatchId, OpenDevice, ProviderCounts};
use crate::list_lease::ListLease;
use crate::number::count;
use crate::records::{Records, on_each};

/// What a further provider answered for a row of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The row's number in the file.
    pub number: u32,
    /// The provider.
    pub provider: ProviderName,
    /// Its answer.
    pub answer: Result<Arc<Quote>, Failure>,
}

/// What a provider pays for a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderTotal {
    /// The provider.
    pub provider: ProviderName,
    /// How many rows have a price there.
    pub rows: u32,
    /// The sum of their prices.
    pub worth: Money,
}

impl Records {
    /// Keeps with a list that it asks `providers`, the main one first. A list that knows its providers already keeps
    /// those.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn set_batch_providers(
        &self,
        id: BatchId,
        providers: &[ProviderName],
    ) -> Result<(), RecordsError> {
        on_each!(self, store => store.set_batch_providers(id, providers).await)
    }

    /// The providers that a list asks, the main one first; none if it asks one only.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn batch_providers(&self, id: BatchId) -> Result<Vec<ProviderName>, RecordsError> {
        let names = on_each!(self, store => store.batch_providers(id).await)?;
        Ok(names.iter().filter_map(|name| ProviderName::parse(name).ok()).collect())
    }

    /// The devices without a result of a further provider, as [`Self::open_devices`].
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn open_devices_of(
        &self,
        id: BatchId,
        provider: &ProviderName,
    ) -> Result<Vec<OpenDevice>, RecordsError> {
        on_each!(self, store => store.open_devices_of(id, provider).await)
    }

    /// Records the result of a further provider for a device, as [`Self::settle`].
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn settle_alternative(
        &self,
        lease: &ListLease,
        provider: &ProviderName,
        device: u32,
        answer: &Result<QuoteId, Failure>,
    ) -> Result<bool, RecordsError> {
        on_each!(self, store => store.settle_alternative(lease, provider, device, answer).await)
    }

    /// Records that a further provider has no price for all devices that have no result of it, for the same reason.
    /// Returns how many these were; none if the lease is not the latest. A device whose quote was lost before it could
    /// be written has a result here.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn give_up_alternatives(
        &self,
        lease: &ListLease,
        provider: &ProviderName,
        failure: &Failure,
    ) -> Result<u32, RecordsError> {
        let given_up = on_each!(self, store => store.give_up_alternatives(lease, provider, failure).await)?;
        Ok(u32::try_from(given_up).unwrap_or(u32::MAX))
    }

    /// The results of a list's further providers, for the rows after the number `after` up to the number `to`, in the
    /// order of the rows. A device without a result yet is left out.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn batch_alternatives(
        &self,
        id: BatchId,
        after: u32,
        to: u32,
    ) -> Result<Vec<Alternative>, RecordsError> {
        let rows = on_each!(self, store => store.batch_alternatives(id, after, to).await)?;
        let read = |(number, provider, failure, quote): AlternativeColumns| {
            let answer = match (failure, quote) {
                (Some(failure), _) => Err(serde_json::from_str(&failure)?),
                (None, Some(quote)) => Ok(Arc::new(serde_json::from_str(&quote)?)),
                (None, None) => return Ok(None),
            };
            let provider = ProviderName::parse(&provider).ok();
            Ok(provider.map(|provider| Alternative { number: count(number), provider, answer }))
        };
        rows.into_iter().filter_map(|row| read(row).transpose()).collect()
    }

    /// What each provider of a list pays for it, in their order; none if it asks one only.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn batch_totals(&self, id: BatchId) -> Result<Vec<ProviderTotal>, RecordsError> {
        let rows = on_each!(self, store => store.batch_totals(id).await)?;
        let read = |(provider, rows, fen): (String, i64, i64)| {
            let provider = ProviderName::parse(&provider).ok()?;
            Some(ProviderTotal { provider, rows: count(rows), worth: Money::from_fen(fen) })
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }
}

/// Columns of an [`Alternative`]: the row, the provider, why it has no price there, and its quote.
pub(crate) type AlternativeColumns = (i64, String, Option<String>, Option<String>);

/// Columns of [`ProviderCounts`]: the list, the provider, and how many devices have a price or none.
pub(crate) type ProviderColumns = (i64, String, i64, i64);

/// Adds to lists how far each of their providers has come. `rows` has the providers in their order. What it says of the
/// main one is in the lists' own counts.
pub(crate) fn with_providers(mut lists: Vec<Batch>, rows: Vec<ProviderColumns>) -> Vec<Batch> {
    for (id, provider, priced, failed) in rows {
        let list = lists.iter_mut().find(|list| list.id.0 == id);
        if let (Some(list), Ok(provider)) = (list, ProviderName::parse(&provider)) {
            let (priced, failed) = match list.providers.is_empty() {
                true => (list.counts.priced, list.counts.failed),
                false => (count(priced), count(failed)),
            };
            list.providers.push(ProviderCounts { provider, priced, failed });
        }
    }
    lists
}
