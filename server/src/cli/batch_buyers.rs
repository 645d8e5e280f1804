//! What `tradein batch --compare` prints last: the best price of each row, and what the list is worth if each device goes to
//! the best buyer, and if all go to one.

use std::collections::BTreeMap;

use app::Locale;
use app::words::buyers;
use domain::{Moment, ProviderName};
use lists::{BatchId, ComparedRow, ProviderTotal, each_to_best};
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
    let mut rows = 0;
    let print = |ComparedRow { row, .. }: &ComparedRow| {
        if let Some(Ok(quote)) = &row.answer {
            rows += 1;
            if rows <= PRINTED {
                tell(&buyers::best(locale, row.number, quote, &named(labels, &quote.provider)));
            }
        }
    };
    let Some(best) = each_to_best(records, id, now, print).await? else { return Ok(()) };
    if best.rows > PRINTED {
        tell(&buyers::more(locale, best.rows - PRINTED));
    }
    if best.rows > 0 {
        tell(&buyers::best_each(locale, best.rows, best.worth, best.buyers.len()));
    }
    let totals = records.batch_totals(id).await?;
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
