//! With which other providers' prices a price was compared, and who had the best ones.

use domain::{Failure, ProviderName, QuoteId};
use jiff::SignedDuration;
use records::{Compared, NewComparison, Records};

use crate::place::{Place, on_both};
use crate::things::at;

on_both!(
    a_comparison_is_known_for_its_merchant_alone,
    a_later_comparison_takes_the_place_of_an_earlier_one,
    the_best_prices_are_counted_for_each_provider,
    comparisons_are_kept_as_long_as_quotes,
);

fn name(text: &str) -> ProviderName {
    ProviderName::parse(text).unwrap()
}

fn compared(with: &[u128]) -> Compared {
    Compared {
        alternatives: with.iter().map(|id| QuoteId::from_random(*id)).collect(),
        refused: vec![(name("third"), Failure::ModelUnknown)],
    }
}

async fn note(records: &Records, quote: u128, of: &str, merchant: &str, with: &[u128], seconds: i64) {
    let comparison = NewComparison {
        quote: &QuoteId::from_random(quote),
        provider: &name(of),
        merchant,
        compared: &compared(with),
        at: at(seconds),
    };
    records.note_comparison(comparison).await.unwrap();
}

async fn a_comparison_is_known_for_its_merchant_alone(place: Place) {
    let records = place.records().await;
    note(&records, 1, "main", "shop", &[2, 3], 0).await;
    records.close().await;
    let again = place.records().await;
    let id = QuoteId::from_random(1);
    assert_eq!(again.comparison(&id, "shop").await.unwrap(), Some(compared(&[2, 3])));
    assert_eq!(again.comparison(&id, "other").await.unwrap(), None);
    assert_eq!(again.comparison(&QuoteId::from_random(2), "shop").await.unwrap(), None);
}

async fn a_later_comparison_takes_the_place_of_an_earlier_one(place: Place) {
    let records = place.records().await;
    note(&records, 1, "main", "shop", &[2], 0).await;
    note(&records, 1, "main", "shop", &[2, 3], 5).await;
    let known = records.comparison(&QuoteId::from_random(1), "shop").await.unwrap();
    assert_eq!(known, Some(compared(&[2, 3])));
}

async fn the_best_prices_are_counted_for_each_provider(place: Place) {
    let records = place.records().await;
    for (quote, of, seconds) in [(1, "main", -1), (2, "main", 1), (3, "own", 2), (4, "own", 3)] {
        note(&records, quote, of, "shop", &[], seconds).await;
    }
    assert_eq!(records.wins(at(0)).await.unwrap(), [(name("main"), 1), (name("own"), 2)]);
}

async fn comparisons_are_kept_as_long_as_quotes(place: Place) {
    let records = place.records().await;
    let day = 86_400;
    note(&records, 1, "main", "shop", &[], 0).await;
    note(&records, 2, "main", "shop", &[], 2 * day).await;
    records.purge(at(3 * day), SignedDuration::from_hours(48)).await.unwrap();
    assert_eq!(records.comparison(&QuoteId::from_random(1), "shop").await.unwrap(), None);
    assert!(records.comparison(&QuoteId::from_random(2), "shop").await.unwrap().is_some());
}
