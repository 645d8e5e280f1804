//! What `tradein batch --compare` prints last: the best price of each row, and what the list is worth if each device goes to
//! the best buyer, and if all go to one.

use std::collections::{BTreeMap, BTreeSet};

use app::Locale;
use app::words::buyers;
use domain::{Moment, Money, ProviderName};
use lists::{BatchId, ComparedRow, ProviderTotal, compared_rows};
use records::{Records, RecordsError};

use super::output::tell;

/// How many rows are printed; the report has all.
const PRINTED: u32 = 20;

/// Prints it; nothing for a list that asked one buyer only. `labels` are what shoppers read instead of a buyer's name.
///
/// # Errors
/// If the list cannot be read.
pub(super) async fn tell_compared(
    locale: Locale,
    records: &Records,
    id: BatchId,
    labels: &BTreeMap<ProviderName, String>,
    now: Moment,
) -> Result<(), RecordsError> {
    let totals = records.batch_totals(id).await?;
    if totals.is_empty() {
        return Ok(());
    }
    let providers = records.batch_providers(id).await?;
    let (mut after, mut rows, mut worth, mut best) = (0, 0, Money::ZERO, BTreeSet::new());
    loop {
        let page = records.batch_rows(id, after).await?;
        let Some(last) = page.last() else { break };
        after = last.number;
        for row in compared_rows(records, id, &providers, page, now).await? {
            let ComparedRow { row, .. } = &row;
            let Some(Ok(quote)) = &row.answer else { continue };
            rows += 1;
            worth = worth + quote.price.final_price();
            best.insert(quote.provider.clone());
            if rows <= PRINTED {
                tell(&buyers::best(locale, row.number, quote, &named(labels, &quote.provider)));
            }
        }
    }
    if rows > PRINTED {
        tell(&buyers::more(locale, rows - PRINTED));
    }
    if rows > 0 {
        tell(&buyers::best_each(locale, rows, worth, best.len()));
    }
    for ProviderTotal { provider, rows, worth } in totals {
        tell(&buyers::total(locale, &named(labels, &provider), rows, worth));
    }
    Ok(())
}

/// A buyer as people know it, with its name in the settings.
pub(super) fn named(labels: &BTreeMap<ProviderName, String>, provider: &ProviderName) -> String {
    match labels.get(provider) {
        Some(label) if label != provider.as_str() => format!("{label} [{provider}]"),
        _ => provider.to_string(),
    }
}
