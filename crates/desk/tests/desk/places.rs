//! The places at the provider over several instances: never more calls at once than it allows, and the day's
//! quota is never passed.

mod house;
mod without_database;

use std::sync::Arc;
use std::time::Duration;

use desk::{InstanceId, Records, Settings};
use jiff::SignedDuration;
use provider::Capabilities;
use records::testing::Other;
use tokio::sync::Mutex;

use crate::house::until;

use house::*;

async fn three_use_all_places_and_no_more(url: &str) {
    let provider = dealer(FIVE);
    let desks = three(url, &provider, &calm()).await;
    provider.hold(true);
    let asked = shoppers(&desks, 4);
    until(async || provider.at_once() == 5).await;
    provider.hold(false);
    let late = Late::provider(&provider);
    assert_eq!(answers(asked).await, ["price"; 12]);
    assert_eq!(answers(shoppers(&desks, 10)).await, ["price"; 30]);
    assert_eq!((provider.most_at_once(), provider.calls().len()), (5, 42));
    drop(late);
}

#[tokio::test]
async fn three_instances_use_all_places_and_no_more() {
    three_use_all_places_and_no_more(&on_server(&database().await)).await;
}

#[tokio::test]
async fn three_processes_at_one_file_use_all_places_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    three_use_all_places_and_no_more(&crate::house::database(&folder)).await;
}

#[tokio::test]
async fn lists_of_all_instances_leave_one_place_to_shoppers() {
    let (provider, url) = (dealer(FIVE), on_server(&database().await));
    let desks = three(&url, &provider, &calm()).await;
    let late = Late::provider(&provider);
    assert_eq!(answers(lists(&desks, 8)).await, ["price"; 24]);
    assert!(provider.most_at_once() <= 4);
    drop(late);
    provider.hold(true);
    let asked = lists(&desks, 4);
    until(async || provider.at_once() == 4).await;
    let shopper = shoppers(&desks[..1], 1);
    until(async || provider.at_once() == 5).await;
    provider.hold(false);
    assert_eq!(answers(shopper).await, ["price"]);
    assert_eq!(answers(asked).await, ["price"; 12]);
    assert_eq!(provider.most_at_once(), 5);
}

