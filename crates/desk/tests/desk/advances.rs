//! Instances of which one loses the database while the others keep it: together they never pass the day's quota.

use std::sync::Arc;
use std::time::Duration;

use desk::{Desk, Records, Settings};
use jiff::SignedDuration;
use provider::Capabilities;
use provider::testing::InMemory;
use records::testing::Other;

use crate::house::until;
use crate::places::{FIVE, answers, calm, database, dealer, desk, lists, on_server, shoppers};
use crate::wire::Wire;

const QUOTA: usize = 120;

fn provider() -> Arc<InMemory> {
    dealer(Capabilities { daily_quota: Some(QUOTA as u32), ..FIVE })
}

/// None waits long for the records.
fn settings() -> Settings {
    Settings { count_places_within: Duration::from_millis(500), ..calm() }
}

async fn start(url: &str, provider: &Arc<InMemory>) -> Desk {
    let desk = desk(url, provider, settings(), SignedDuration::ZERO).await;
    let own = desk.clone();
    tokio::spawn(async move { own.keep_in_touch("1", String::new).await });
    desk
}

/// The sum that the database has in a column of the day.
async fn counted(name: &str, columns: &str) -> usize {
    number(name, &format!("SELECT sum({columns}) FROM quota")).await
}

async fn number(name: &str, sql: &str) -> usize {
    let mut other = Other::at(&on_server(name)).await.unwrap();
    usize::try_from(other.number(sql).await.unwrap()).unwrap()
}

fn prices(answers: &[&str]) -> usize {
    answers.iter().filter(|answer| **answer == "price").count()
}

/// Asks at each of the desks until none gives a price.
async fn use_up(desks: &[Desk]) -> usize {
    let mut made = 0;
    loop {
        let given = prices(&answers(shoppers(desks, 5)).await);
        made += given;
        if given == 0 {
            return made;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_three_that_loses_the_database_near_the_end_of_the_quota_makes_no_call_beyond_it() {
    let (provider, name) = (provider(), database().await);
    let wire = Wire::to(&name).await;
    let one = start(&wire.url, &provider).await;
    let others = [start(&on_server(&name), &provider).await, start(&on_server(&name), &provider).await];
    // A twentieth, by the three. The first to start held all of it, until it saw the others.
    until(async || number(&name, "SELECT count(*) FROM advances WHERE calls = 2").await == 3).await;
    assert_eq!(counted(&name, "held").await, 6);
    assert_eq!(answers(shoppers(&others, 50)).await, ["price"; 100]);
    until(async || one.state().quota_held_back == 6 && one.state().quota_used == Some(100)).await;
    wire.cut();
    let alone = shoppers(std::slice::from_ref(&one), 10);
    let background = lists(std::slice::from_ref(&one), 1);
    let of_others = use_up(&others).await;
    let alone = answers(alone).await;
    // It has its own two calls, and the others have the rest.
    assert_eq!((prices(&alone), of_others), (2, 18));
    assert!(alone.iter().all(|answer| ["price", "partner_unavailable"].contains(answer)), "{alone:?}");
    assert_eq!(answers(background).await, ["partner_unavailable"], "what is held back is for shoppers");
    assert_eq!(provider.calls().len(), QUOTA);
    let state = one.state();
    assert_eq!((state.quota_used, state.records_failing), (Some(102), true));

    wire.mend();
    until(async || one.ready().await.is_ok()).await;
    for desk in [&one, &others[0], &others[1]] {
        desk.all_recorded().await;
    }
    assert_eq!((counted(&name, "used - returned").await, counted(&name, "held").await), (QUOTA, 0));
    let told = answers(shoppers(&[one, others[0].clone()], 3)).await;
    assert_eq!((told, provider.calls().len()), (vec!["quota_exhausted"; 6], QUOTA));
    assert!(Records::open(&on_server(&name)).await.unwrap().check_books().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_was_alone_leaves_the_rest_of_the_quota_to_one_that_starts_while_it_is_cut_off() {
    let (provider, name) = (provider(), database().await);
    let wire = Wire::to(&name).await;
    let one = start(&wire.url, &provider).await;
    until(async || one.state().quota_held_back == 6).await;
    wire.cut();
    let alone = answers(shoppers(std::slice::from_ref(&one), 9)).await;
    assert_eq!(prices(&alone), 6);
    let new = start(&on_server(&name), &provider).await;
    assert_eq!(use_up(std::slice::from_ref(&new)).await, QUOTA - 6);
    wire.mend();
    until(async || one.ready().await.is_ok()).await;
    one.all_recorded().await;
    assert_eq!((use_up(&[one, new]).await, provider.calls().len()), (0, QUOTA));
}

#[tokio::test]
async fn one_that_knows_the_count_and_holds_nothing_back_makes_no_call() {
    let (provider, name) = (provider(), database().await);
    let wire = Wire::to(&name).await;
    // It is not in touch with the others yet.
    let desk = desk(&wire.url, &provider, settings(), SignedDuration::ZERO).await;
    assert_eq!(desk.state().quota_used, Some(0));
    wire.cut();
    assert_eq!(answers(shoppers(std::slice::from_ref(&desk), 3)).await, ["partner_unavailable"; 3]);
    assert!(provider.calls().is_empty());
    wire.mend();
    until(async || answers(shoppers(std::slice::from_ref(&desk), 1)).await == ["price"]).await;
}

#[tokio::test]
async fn one_that_stops_gives_back_what_it_holds() {
    let (provider, name) = (provider(), database().await);
    let [one, other] = [start(&on_server(&name), &provider).await, start(&on_server(&name), &provider).await];
    until(async || counted(&name, "held").await == 6).await;
    one.close().await;
    // All can be used by the other one.
    assert_eq!(use_up(std::slice::from_ref(&other)).await, QUOTA);
}

#[tokio::test]
async fn what_is_held_back_is_shown() {
    let (provider, name) = (provider(), database().await);
    let desk = start(&on_server(&name), &provider).await;
    until(async || desk.state().quota_held_back == 6).await;
    let metrics = desk.metrics().unwrap();
    for line in [
        "tradein_partner_quota_held_back{provider=\"dealer\"} 6",
        "tradein_partner_quota_left{provider=\"dealer\"} 120",
    ] {
        assert!(metrics.lines().any(|own| own == line), "{line} is not in\n{metrics}");
    }
    assert_eq!(desk.state().quota_used, Some(0));
}
