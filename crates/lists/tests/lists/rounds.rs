//! A list asks for each different device once, leaves shoppers their calls, and continues after failures.

use std::sync::Arc;

use domain::QuoteForm;
use jiff::SignedDuration;
use lists::{BatchState, Counts, ListError, Phase, Progress};

use crate::house::{House, NOON, Settings, phone, until, variant};
use crate::work::{add, answers, codes, run, start};

fn settings() -> Settings {
    Settings { sandbox: true, ..Settings::default() }
}

#[tokio::test]
async fn each_different_device_is_asked_for_once_and_bad_rows_do_not_stop_the_others() {
    let house = House::with(settings()).await;
    let bad = QuoteForm { condition: "很新".into(), ..phone("iPhone 14 Pro") };
    let id = add(&house, [phone("iPhone 14 Pro"), bad, phone("iPhone 14"), phone("iPhone 14 Pro")]).await;
    run(&house.desk, id).await;
    let rows = answers(&house, id).await;
    assert_eq!(codes(&rows), ["priced", "invalid_input", "priced", "priced"]);
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 3, 4, 5]);
    let price = |row: usize| rows[row].answer.as_ref().unwrap().as_ref().unwrap().id.clone();
    assert_eq!(price(0), price(3));
    assert_eq!(house.stats().quota_used, 2);
    let batch = house.records.batch(id).await.unwrap().unwrap();
    assert_eq!((batch.state, batch.name.as_str()), (BatchState::Done, "list.xlsx"));
    assert_eq!(
        batch.counts,
        Counts { rows: 4, bad_rows: 1, waiting_rows: 0, devices: 2, priced: 2, failed: 0 }
    );

    // The same list again: all its prices are in the cache.
    let again = add(&house, [phone("iPhone 14 Pro"), phone("iPhone 14")]).await;
    run(&house.desk, again).await;
    assert_eq!((codes(&answers(&house, again).await), house.stats().quota_used), (vec!["priced"; 2], 2));
}

#[tokio::test]
async fn a_fault_in_the_middle_of_a_list_is_its_devices_own() {
    let house = House::with(settings()).await;
    let models = [
        "iPhone 14",
        "SANDBOX-UNKNOWN",
        "SANDBOX-QUOTA",
        "iPhone 14 Pro",
        "SANDBOX-PERMISSION",
        "SANDBOX-DOWN",
        "SANDBOX-GARBLED",
        "SANDBOX-ZERO",
        "SANDBOX-NO-COEFFICIENT",
        "SANDBOX-EXPIRING",
        "iPhone 13",
    ];
    let mut forms: Vec<_> = models.into_iter().map(phone).collect();
    forms.extend((0..20).map(variant));
    let id = add(&house, forms).await;
    run(&house.desk, id).await;
    let rows = answers(&house, id).await;
    let expected = [
        "priced",
        "model_unknown",
        "quota_exhausted",
        "priced",
        "partner_refused",
        "partner_unavailable",
        "partner_unavailable",
        "zero",
        "priced",
        "priced",
        "priced",
    ];
    assert_eq!(codes(&rows)[..11], expected);
    assert!(codes(&rows)[11..].iter().all(|code| *code == "priced"));
    assert!(house.stats().most_in_flight <= 5);
}

#[tokio::test]
async fn a_list_leaves_the_shoppers_calls_alone_and_goes_on_after_the_reset() {
    let house = House::with(Settings { daily_quota: 6, shopper_reserve: 3, ..settings() }).await;
    let id = add(&house, (0..5).map(variant)).await;
    let mut running = start(&house.desk, id);
    let waits = |progress: &Progress| matches!(progress.phase, Phase::WaitsForQuota { .. });
    let progress = running.progress.wait_for(waits).await.unwrap().clone();
    assert_eq!(progress.counts.priced, 3);
    let Phase::WaitsForQuota { until } = progress.phase else { unreachable!() };
    assert_eq!(until.to_string(), "2025-12-31T00:00:00+08:00");
    assert_eq!(house.stats().quota_used, 3);
    assert!(
        house.desk.quote(phone("iPhone 14 Pro").parse().unwrap()).await.is_ok(),
        "shoppers have calls left"
    );

    house.wait(SignedDuration::from_hours(10));
    running.task.await.unwrap().unwrap();
    assert_eq!(codes(&answers(&house, id).await), ["priced"; 5]);
}

