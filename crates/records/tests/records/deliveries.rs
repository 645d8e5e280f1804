//! Taking, settling and repeating deliveries, and switching endpoints off.

use jiff::Timestamp;
use records::{AfterTry, DeliveriesAsked, DeliveryTaken, DueAsked, EventRecord, Lane, Records, Told};

use crate::offer_things::{HOOK, accepted, add, changed};
use crate::place::{Place, on_both};
use crate::things::at;

on_both!(
    a_delivery_is_given_to_one_at_a_time_and_again_when_its_taker_is_gone,
    repeated_deliveries_are_not_among_the_fresh_ones,
    an_endpoint_that_is_switched_off_is_sent_nothing_more,
    an_event_that_was_given_up_can_be_sent_again,
);

fn due(lane: Lane, now: Timestamp) -> DueAsked<'static> {
    let until = now + jiff::SignedDuration::from_secs(30);
    DueAsked { merchant: "demo", endpoint: HOOK, lane, sandbox: false, now, until, most: 10 }
}

async fn take(records: &Records, lane: Lane, seconds: i64) -> Vec<DeliveryTaken> {
    records.take_deliveries(due(lane, at(seconds))).await.unwrap()
}

fn ids(taken: &[DeliveryTaken]) -> Vec<&str> {
    taken.iter().map(|taken| taken.event.as_str()).collect()
}

async fn a_delivery_is_given_to_one_at_a_time_and_again_when_its_taker_is_gone(place: Place) {
    let instances = [place.records().await, place.records().await];
    for number in 1..=40 {
        add(&instances[0], number).await;
    }
    let taking = (0..8).map(|number| {
        let records = instances[number % 2].clone();
        tokio::spawn(async move { take(&records, Lane::Fresh, 0).await })
    });
    let mut taken = Vec::new();
    for some in taking.collect::<Vec<_>>() {
        taken.extend(some.await.unwrap());
    }
    // Concurrent callers may have found the same deliveries, so that some got fewer than they asked for.
    while taken.len() < 40 {
        let more = take(&instances[0], Lane::Fresh, 0).await;
        assert!(!more.is_empty());
        taken.extend(more);
    }
    let mut events = ids(&taken);
    events.sort_unstable();
    events.dedup();
    assert_eq!((events.len(), taken.len()), (40, 40));
    assert!(take(&instances[1], Lane::Fresh, 29).await.is_empty());
    let first = &taken[0];
    assert!(
        instances[0].settle_delivery(first, Some(200), AfterTry::Delivered, at(1)).await.unwrap(),
        "its own taker notes its end"
    );
    assert!(!instances[0].settle_delivery(first, Some(200), AfterTry::Delivered, at(1)).await.unwrap());
    // The results of the other deliveries were never recorded.
    let again = take(&instances[1], Lane::Fresh, 30).await;
    assert_eq!(again.len(), 10);
    let late = taken.iter().find(|taken| taken.event == again[0].event).unwrap();
    assert!(!instances[0].settle_delivery(late, None, AfterTry::GivenUp, at(31)).await.unwrap());
}

async fn repeated_deliveries_are_not_among_the_fresh_ones(place: Place) {
    let records = place.records().await;
    add(&records, 1).await;
    let taken = take(&records, Lane::Fresh, 0).await;
    assert_eq!((ids(&taken), taken[0].tries), (vec!["ev_1_1"], 0));
    let of_a_sandbox = DueAsked { sandbox: true, ..due(Lane::Fresh, at(99)) };
    assert!(records.take_deliveries(of_a_sandbox).await.unwrap().is_empty());
    assert_eq!(taken[0].body, accepted(1).event.body);
    assert!(records.settle_delivery(&taken[0], Some(500), AfterTry::Again(at(5)), at(1)).await.unwrap());
    add(&records, 2).await;
    assert_eq!(ids(&take(&records, Lane::Fresh, 9).await), ["ev_2_1"]);
    assert!(take(&records, Lane::Repeated, 4).await.is_empty());
    let repeated = take(&records, Lane::Repeated, 5).await;
    assert_eq!((ids(&repeated), repeated[0].tries), (vec!["ev_1_1"], 1));
    let kept = records.deliveries(DeliveriesAsked { offer: Some("of_1"), most: 9, ..Default::default() });
    let kept = kept.await.unwrap();
    assert_eq!((kept.len(), kept[0].status, kept[0].tried_at), (1, Some(500), Some(at(1))));
    assert_eq!((&*kept[0].state, &*kept[0].kind, kept[0].at), ("open", "offer.accepted", at(0)));
    let all = records.deliveries(DeliveriesAsked { merchant: Some("demo"), most: 9, ..Default::default() });
    assert_eq!(all.await.unwrap().len(), 2);
}

fn disabled(endpoints: &[&str]) -> Told {
    let event = EventRecord {
        id: "ev_off".into(),
        kind: "endpoint.disabled".into(),
        offer: None,
        ..accepted(1).event
    };
    Told { event, endpoints: endpoints.iter().map(|&name| name.into()).collect() }
}

async fn an_endpoint_that_is_switched_off_is_sent_nothing_more(place: Place) {
    let records = place.records().await;
    add(&records, 1).await;
    assert!(records.switch_off(HOOK, &disabled(&[HOOK, "other"])).await.unwrap());
    assert!(!records.switch_off(HOOK, &disabled(&[HOOK, "other"])).await.unwrap());
    let (standing, told) = changed(1, 2, "withdrawn", None);
    records.change_offer("of_1", &standing, &told).await.unwrap();
    assert!(take(&records, Lane::Fresh, 9).await.is_empty());
    let told_to: Vec<_> =
        records.deliveries(DeliveriesAsked { most: 9, ..Default::default() }).await.unwrap();
    let told_to: Vec<_> = told_to.iter().map(|it| (&*it.event, &*it.endpoint, &*it.state)).collect();
    assert_eq!(told_to, [("ev_off", "other", "open"), ("ev_1_1", HOOK, "given_up")]);
    let off = records.endpoints_off().await.unwrap();
    assert_eq!((off.len(), &*off[0].endpoint, off[0].since), (1, HOOK, at(0)));
    assert_eq!(
        records.replay("ev_1_1", &["third".into(), HOOK.into()], at(5)).await.unwrap(),
        1,
        "third is on, and the other off"
    );
    assert!(records.switch_on("demo", HOOK).await.unwrap());
    assert!(!records.switch_on("demo", HOOK).await.unwrap());
    add(&records, 2).await;
    assert_eq!(ids(&take(&records, Lane::Fresh, 9).await), ["ev_2_1"]);
}

async fn an_event_that_was_given_up_can_be_sent_again(place: Place) {
    let records = place.records().await;
    add(&records, 1).await;
    let taken = take(&records, Lane::Fresh, 0).await;
    assert!(records.settle_delivery(&taken[0], None, AfterTry::GivenUp, at(1)).await.unwrap());
    let given_up = DeliveriesAsked { state: Some("given_up"), most: 9, ..Default::default() };
    let kept = records.deliveries(given_up).await.unwrap();
    assert_eq!((kept.len(), kept[0].status, kept[0].due_at), (1, None, None));
    assert_eq!(records.replay("ev_1_1", &[], at(60)).await.unwrap(), 1);
    assert_eq!(records.replay("ev_none", &[HOOK.into()], at(60)).await.unwrap(), 0);
    assert!(take(&records, Lane::Fresh, 59).await.is_empty());
    assert_eq!(ids(&take(&records, Lane::Fresh, 60).await), ["ev_1_1"]);
}
