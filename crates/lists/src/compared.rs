//! Rows with the answers of several providers, and the best price of each.

use std::sync::Arc;

use domain::{Comparison, Failure, Moment, ProviderName, Quote, RefusedBy};
use records::{Alternative, BatchId, BatchRow, Records, RecordsError};

/// Rows with numbers that differ by less are read together.
const NEARBY: u32 = 50;

/// What a provider said about a row; `None` if nothing yet.
pub(crate) type Said = Option<Result<Arc<Quote>, Failure>>;

/// A row whose answer is the best one, with the answers of all providers.
#[derive(Clone, Debug)]
pub struct ComparedRow {
    /// The row. Its answer is the best price; without one, that of the main provider, unless another one is still to
    /// answer.
    pub row: BatchRow,
    /// The answer of each provider, the main one first; empty if the list asks one only.
    pub providers: Vec<(ProviderName, Said)>,
}

/// Adds to rows of a list what its further providers answered. `providers` are those of the list, the main one first. The
/// best price is chosen by [`Comparison::rank`] at `now`.
///
/// # Errors
/// [`RecordsError`] when the answers cannot be read.
pub async fn compared_rows(
    records: &Records,
    id: BatchId,
    providers: &[ProviderName],
    rows: Vec<BatchRow>,
    now: Moment,
) -> Result<Vec<ComparedRow>, RecordsError> {
    if providers.is_empty() {
        return Ok(rows.into_iter().map(|row| ComparedRow { row, providers: Vec::new() }).collect());
    }
    let mut numbers: Vec<_> = rows.iter().map(|row| row.number).collect();
    numbers.sort_unstable();
    let mut found = Vec::new();
    // Rows that follow each other are read at once; rows sorted by price may be anywhere in the list.
    for part in numbers.chunk_by(|one, next| next - one < NEARBY) {
        if let [first, ..] = part {
            let last = part.last().unwrap_or(first);
            found.extend(records.batch_alternatives(id, first.saturating_sub(1), *last).await?);
        }
    }
    let of_row = |row: BatchRow| {
        let after = found.partition_point(|it| it.number < row.number);
        let own: Vec<_> = found[after..].iter().take_while(|it| it.number == row.number).collect();
        compared(row, providers, &own, now)
    };
    Ok(rows.into_iter().map(of_row).collect())
}

fn compared(row: BatchRow, providers: &[ProviderName], found: &[&Alternative], now: Moment) -> ComparedRow {
    // The main provider may have been another one when the list was taken over.
    let main = match &row.answer {
        Some(Ok(quote)) => Some(&quote.provider),
        _ => providers.first(),
    };
    let said = |provider: &ProviderName| {
        if Some(provider) == main {
            return row.answer.clone();
        }
        found.iter().find(|it| it.provider == *provider).map(|it| it.answer.clone())
    };
    // A row that is no device is not asked for anywhere.
    let is_device = !matches!(row.answer, Some(Err(Failure::InvalidInput { .. })));
    let said: Vec<(ProviderName, Said)> =
        providers.iter().map(|it| (it.clone(), if is_device { said(it) } else { None })).collect();
    let mut quotes = Vec::with_capacity(said.len());
    let mut refused = Vec::new();
    for (provider, said) in &said {
        match said {
            Some(Ok(quote)) => quotes.push(Arc::clone(quote)),
            Some(Err(failure)) => {
                refused.push(RefusedBy { provider: provider.clone(), failure: failure.clone() })
            }
            None => {}
        }
    }
    let is_open = is_device && quotes.len() + refused.len() < said.len();
    let answer = match Comparison::rank(quotes, refused, now) {
        Some(Comparison { best, .. }) => Some(Ok(best)),
        None if is_open => None,
        None => row.answer,
    };
    ComparedRow { row: BatchRow { answer, ..row }, providers: said }
}

#[cfg(test)]
mod tests;