#[tokio::test]
async fn a_partner_that_is_down_is_waited_for_and_nothing_is_given_up() {
    let house = House::with(settings()).await;
    house.set(r#"{"error_rate": 1.0, "error_status": 503}"#).await;
    let id = add(&house, (0..60).map(variant)).await;
    let mut running = start(&house.desk, id);
    let waits = |progress: &Progress| matches!(progress.phase, Phase::WaitsForPartner { .. });
    running.progress.wait_for(waits).await.unwrap();
    house.set(r#"{"error_rate": 0.0}"#).await;
    // The breaker uses the house's clock.
    let task = &running.task;
    until(async || {
        house.wait(SignedDuration::from_secs(5));
        task.is_finished()
    })
    .await;
    running.task.await.unwrap().unwrap();
    assert_eq!(codes(&answers(&house, id).await), ["priced"; 60]);
}

#[tokio::test]
async fn an_account_that_is_refused_ends_the_run_and_is_no_devices_fault() {
    let house = House::with(settings()).await;
    house.set(r#"{"error_rate": 1.0, "error_status": 401}"#).await;
    let id = add(&house, (0..20).map(variant)).await;
    let ended = start(&house.desk, id).task.await.unwrap();
    assert!(matches!(ended, Err(ListError::Refused)), "{ended:?}");
    assert!(house.stats().quota_used <= 8);
    assert_eq!(codes(&answers(&house, id).await), ["open"; 20]);
    house.set(r#"{"error_rate": 0.0}"#).await;
    run(&house.desk, id).await;
    assert_eq!(codes(&answers(&house, id).await), ["priced"; 20]);
}

#[tokio::test]
async fn what_was_stopped_goes_on_in_another_process_and_asks_nothing_twice() {
    let house = House::with(settings()).await;
    house.set(r#"{"latency_ms": 20}"#).await;
    let id = add(&house, (0..40).map(variant)).await;
    let mut running = start(&house.desk, id);
    running.progress.wait_for(|progress| progress.counts.priced >= 7).await.unwrap();
    running.stop.send_replace(true);
    running.task.await.unwrap().unwrap();
    assert!(codes(&answers(&house, id).await).contains(&"open"));
    assert_eq!(house.records.unfinished_batch(b"it").await.unwrap(), Some(id));

    run(&house.another_desk(settings()).await, id).await;
    assert_eq!(codes(&answers(&house, id).await), ["priced"; 40]);
    assert_eq!((house.stats().quota_used, house.stats().repeated_devices), (40, 0));
    assert_eq!(house.records.unfinished_batch(b"it").await.unwrap(), None);
}

#[tokio::test]
async fn a_quote_that_was_recorded_but_not_noted_is_not_asked_for_again() {
    let house = House::with(settings()).await;
    let id = add(&house, (0..3).map(variant)).await;
    // As if the process had been killed after the quote was recorded and before the list's row was.
    house.desk.quote(variant(1).parse().unwrap()).await.unwrap();
    run(&house.another_desk(settings()).await, id).await;
    assert_eq!((codes(&answers(&house, id).await), house.stats().quota_used), (vec!["priced"; 3], 3));
}

#[tokio::test]
async fn two_lists_share_the_places_and_a_deleted_one_is_gone() {
    let house = Arc::new(House::with(settings()).await);
    house.set(r#"{"latency_ms": 10}"#).await;
    let one = add(&house, (0..30).map(variant)).await;
    let other = add(&house, (20..50).map(variant)).await;
    tokio::join!(run(&house.desk, one), run(&house.desk, other));
    assert_eq!((house.stats().quota_used, house.stats().repeated_devices), (50, 0));
    assert!(house.stats().most_in_flight <= 5);
    house.records.delete_batch(one).await.unwrap();
    assert!(house.records.batch(one).await.unwrap().is_none());
    assert!(answers(&house, one).await.is_empty());
    assert_eq!(house.records.batches().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_shopper_who_joins_a_lists_call_has_the_shoppers_calls() {
    let house = House::with(Settings { daily_quota: 9, shopper_reserve: 9, ..settings() }).await;
    house.set(r#"{"latency_ms": 300}"#).await;
    let ask = |form: QuoteForm| {
        let desk = house.desk.clone();
        tokio::spawn(async move { desk.quote(form.parse().unwrap()).await })
    };
    let others: Vec<_> = (0..5).map(|number| ask(variant(number))).collect();
    until(async || house.stats().in_flight == 5).await;
    let id = add(&house, [phone("iPhone 14 Pro")]).await;
    let running = start(&house.desk, id);
    let waiting = || {
        house
            .desk
            .metrics()
            .unwrap()
            .lines()
            .any(|line| line == "tradein_partner_calls_waiting{provider=\"aihuishou\"} 1")
    };
    until(async || waiting()).await;
    let price = ask(phone("iPhone 14 Pro"));
    assert!(price.await.unwrap().is_ok(), "a list may not ask, a shopper may");
    for other in others {
        other.await.unwrap().unwrap();
    }
    running.stop.send_replace(true);
    running.task.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_list_that_takes_longer_than_records_are_kept_keeps_what_it_has() {
    let house = House::with(settings()).await;
    let ids = [add(&house, (0..3).map(variant)).await, add(&house, [phone("iPhone 13")]).await];
    for id in ids {
        run(&house.desk, id).await;
    }
    house.desk.all_recorded().await;
    // The state of a list that waits for the quota: most of its devices are settled, and the others are open.
    let mut other = house.other().await;
    other.run(&format!("UPDATE batches SET state = 'open' WHERE id = {}", ids[0].0)).await.unwrap();
    let week = SignedDuration::from_hours(7 * 24);
    let later = jiff::Timestamp::from_second(NOON + 30 * 86_400).unwrap();
    house.records.purge(later, week).await.unwrap();
    let known = |batch: Option<lists::Batch>| batch.map(|batch| batch.counts.priced);
    assert_eq!(known(house.records.batch(ids[0]).await.unwrap()), Some(3));
    assert_eq!(known(house.records.batch(ids[1]).await.unwrap()), None, "it ended long ago");
    house.records.set_batch_state(ids[0], BatchState::Cancelled).await.unwrap();
    house.records.purge(later, week).await.unwrap();
    assert_eq!(known(house.records.batch(ids[0]).await.unwrap()), None);
    assert_eq!(other.number("SELECT count(*) FROM quotes").await.unwrap(), 0);
}
