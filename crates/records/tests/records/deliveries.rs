//! Taking, settling and repeating deliveries, and switching endpoints off.

use std::time::Duration;

use records::{
    AfterTry, DeliveriesAsked, DeliveryTaken, DueAsked, EventRecord, InstanceId, Lane, Records, Told,
};

use crate::offer_things::{HOOK, accepted, add, changed};
use crate::place::{Place, on_both};
use crate::things::at;

on_both!(
    a_delivery_is_given_to_one_at_a_time_and_again_when_its_taker_is_gone,
    all_instances_together_have_as_many_tries_under_way_as_one,
    repeated_deliveries_are_not_among_the_fresh_ones,
    an_endpoint_that_is_switched_off_is_sent_nothing_more,
    an_endpoint_that_is_gone_is_switched_off_with_its_delivery_and_only_by_who_has_taken_it,
    an_event_of_no_offer_is_delivered_too,
    an_event_that_was_given_up_can_be_sent_again,
);

async fn take_as(records: &Records, taker: u64, lane: Lane, most: u32) -> Vec<DeliveryTaken> {
    let taker = InstanceId::of(taker);
    let (life, sandbox) = (Duration::from_secs(30), false);
    let asked = DueAsked { merchant: "demo", endpoint: HOOK, lane, sandbox, taker: &taker, life, most };
    records.take_deliveries(asked).await.unwrap()
}

/// Takes all that is due.
async fn take(records: &Records, lane: Lane) -> Vec<DeliveryTaken> {
    take_as(records, 1, lane, 1_000).await
}

fn again(seconds: u64) -> AfterTry {
    AfterTry::Again(Duration::from_secs(seconds))
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
        tokio::spawn(async move { take_as(&records, number as u64, Lane::Fresh, 1_000).await })
    });
    let mut taken = Vec::new();
    for some in taking.collect::<Vec<_>>() {
        taken.extend(some.await.unwrap());
    }
    let mut events = ids(&taken);
    events.sort_unstable();
    events.dedup();
    assert_eq!((events.len(), taken.len()), (40, 40));
    place.let_pass(29).await;
    assert!(take(&instances[1], Lane::Fresh).await.is_empty());
    place.let_pass(1).await;
    // The results of the deliveries were never recorded.
    let again = take(&instances[1], Lane::Fresh).await;
    assert_eq!(again.len(), 40);
    let late = taken.iter().find(|taken| taken.event == again[0].event).unwrap();
    assert!(!instances[0].settle_delivery(late, None, AfterTry::GivenUp).await.unwrap());
    assert!(
        instances[1].settle_delivery(&again[0], Some(200), AfterTry::Delivered).await.unwrap(),
        "its own taker notes its end"
    );
    assert!(!instances[1].settle_delivery(&again[0], Some(200), AfterTry::Delivered).await.unwrap());
}

async fn all_instances_together_have_as_many_tries_under_way_as_one(place: Place) {
    let instances = [place.records().await, place.records().await, place.records().await];
    for number in 1..=20 {
        add(&instances[0], number).await;
    }
    let taking = (0..12).map(|number| {
        let records = instances[number % 3].clone();
        tokio::spawn(async move { take_as(&records, number as u64, Lane::Fresh, 4).await })
    });
    let mut taken = Vec::new();
    for some in taking.collect::<Vec<_>>() {
        taken.extend(some.await.unwrap());
    }
    assert_eq!(taken.len(), 4);
    let mut first = ids(&taken);
    first.sort_unstable();
    assert_eq!(first, ["ev_1_1", "ev_2_1", "ev_3_1", "ev_4_1"], "in the order of the events");
    // One that failed leaves its place to another, and has none while it waits for its next try.
    assert!(instances[0].settle_delivery(&taken[0], Some(500), again(60)).await.unwrap());
    assert_eq!(ids(&take_as(&instances[1], 1, Lane::Fresh, 4).await), ["ev_5_1"]);
    assert!(take_as(&instances[2], 2, Lane::Repeated, 2).await.is_empty());
    // The lane of repeated ones has its own places.
    place.let_pass(60).await;
    assert_eq!(take_as(&instances[2], 2, Lane::Repeated, 2).await.len(), 1);
    // What a dead instance had taken takes no places any more.
    assert_eq!(take_as(&instances[1], 1, Lane::Fresh, 4).await.len(), 4);
}