#[tokio::test]
async fn the_days_quota_is_not_passed_by_one_call() {
    let provider = dealer(Capabilities { daily_quota: Some(25), ..FIVE });
    let url = on_server(&database().await);
    let desks = three(&url, &provider, &calm()).await;
    let _late = Late::provider(&provider);
    let mut told = answers(shoppers(&desks, 20)).await;
    told.sort_unstable();
    assert_eq!(told, [["price"; 25].as_slice(), &["quota_exhausted"; 35]].concat());
    assert_eq!(provider.calls().len(), 25);
    for desk in &desks {
        desk.all_recorded().await;
    }
    let mut other = Other::at(&url).await.unwrap();
    assert_eq!(other.number("SELECT sum(used - returned) FROM quota").await.unwrap(), 25);
    assert_eq!(other.number("SELECT count(*) FROM outcomes WHERE outcome = 'ok'").await.unwrap(), 25);
    assert!(Records::open(&url).await.unwrap().check_books().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_call_whose_place_ended_before_it_began_is_not_made() {
    let (provider, url) = (dealer(FIVE), on_server(&database().await));
    let settings = Settings { deadline: Duration::from_millis(1_000), ..calm() };
    let desk = desk(&url, &provider, settings, SignedDuration::ZERO).await;
    assert_eq!(answers(shoppers(std::slice::from_ref(&desk), 1)).await, ["price"]);
    // The instance hangs after it took its place: the count of the attempt is held up.
    let mut other = Other::at(&url).await.unwrap();
    other.run("BEGIN; UPDATE quota SET used = used").await.unwrap();
    let asked = shoppers(std::slice::from_ref(&desk), 1);
    let records = Records::open(&url).await.unwrap();
    until(async || records.places_held("dealer").await.unwrap() == Some(1)).await;
    until(async || records.places_held("dealer").await.unwrap() == Some(0)).await;
    other.run("ROLLBACK").await.unwrap();
    assert_eq!(answers(asked).await, ["partner_unavailable"]);
    let outcomes = "SELECT outcome FROM outcomes ORDER BY attempt";
    until(async || Other::at(&url).await.unwrap().rows(outcomes).await.unwrap().len() == 2).await;
    assert_eq!(other.rows(outcomes).await.unwrap(), [["ok"], ["late"]]);
    assert_eq!(provider.calls().len(), 1);
    assert_eq!(other.number("SELECT sum(used - returned) FROM quota").await.unwrap(), 1);
}

#[tokio::test]
async fn the_places_of_an_instance_that_died_are_free_when_their_leases_end() {
    let (provider, url) = (dealer(FIVE), on_server(&database().await));
    provider.hold(true);
    let records = Records::open(&url).await.unwrap();
    // In a runtime of its own, which ends with all that runs in it.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let (asks, at) = (Arc::clone(&provider), url.clone());
    runtime.spawn(async move {
        let settings = Settings { deadline: Duration::from_secs(2), ..calm() };
        let desk = desk(&at, &asks, settings, SignedDuration::ZERO).await;
        answers(shoppers(&[desk], 5)).await
    });
    until(async || provider.at_once() == 5).await;
    runtime.shutdown_background();
    until(async || provider.at_once() == 0).await;
    assert_eq!(records.places_held("dealer").await.unwrap(), Some(5));
    provider.hold(false);
    let alive = desk(&url, &provider, calm(), SignedDuration::ZERO).await;
    assert_eq!(answers(shoppers(&[alive], 3)).await, ["price"; 3]);
}

#[tokio::test]
async fn a_busy_instance_does_not_keep_all_places_from_another() {
    let (provider, url) = (dealer(FIVE), on_server(&database().await));
    let desks = three_in_touch(&url, &provider).await;
    let _late = Late::provider(&provider);
    let busy = shoppers(&desks[..1], 190);
    until(async || provider.at_once() == 5).await;
    for _ in 0..3 {
        assert_eq!(answers(shoppers(&desks[1..2], 1)).await, ["price"]);
    }
    assert!(busy.iter().any(|asked| !asked.is_finished()), "it is busy yet");
    assert_eq!(answers(busy).await, ["price"; 190]);
    assert_eq!(provider.most_at_once(), 5);
}

#[tokio::test]
async fn an_instance_that_stops_is_not_counted_any_more() {
    let (provider, url) = (dealer(FIVE), on_server(&database().await));
    let desks = three_in_touch(&url, &provider).await;
    let id: InstanceId = desks[2].instance().clone();
    desks[2].close().await;
    let seen = Records::open(&url).await.unwrap().instances().await.unwrap();
    assert!(seen.len() == 2 && seen.iter().all(|seen| seen.instance.id != id));
}

#[tokio::test]
async fn a_fresh_quote_takes_few_statements() {
    let (provider, name) = (dealer(FIVE), database().await);
    let mut admin = admin().await;
    let desk = desk(&on_server(&name), &provider, calm(), SignedDuration::ZERO).await;
    assert_eq!(answers(shoppers(std::slice::from_ref(&desk), 1)).await, ["price"]);
    desk.all_recorded().await;
    let mut other = Other::at(&on_server(&name)).await.unwrap();
    let held = "SELECT count(*) FROM places WHERE holder IS NOT NULL";
    while other.number(held).await.unwrap() > 0 {}
    other.close().await.unwrap();
    // The server writes its log beside its data. Only the sessions of this database log their statements.
    admin.run(&format!("ALTER DATABASE {name} SET log_statement = 'all'")).await.unwrap();
    let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    admin.run(&end).await.unwrap();
    assert_eq!(answers(shoppers(std::slice::from_ref(&desk), 4)).await, ["price"; 4]);
    desk.all_recorded().await;
    // The place, the attempt with its count, its outcome with the place given back, and the quote.
    let logged = "SELECT count(*) FROM regexp_split_to_table(
            pg_read_file(current_setting('data_directory') || '/../log'), '\n') line
        WHERE line ~ 'LOG:  (execute|statement)' AND line !~ 'statement: (BEGIN|COMMIT|SET)'";
    let admin = Mutex::new(admin);
    let count = async || admin.lock().await.number(logged).await.unwrap();
    until(async || count().await >= 4 * 4).await;
    assert_eq!(count().await, 4 * 4);
}
