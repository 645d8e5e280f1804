//! What a list that compares comes to if each device goes to the buyer with the best price.

use std::collections::BTreeSet;

use domain::{Moment, Money, ProviderName};
use records::{BatchId, Records, RecordsError};

use crate::compared::{ComparedRow, compared_rows};

/// The sum of the best prices of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EachToBest {
    /// How many rows have a price.
    pub rows: u32,
    /// What they come to.
    pub worth: Money,
    /// The buyers with the best prices: one parcel goes to each.
    pub buyers: BTreeSet<ProviderName>,
}

/// The sum of the best prices of a list at `now`; `None` if the list asks one buyer only. Each row is handed to `each`, in
/// their order. The rows are read page by page, so that a long list takes little memory.
///
/// # Errors
/// [`RecordsError`] when the list cannot be read.
pub async fn each_to_best(
    records: &Records,
    id: BatchId,
    now: Moment,
    mut each: impl FnMut(&ComparedRow) + Send,
) -> Result<Option<EachToBest>, RecordsError> {
    let providers = records.batch_providers(id).await?;
    if providers.is_empty() {
        return Ok(None);
    }
    let (mut after, mut sum) = (0, EachToBest::default());
    loop {
        let page = records.batch_rows(id, after).await?;
        let Some(last) = page.last() else { return Ok(Some(sum)) };
        after = last.number;
        for compared in compared_rows(records, id, &providers, page, now).await? {
            each(&compared);
            if let Some(Ok(quote)) = &compared.row.answer {
                sum.rows += 1;
                sum.worth = sum.worth + quote.price.final_price();
                sum.buyers.insert(quote.provider.clone());
            }
        }
    }
}
