//! The price history: what devices were worth, day by day.

use desk::{Model, PriceOfDay};
use domain::{Category, QuoteForm};
use jiff::SignedDuration;
use jiff::civil::{Date, date};

use crate::house::{House, Settings, phone, request};

const MODEL: Model<'_> = Model { device_type: Category::Phone, brand: "苹果", name: "iPhone 14 Pro" };

async fn history(house: &House, since: Date) -> Vec<PriceOfDay> {
    desk::Desks::from(&house.desk).price_history(MODEL, since).await.unwrap()
}

#[tokio::test]
async fn every_answer_of_a_sound_device_adds_to_its_day() {
    let house = House::with(Settings { sandbox: true, ..Settings::default() }).await;
    let good = QuoteForm { condition: "八成新".into(), ..phone("iPhone 14 Pro") };
    let broken = QuoteForm { function_status: "屏幕损坏".into(), ..phone("iPhone 14 Pro") };
    let repaired = QuoteForm { repair_history: "换电池".into(), ..phone("iPhone 14 Pro") };
    let mut prices = Vec::new();
    for form in [phone("iPhone 14 Pro"), good, broken, repaired, phone("iPhone 14")] {
        prices.push(house.desk.quote(form.parse().unwrap()).await.unwrap().price.final_price());
    }
    let told = history(&house, date(2025, 12, 30)).await;
    let told: Vec<_> = told.iter().map(|it| (it.condition.as_str(), it.latest, it.quotes, it.day)).collect();
    let today = date(2025, 12, 30);
    assert_eq!(told, [("九成新", prices[0], 1, today), ("八成新", prices[1], 1, today)]);

    // An answer from the cache adds nothing to the history; a price of the next price window does.
    house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    house.wait(SignedDuration::from_mins(10));
    let later = house.desk.quote(request("iPhone 14 Pro")).await.unwrap().price.final_price();
    let told = history(&house, today).await;
    assert_eq!((told[0].quotes, told[0].latest), (2, later));
    assert_eq!((told[0].lowest, told[0].highest), (later.min(prices[0]), later.max(prices[0])));

    house.wait(SignedDuration::from_hours(24));
    house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert_eq!(history(&house, today).await.len(), 3);
    assert_eq!(history(&house, date(2025, 12, 31)).await.len(), 1);
    assert!(
        house
            .records
            .price_history(MODEL, false, today, &house.desk.provider_name())
            .await
            .unwrap()
            .is_empty(),
        "none is real"
    );
}

#[tokio::test]
async fn quotes_of_before_are_in_the_history_too() {
    let house = House::open().await;
    house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    house.wait(SignedDuration::from_mins(10));
    house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    let told = history(&house, date(2025, 12, 1)).await;
    // As in a database from before there was a history.
    let mut other = house.other().await;
    other.run("DELETE FROM prices_by_provider").await.unwrap();
    let migration = include_str!("../../../records/migrations/sqlite/0005_prices.sql");
    let backfill = &migration[migration.find("INSERT INTO prices").unwrap()..];
    other.run(backfill).await.unwrap();
    assert_eq!(history(&house, date(2025, 12, 1)).await, told);
}
