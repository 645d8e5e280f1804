//! Searches: results are kept, and all searches together may use only a share of the day's calls.

use domain::{Category, Failure, QuoteForm};
use jiff::SignedDuration;

use crate::house::{House, Settings, phone, request};

fn made(house: &House) -> u64 {
    house.stats().calls.values().sum()
}

#[tokio::test]
async fn what_was_found_once_outlives_the_process() {
    let house = House::open().await;
    assert_eq!(house.desk.known_search("iphone14pro", None).await, None);
    assert_eq!(made(&house), 0);
    let found = house.desk.search("iphone14pro", None).await.unwrap();
    assert_eq!(house.desk.known_search(" iPhone14Pro", None).await.as_ref(), Some(&found));
    house.desk.all_recorded().await;
    house.wait(SignedDuration::from_hours(23));
    let next = house.another_desk(Settings::default()).await;
    assert_eq!(next.search("IPHONE14PRO ", None).await.unwrap(), found);
    assert_eq!(made(&house), 1);

    house.wait(SignedDuration::from_hours(1));
    let next = house.another_desk(Settings::default()).await;
    assert_eq!(next.known_search("iphone14pro", None).await.as_ref(), Some(&found), "without a call");
    assert_eq!(made(&house), 1);
    next.search("iphone14pro", None).await.unwrap();
    assert_eq!(made(&house), 2, "models come and go");
    next.all_recorded().await;
    house.wait(SignedDuration::from_hours(31 * 24));
    let next = house.another_desk(Settings::default()).await;
    assert_eq!(next.known_search("iphone14pro", None).await, None);
    assert_eq!(next.known_search("a&b", None).await, None, "what cannot be asked is not known");
    let week = SignedDuration::from_hours(7 * 24);
    assert!(house.records.purge(house.desk.now(), week).await.unwrap() >= 1);
}

#[tokio::test]
async fn the_models_that_were_asked_for_most_come_first_among_popular_ones() {
    let house = House::open().await;
    let names = async || -> Vec<String> {
        let popular = house.desk.search("", Some(Category::Phone)).await.unwrap();
        popular.iter().map(|item| item.model.clone()).collect()
    };
    let before = names().await;
    let [.., wanted] = &before[..] else { panic!("popular phones") };
    let item = house.desk.search("", Some(Category::Phone)).await.unwrap().last().unwrap().clone();
    let form = QuoteForm { brand: item.brand, storage: item.storages[0].clone(), ..phone(wanted) };
    let form = QuoteForm { ram: item.rams.first().cloned().unwrap_or_default(), ..form };
    house.desk.quote(form.parse().unwrap()).await.unwrap();
    house.desk.all_recorded().await;
    // Counts are read again after ten minutes.
    house.wait(SignedDuration::from_mins(10));
    let after = names().await;
    assert_eq!((&after[0], &after[1..]), (wanted, &before[..before.len() - 1]));
    assert_eq!(house.desk.known_search("", Some(Category::Phone)).await.unwrap()[0].model, *wanted);
    // A week later, that no longer counts. The search itself is made again, since models come and go.
    house.wait(SignedDuration::from_hours(8 * 24));
    assert_ne!(names().await[0], *wanted);
}

#[tokio::test]
async fn searches_have_a_share_of_the_quota_and_prices_go_on_without_it() {
    let settings = Settings { daily_quota: 10, shopper_reserve: 0, search_share: 2, ..Settings::default() };
    let house = House::with(settings.clone()).await;
    for keyword in ["iphone", "xiaomi"] {
        house.desk.search(keyword, None).await.unwrap();
    }
    let resets_at = domain::Moment::from_utc8("2025-12-31T00:00:00".parse().unwrap()).unwrap();
    let used_up = Err(Failure::QuotaExhausted { resets_at });
    assert_eq!(house.desk.search("thinkpad", None).await, used_up);
    assert!(house.desk.search("iphone", None).await.is_ok(), "what is known stays known");
    let state = house.desk.state();
    assert_eq!((state.searches_used, state.search_share, state.quota_used), (2, 2, Some(2)));
    let metrics = house.desk.metrics().unwrap();
    assert!(
        metrics.lines().any(|line| line == "tradein_partner_searches_left{provider=\"aihuishou\"} 0"),
        "{metrics}"
    );
    // The share is counted in the records, so it holds for every process.
    let other = house.another_desk(settings).await;
    assert_eq!(other.search("thinkpad", None).await, used_up);
    for model in ["iPhone 14 Pro", "iPhone 15", "iPhone 13"] {
        house.desk.quote(request(model)).await.unwrap();
    }
    assert_eq!((made(&house), house.quota_used().await), (5, 5));
    house.wait(SignedDuration::from_hours(10));
    assert!(house.desk.search("thinkpad", None).await.is_ok(), "a new day");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_share_is_exact_with_many_at_once() {
    let house = House::with(Settings { search_share: 5, ..Settings::default() }).await;
    let searches = (0..40).map(|number| {
        let desk = house.desk.clone();
        tokio::spawn(async move { desk.search(&format!("iphone {number}"), None).await.is_ok() })
    });
    let mut found = 0;
    for search in searches.collect::<Vec<_>>() {
        found += u32::from(search.await.unwrap());
    }
    assert_eq!((found, made(&house)), (5, 5));
}
