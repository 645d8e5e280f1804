//! The desk with its records in PostgreSQL.

use std::sync::atomic::{AtomicU32, Ordering};

use desk::Desk;
use domain::{QuoteForm, Source};
use jiff::SignedDuration;
use records::testing::{Other, Server};

use crate::house::{House, Settings, phone, request, until};

/// A desk on a database of its own, and the database's name. The database is created first if `exists`.
async fn house(exists: bool, settings: Settings) -> (House, String) {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("desk_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    if exists {
        make(&name).await;
    }
    let url = Server::of_these_tests().url(&name);
    (House::at(&url, tempfile::tempdir().unwrap(), settings).await, name)
}

async fn make(name: &str) {
    let mut admin = Other::at(&Server::of_these_tests().url("postgres")).await.unwrap();
    admin.run(&format!("CREATE DATABASE {name}")).await.unwrap();
}

async fn ask(desk: &Desk, fault: &str) -> &'static str {
    let form = QuoteForm { function_status: fault.into(), ..phone("iPhone 14 Pro") };
    match desk.quote(form.parse().unwrap()).await {
        Ok(_) => "price",
        Err(failure) => failure.code(),
    }
}

#[tokio::test]
async fn two_desks_never_pass_the_quota_that_they_share() {
    let six = Settings { daily_quota: 6, shopper_reserve: 0, search_share: 0, ..Settings::default() };
    let (house, _) = house(true, six.clone()).await;
    let other = house.another_desk(six).await;
    let mut asking = Vec::new();
    for number in 0..10 {
        let desk = if number % 2 == 0 { house.desk.clone() } else { other.clone() };
        asking.push(tokio::spawn(async move { ask(&desk, &format!("按键{number}失灵")).await }));
    }
    let mut told = Vec::new();
    for one in asking {
        told.push(one.await.unwrap());
    }
    told.sort_unstable();
    assert_eq!(told, [["price"; 6].as_slice(), &["quota_exhausted"; 4]].concat());
    assert_eq!((house.stats().quota_used, house.quota_used().await), (6, 6));
    house.desk.all_recorded().await;
    other.all_recorded().await;
    assert_eq!(house.attempts().await, ["ok"; 6]);
    assert!(house.records.check_books().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_quote_that_another_desk_has_just_given_is_found() {
    let (house, _) = house(true, Settings::default()).await;
    let other = house.another_desk(Settings::default()).await;
    for number in 0..3 {
        let form = QuoteForm { function_status: format!("按键{number}失灵"), ..phone("iPhone 14 Pro") };
        let quote = house.desk.quote(form.parse().unwrap()).await.unwrap();
        // It is written some milliseconds later.
        assert_eq!(other.recall(&quote.id).await.unwrap().id, quote.id);
    }
    let unknown = other.recall(&domain::QuoteId::from_random(9)).await;
    assert_eq!(unknown.unwrap_err().code(), "not_found");
}

#[tokio::test]
async fn a_price_needs_no_database_and_is_recorded_once_there_is_one() {
    let (house, name) = house(false, Settings { sandbox: true, ..Settings::default() }).await;
    let quote = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert_eq!(house.desk.recall(&quote.id).await.unwrap(), quote);
    assert_eq!(house.desk.ready().await.unwrap_err().cause(), "no_database");
    make(&name).await;
    until(async || house.desk.ready().await.is_ok()).await;
    house.desk.all_recorded().await;
    assert_eq!(house.records.quote(&quote.id).await.unwrap().as_ref(), Some(&*quote));
    assert_eq!(house.attempts().await, ["ok"]);
}

#[tokio::test]
async fn without_the_count_of_a_real_account_no_call_is_made_until_it_can_be_read() {
    let (house, name) = house(false, Settings::default()).await;
    assert_eq!(ask(&house.desk, "按键失灵").await, "partner_unavailable");
    assert_eq!(house.stats().quota_used, 0);
    make(&name).await;
    until(async || house.desk.ready().await.is_ok()).await;
    assert_eq!(ask(&house.desk, "按键失灵").await, "price");
}

#[tokio::test]
async fn an_older_price_stands_in() {
    let (house, _) = house(true, Settings { sandbox: true, ..Settings::default() }).await;
    let first = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    house.wait(SignedDuration::from_mins(11));
    house.set(r#"{"error_rate": 1.0, "error_status": 503}"#).await;
    let stale = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert_eq!((stale.source, stale.price.final_price()), (Source::Stale, first.price.final_price()));
}
