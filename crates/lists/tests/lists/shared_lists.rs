//! Several lists at once: a list does not repeat a call that another list makes, and notices what another
//! process decides.

use std::time::Duration;

use desk::Records;
use jiff::SignedDuration;
use lists::{BatchState, ListError};

use crate::house::{House, Settings, database, phone, until, variant};
use crate::work::{add, answers, codes, run, start};

fn settings(native_batch: bool) -> Settings {
    Settings { sandbox: true, native_batch, ..Settings::default() }
}

#[tokio::test]
async fn a_device_finds_the_partner_out_of_order_three_times_and_no_more() {
    let house = House::with(settings(false)).await;
    let id = add(&house, [phone("iPhone 15"), phone("SANDBOX-DOWN"), phone("iPhone 13")]).await;
    run(&house.desk, id).await;
    assert_eq!(codes(&answers(&house, id).await), ["priced", "partner_unavailable", "priced"]);
    assert_eq!(house.stats().calls.get(&503), Some(&3));
}

#[tokio::test]
async fn lists_that_ask_for_several_at_once_join_each_other() {
    let house = House::with(settings(true)).await;
    house.set(r#"{"latency_ms": 50}"#).await;
    let one = add(&house, (0..80).map(variant)).await;
    let other = add(&house, (20..100).map(variant)).await;
    let again = add(&house, (0..100).map(variant)).await;
    tokio::join!(run(&house.desk, one), run(&house.desk, other), run(&house.desk, again));
    assert_eq!((house.stats().quota_used, house.stats().repeated_devices), (100, 0));
    for id in [one, other, again] {
        assert!(codes(&answers(&house, id).await).iter().all(|code| *code == "priced"));
    }
}

#[tokio::test]
async fn a_list_takes_what_a_shopper_asks_for_at_the_moment() {
    let house = House::with(settings(true)).await;
    house.set(r#"{"latency_ms": 200}"#).await;
    let desk = house.desk.clone();
    let shopper = tokio::spawn(async move { desk.quote(variant(3).parse().unwrap()).await });
    until(async || house.stats().in_flight == 1).await;
    let id = add(&house, (0..5).map(variant)).await;
    run(&house.desk, id).await;
    shopper.await.unwrap().unwrap();
    assert_eq!((house.stats().quota_used, house.stats().repeated_devices), (5, 0));
}

#[tokio::test]
async fn a_call_for_many_spends_nothing_on_a_partner_that_is_down() {
    let house = House::with(settings(true)).await;
    house.set(r#"{"error_rate": 1.0}"#).await;
    let mut number = 1_000;
    while !house.desk.state().breaker_open {
        house.desk.quote(variant(number).parse().unwrap()).await.unwrap_err();
        number += 1;
    }
    let before = house.quota_used().await;
    let id = add(&house, (0..120).map(variant)).await;
    let running = start(&house.desk, id);
    // After each pause of the breaker, one device probes the partner.
    for probes in 1..=4 {
        house.wait(SignedDuration::from_secs(5));
        until(async || house.desk.state().quota_used >= Some(before + probes)).await;
    }
    let spent = house.desk.state().quota_used.unwrap() - before;
    assert!(spent <= 5, "{spent}");
    house.set(r#"{"error_rate": 0.0}"#).await;
    house.wait(SignedDuration::from_secs(5));
    running.task.await.unwrap().unwrap();
    assert_eq!(codes(&answers(&house, id).await), ["priced"; 120]);
    assert!(house.quota_used().await <= before + 5 + 120);
}

#[tokio::test]
async fn a_list_that_another_process_cancels_pauses_or_deletes_ends_within_seconds() {
    for state in [Some(BatchState::Cancelled), Some(BatchState::Paused), None] {
        let house = House::with(settings(false)).await;
        house.set(r#"{"latency_ms": 50}"#).await;
        let id = add(&house, (0..500).map(variant)).await;
        house.records.set_batch_state(id, BatchState::Open).await.unwrap();
        let mut running = start(&house.desk, id);
        running.progress.wait_for(|progress| progress.counts.priced >= 3).await.unwrap();
        let other = Records::open(&database(&house.folder)).await.unwrap();
        match state {
            Some(state) => other.set_batch_state(id, state).await.unwrap(),
            None => other.delete_batch(id).await.unwrap(),
        }
        let ended = tokio::time::timeout(Duration::from_secs(5), running.task).await.unwrap().unwrap();
        match state {
            Some(BatchState::Cancelled) => assert!(matches!(ended, Err(ListError::Cancelled)), "{ended:?}"),
            Some(_) => assert!(ended.is_ok(), "{ended:?}"),
            None => assert!(matches!(ended, Err(ListError::NotFound)), "{ended:?}"),
        }
        assert!(house.stats().quota_used < 300);
    }
}
