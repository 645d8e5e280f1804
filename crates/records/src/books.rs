//! Checks whether the records are consistent.

use domain::{Price, PriceParts, Quote};

use crate::error::RecordsError;
use crate::records::{Records, on_each};
use crate::table::Value;
use crate::tables::TABLES;

/// How many quotes are read at a time.
const PAGE: i64 = 500;

/// An inconsistency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong, as a sentence without its full stop.
    pub what: &'static str,
    /// How many rows it concerns.
    pub rows: u64,
    /// An example: an id, a row's number or a day.
    pub example: String,
}

impl Records {
    /// Looks for inconsistencies: between prices and their parts, between the day's counts and the attempts
    /// of the day, between what is held back and the advances, between offers and their events, and rows that refer to missing rows. Reads all quotes.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn check_books(&self) -> Result<Vec<Finding>, RecordsError> {
        let mut findings = self.check_quotes().await?;
        let counted = on_each!(self, store => store.count_disagreements().await)?;
        findings
            .extend(counted.into_iter().filter_map(|(what, (rows, example))| finding(what, rows, example)));
        Ok(findings)
    }

    async fn check_quotes(&self) -> Result<Vec<Finding>, RecordsError> {
        let [quotes, ..] = &TABLES;
        let (mut unreadable, mut inconsistent) = ((0, None), (0, None));
        let mut after: Option<Vec<Value>> = None;
        loop {
            let last = after.as_deref();
            let page = on_each!(self, store => store.page(quotes, last, PAGE).await)?;
            for line in &page {
                let [Value::Text(id), _, Value::Text(json), ..] = &line[..] else { continue };
                let doubted = match serde_json::from_str::<Quote>(json) {
                    Ok(quote) if quote.id.as_str() == id => {
                        if agrees(&quote.price) {
                            continue;
                        }
                        &mut inconsistent
                    }
                    _ => &mut unreadable,
                };
                *doubted = (doubted.0 + 1, Some(id.clone()));
            }
            match page.last() {
                Some(line) => after = Some(line[..1].to_vec()),
                None => break,
            }
        }
        let [unread, parts] =
            ["quotes that cannot be read", "prices whose parts are not what they were when quoted"];
        let found =
            [finding(unread, unreadable.0, unreadable.1), finding(parts, inconsistent.0, inconsistent.1)];
        Ok(found.into_iter().flatten().collect())
    }
}

fn finding(what: &'static str, rows: i64, example: Option<String>) -> Option<Finding> {
    (rows > 0).then(|| Finding { what, rows: rows.unsigned_abs(), example: example.unwrap_or_default() })
}

/// Whether a price's derived figures follow from its parts. That the parts do not add up to the price is no
/// inconsistency here: it may be the provider's doing, and the quote says so.
fn agrees(price: &Price) -> bool {
    let told = price.market_coefficient().filter(|_| !price.market_coefficient_estimated());
    let parts = PriceParts {
        base: price.base(),
        condition_discount: price.condition_discount(),
        function_deduction: price.function_deduction(),
        market_coefficient: told,
        final_price: price.final_price(),
    };
    Price::new(parts).consistent() == price.consistent()
}