async fn repeated_deliveries_are_not_among_the_fresh_ones(place: Place) {
    let records = place.records().await;
    add(&records, 1).await;
    let taker = InstanceId::of(1);
    let (life, lane) = (Duration::from_secs(30), Lane::Fresh);
    let of_a_sandbox =
        DueAsked { merchant: "demo", endpoint: HOOK, lane, sandbox: true, taker: &taker, life, most: 9 };
    assert!(records.take_deliveries(of_a_sandbox).await.unwrap().is_empty());
    let taken = take(&records, Lane::Fresh).await;
    assert_eq!((ids(&taken), taken[0].tries), (vec!["ev_1_1"], 0));
    assert_eq!(taken[0].body, accepted(1).event.body);
    assert!(records.settle_delivery(&taken[0], Some(500), again(50)).await.unwrap());
    add(&records, 2).await;
    assert_eq!(ids(&take(&records, Lane::Fresh).await), ["ev_2_1"]);
    assert!(take(&records, Lane::Repeated).await.is_empty());
    place.let_pass(50).await;
    let repeated = take(&records, Lane::Repeated).await;
    assert_eq!((ids(&repeated), repeated[0].tries), (vec!["ev_1_1"], 1));
    let kept = records.deliveries(DeliveriesAsked { offer: Some("of_1"), most: 9, ..Default::default() });
    let kept = kept.await.unwrap();
    assert_eq!((kept.len(), kept[0].status), (1, Some(500)));
    assert!(kept[0].tried_at.is_some());
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

async fn an_endpoint_that_is_gone_is_switched_off_with_its_delivery_and_only_by_who_has_taken_it(
    place: Place,
) {
    let records = place.records().await;
    add(&records, 1).await;
    let [stale] = take_as(&records, 1, Lane::Fresh, 9).await.try_into().unwrap();
    place.let_pass(30).await;
    let [taken] = take_as(&records, 2, Lane::Fresh, 9).await.try_into().unwrap();
    assert!(!records.settle_and_switch_off(&stale, Some(410), &disabled(&[HOOK])).await.unwrap());
    assert!(records.endpoints_off().await.unwrap().is_empty());
    assert!(records.settle_and_switch_off(&taken, Some(410), &disabled(&[HOOK])).await.unwrap());
    assert_eq!(records.endpoints_off().await.unwrap().len(), 1);
    let told = records.deliveries(DeliveriesAsked { most: 9, ..Default::default() }).await.unwrap();
    let of_the_offer = told.iter().find(|it| it.event == taken.event).unwrap();
    assert_eq!((&*of_the_offer.state, of_the_offer.status), ("given_up", Some(410)));
}

async fn an_event_of_no_offer_is_delivered_too(place: Place) {
    let records = place.records().await;
    records.add_event(&disabled(&[HOOK])).await.unwrap();
    assert_eq!(ids(&take(&records, Lane::Fresh).await), ["ev_off"]);
}

async fn an_endpoint_that_is_switched_off_is_sent_nothing_more(place: Place) {
    let records = place.records().await;
    add(&records, 1).await;
    assert!(records.switch_off(HOOK, &disabled(&[HOOK, "other"])).await.unwrap());
    assert!(!records.switch_off(HOOK, &disabled(&[HOOK, "other"])).await.unwrap());
    let (standing, told) = changed(1, 2, "withdrawn", None);
    records.change_offer("of_1", &standing, &told).await.unwrap();
    assert!(take(&records, Lane::Fresh).await.is_empty());
    let told_to: Vec<_> =
        records.deliveries(DeliveriesAsked { most: 9, ..Default::default() }).await.unwrap();
    let told_to: Vec<_> = told_to.iter().map(|it| (&*it.event, &*it.endpoint, &*it.state)).collect();
    assert_eq!(told_to, [("ev_off", "other", "open"), ("ev_1_1", HOOK, "given_up")]);
    let off = records.endpoints_off().await.unwrap();
    assert_eq!((off.len(), &*off[0].endpoint, off[0].since), (1, HOOK, at(0)));
    assert_eq!(
        records.replay("ev_1_1", &["third".into(), HOOK.into()]).await.unwrap(),
        1,
        "third is on, and the other off"
    );
    assert!(records.switch_on("demo", HOOK).await.unwrap());
    assert!(!records.switch_on("demo", HOOK).await.unwrap());
    add(&records, 2).await;
    assert_eq!(ids(&take(&records, Lane::Fresh).await), ["ev_2_1"]);
}

async fn an_event_that_was_given_up_can_be_sent_again(place: Place) {
    let records = place.records().await;
    add(&records, 1).await;
    let taken = take(&records, Lane::Fresh).await;
    assert!(records.settle_delivery(&taken[0], None, AfterTry::GivenUp).await.unwrap());
    let given_up = DeliveriesAsked { state: Some("given_up"), most: 9, ..Default::default() };
    let kept = records.deliveries(given_up).await.unwrap();
    assert_eq!((kept.len(), kept[0].status, kept[0].due_at), (1, None, None));
    assert_eq!(records.replay("ev_1_1", &[]).await.unwrap(), 1);
    assert_eq!(records.replay("ev_none", &[HOOK.into()]).await.unwrap(), 0);
    assert_eq!(ids(&take(&records, Lane::Fresh).await), ["ev_1_1"]);
}
