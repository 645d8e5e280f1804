//! How long shoppers wait while a list runs, also for a device that the list asks for.

use std::time::{Duration, Instant};

use desk::Desk;
use domain::{Failure, QuoteForm, Source};
use jiff::SignedDuration;
use lists::{BatchId, NewRow, Runner};

use crate::house::{House, Settings, phone, request, until, variant};
use crate::work::{Running, instance, start_by};

const STALLED: &str = r#"{"latency_ms": 600000}"#;
const HEALED: &str = r#"{"latency_ms": 0, "error_rate": 0.0}"#;
const DEADLINE: Duration = Duration::from_secs(1);

fn hasty() -> Settings {
    Settings { sandbox: true, deadline: DEADLINE, ..Settings::default() }
}

/// Adds a list that was created now, so that earlier quotes are not its own.
async fn add_now(house: &House, forms: impl IntoIterator<Item = QuoteForm>) -> BatchId {
    let row = |(number, form): (u32, QuoteForm)| NewRow::new(number, form);
    let rows: Vec<_> = (2..).zip(forms).map(row).collect();
    house.records.add_batch("list.xlsx", b"it", &rows, house.desk.now()).await.unwrap()
}

/// Starts a list with the usual wait of ten seconds for a partner that is down.
fn start(desk: &Desk, id: BatchId) -> Running {
    start_by(Runner::new(desk, instance()), id)
}

/// What a shopper gets, and how long that took.
async fn ask(desk: &Desk, form: QuoteForm) -> (Result<Source, Failure>, Duration) {
    let start = Instant::now();
    let answer = desk.quote(form.parse().unwrap()).await.map(|quote| quote.source);
    (answer, start.elapsed())
}

#[tokio::test]
async fn a_shopper_who_joins_a_lists_call_leaves_it_at_its_deadline_with_the_price_that_holds() {
    let house = House::with(hasty()).await;
    house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    house.wait(SignedDuration::from_mins(11));
    house.set(STALLED).await;
    let id = add_now(&house, [phone("iPhone 14 Pro"), phone("iPhone 15")]).await;
    let running = start(&house.desk, id);
    until(async || house.stats().in_flight == 2).await;
    let (answer, waited) = ask(&house.desk, phone("iPhone 14 Pro")).await;
    assert_eq!(answer, Ok(Source::Stale));
    assert!((DEADLINE..DEADLINE * 4).contains(&waited), "{waited:?}");
    let (answer, waited) = ask(&house.desk, phone("iPhone 15")).await;
    assert_eq!(answer, Err(Failure::PartnerUnavailable));
    assert!(waited < DEADLINE * 4, "{waited:?}");
    assert_eq!(house.stats().in_flight, 2, "the list's calls go on");
    running.task.abort();
}

#[tokio::test]
async fn a_shopper_who_joins_a_lists_call_that_fails_still_gets_the_older_price() {
    let house = House::with(hasty()).await;
    house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    house.wait(SignedDuration::from_mins(11));
    // The list's one attempt fails, and so do the shopper's two.
    house.set(r#"{"latency_ms": 100, "next": [503, 503, 503]}"#).await;
    let id = add_now(&house, [phone("iPhone 14 Pro")]).await;
    let running = start(&house.desk, id);
    until(async || house.stats().in_flight == 1).await;
    assert_eq!(ask(&house.desk, phone("iPhone 14 Pro")).await.0, Ok(Source::Stale));
    running.stop.send_replace(true);
    running.task.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_list_whose_calls_hang_leaves_a_place_to_shoppers() {
    for native_batch in [false, true] {
        let house = House::with(Settings { native_batch, ..hasty() }).await;
        let id = add_now(&house, (0..300).map(variant)).await;
        let mut running = start(&house.desk, id);
        running.progress.wait_for(|progress| progress.counts.priced >= 5).await.unwrap();
        house.set(STALLED).await;
        until(async || house.stats().in_flight == 4).await;
        let (answer, waited) = ask(&house.desk, phone("iPhone 15")).await;
        assert_eq!(answer, Err(Failure::PartnerUnavailable), "the partner is stalled");
        assert!(waited < DEADLINE * 4, "{waited:?}");
        house.set(HEALED).await;
        let (answer, waited) = ask(&house.desk, phone("iPhone 15")).await;
        assert_eq!(answer, Ok(Source::Partner), "native: {native_batch}");
        assert!(waited < DEADLINE, "{waited:?}");
        running.task.abort();
    }
}
