//! The price history of several providers, and what servers of the version before add to it.

use domain::{Category, Money, ProviderName, Quote};
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use records::testing::migrate_to;
use records::{Entry, Model, PriceOfDay, Records};

use crate::place::{Place, on_both};
use crate::things::{at, quote, quoted};

on_both!(
    each_provider_has_days_of_its_own,
    days_from_before_the_providers_are_those_of_the_first,
    a_day_that_servers_of_two_versions_wrote_is_one_day,
    days_of_all_providers_go_when_their_time_is_over,
);

const MODEL: Model<'_> = Model { device_type: Category::Phone, brand: "苹果", name: "iPhone 14 Pro" };
const TODAY: Date = date(2025, 12, 30);
/// A row as servers of the version before write it: lowest, highest and last price, and how many answers.
const BEFORE: &str = "INSERT INTO prices VALUES (0, '手机', '苹果', 'iPhone 14 Pro', '256GB', '', '九成新', \
                      '2025-12-30', 380000, 410000, 390000, 3)";

fn name(text: &str) -> ProviderName {
    ProviderName::parse(text).unwrap()
}

/// An answer of that provider.
fn by(provider: &str, id: u128, yuan: i64, seconds: i64) -> Entry {
    let quote =
        Quote { provider: name(provider), ..Quote::clone(&quote(id, "iPhone 14 Pro", yuan, seconds)) };
    quoted(1, &quote.into())
}

async fn history(records: &Records, first: &str) -> Vec<PriceOfDay> {
    records.price_history(MODEL, false, date(2025, 12, 1), &name(first)).await.unwrap()
}

/// Whose days they are, with the lowest, the highest and the last price in yuan, and how many answers.
fn told(days: &[PriceOfDay]) -> Vec<(&str, i64, i64, i64, u32)> {
    let yuan = |amount: Money| amount.fen() / 100;
    let told = |it: &PriceOfDay| (yuan(it.lowest), yuan(it.highest), yuan(it.latest), it.quotes);
    days.iter()
        .map(|it| {
            let (lowest, highest, latest, quotes) = told(it);
            (it.provider.as_str(), lowest, highest, latest, quotes)
        })
        .collect()
}

async fn answers(records: &Records, provider: &str) -> Vec<u32> {
    let answers = records.answers_by_model(&name(provider), false, TODAY).await.unwrap();
    answers.into_iter().map(|(_, answers)| answers).collect()
}

async fn each_provider_has_days_of_its_own(place: Place) {
    let records = place.records().await;
    let entries = [
        by("main", 1, 4_000, 0),
        by("own", 2, 4_500, 10),
        by("main", 3, 4_200, 60),
        by("main", 4, 3_900, 86_400),
    ];
    records.write(&entries).await.unwrap();
    let days = history(&records, "main").await;
    assert_eq!(
        told(&days),
        [("main", 3_900, 3_900, 3_900, 1), ("main", 4_000, 4_200, 4_200, 2), ("own", 4_500, 4_500, 4_500, 1)]
    );
    assert_eq!(days.iter().map(|it| it.day).collect::<Vec<_>>(), [date(2025, 12, 31), TODAY, TODAY]);
    // Demand is counted for each, so that a comparison does not count as several questions.
    assert_eq!((answers(&records, "main").await, answers(&records, "own").await), (vec![3], vec![1]));
    assert!(answers(&records, "third").await.is_empty());
    let models =
        async |providers: &[ProviderName]| records.valued_models(providers, TODAY, 10).await.unwrap().len();
    assert_eq!(models(&[name("main"), name("own")]).await, 1, "a model of two providers is one model");
    assert_eq!(models(&[name("third")]).await, 0, "of a provider that is not in the settings");
}

/// A database as a server of the version before left it.
async fn of_before(place: &Place) -> Records {
    if let Some(path) = place.url.strip_prefix("sqlite://") {
        std::fs::create_dir_all(std::path::Path::new(path).parent().unwrap()).unwrap();
    }
    migrate_to(&place.url, 20).await.unwrap();
    place.other().await.run(BEFORE).await.unwrap();
    place.records().await
}

async fn days_from_before_the_providers_are_those_of_the_first(place: Place) {
    let records = of_before(&place).await;
    for first in ["main", "own"] {
        assert_eq!(told(&history(&records, first).await), [(first, 3_800, 4_100, 3_900, 3)]);
    }
    assert_eq!(records.valued_models(&[name("main")], TODAY, 10).await.unwrap().len(), 1);
    assert_eq!(answers(&records, "main").await, [3]);
}

async fn a_day_that_servers_of_two_versions_wrote_is_one_day(place: Place) {
    let records = of_before(&place).await;
    records.write(&[by("main", 1, 4_200, 0), by("own", 2, 4_500, 0)]).await.unwrap();
    // The older server goes on meanwhile.
    let again = "UPDATE prices SET lowest = 370000, latest = 370000, quotes = 4";
    place.other().await.run(again).await.unwrap();
    let days = history(&records, "main").await;
    assert_eq!(told(&days), [("main", 3_700, 4_200, 4_200, 5), ("own", 4_500, 4_500, 4_500, 1)]);
    assert_eq!(answers(&records, "main").await, [5]);
}

async fn days_of_all_providers_go_when_their_time_is_over(place: Place) {
    let records = of_before(&place).await;
    let days = [by("main", 1, 4_200, 0), by("own", 2, 4_500, 0)];
    records.write(&days).await.unwrap();
    let (week, day) = (SignedDuration::from_hours(7 * 24), 86_400);
    assert_eq!(records.purge(at(8 * day), week).await.unwrap(), 2, "the quotes");
    assert_eq!(records.purge(at(89 * day), week).await.unwrap(), 0);
    assert_eq!(records.purge(at(92 * day), week).await.unwrap(), 3);
    assert!(history(&records, "main").await.is_empty());
}
