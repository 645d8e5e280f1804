//! Taking and settling the deliveries of events.

use std::sync::Arc;

use checkout::webhooks::{Answer, Next, TRIES};
use checkout::{Checkout, Endpoint};
use records::{DeliveriesAsked, DeliveryTaken, InstanceId, Lane};

use crate::place::{HOOK, Place, accept, on_both, order};

on_both!(
    an_event_is_tried_until_it_is_delivered,
    after_all_tries_an_event_is_given_up_and_can_be_replayed,
    an_endpoint_that_is_gone_is_switched_off_and_the_others_are_told,
    a_ping_goes_to_the_endpoints_that_want_it,
    events_of_one_second_are_taken_in_the_order_in_which_they_happened,
    an_event_is_news_at_once,
    clocks_of_two_instances_that_are_ten_minutes_apart_harm_no_delivery,
);

fn endpoint(checkout: &Checkout, number: usize) -> Endpoint {
    checkout.setup().endpoints[number].clone()
}

async fn take(checkout: &Arc<Checkout>, number: usize, lane: Lane) -> Vec<DeliveryTaken> {
    checkout.take_deliveries(&InstanceId::of(1), &endpoint(checkout, number), lane, 10).await.unwrap()
}

async fn an_event_is_tried_until_it_is_delivered(place: Place) {
    let checkout = place.checkout().await;
    let hook = endpoint(&checkout, 0);
    let kept = accept(&checkout, "a").await;
    let first = take(&checkout, 0, Lane::Fresh).await;
    let story = checkout.story(kept.offer.id()).await.unwrap();
    assert_eq!((&first[0].event, &first[0].body), (&story[0].id, &story[0].body));
    assert!(take(&checkout, 0, Lane::Fresh).await.is_empty(), "it is taken");
    let next = checkout.settle_delivery(&hook, &first[0], Answer::Status(500)).await.unwrap();
    assert!(matches!(next, Some(Next::Again(wait)) if wait.as_secs() <= 6), "{next:?}");
    place.let_pass(6).await;
    assert!(take(&checkout, 0, Lane::Fresh).await.is_empty());
    let second = take(&checkout, 0, Lane::Repeated).await;
    assert_eq!((&second[0].event, second[0].tries), (&story[0].id, 1));
    let next = checkout.settle_delivery(&hook, &second[0], Answer::Status(204)).await.unwrap();
    assert_eq!(next, Some(Next::Delivered));
    place.let_pass(1_000_000).await;
    assert!(take(&checkout, 0, Lane::Repeated).await.is_empty());
}

async fn after_all_tries_an_event_is_given_up_and_can_be_replayed(place: Place) {
    let checkout = place.checkout().await;
    let hook = endpoint(&checkout, 0);
    accept(&checkout, "a").await;
    let mut lane = Lane::Fresh;
    for number in 1..=TRIES {
        let taken = take(&checkout, 0, lane).await;
        let next = checkout.settle_delivery(&hook, &taken[0], Answer::Unreachable).await.unwrap();
        assert_eq!(next == Some(Next::GivenUp), number == TRIES, "{number}");
        lane = Lane::Repeated;
        place.let_pass(200_000).await;
    }
    assert!(take(&checkout, 0, Lane::Repeated).await.is_empty());
    let given_up = DeliveriesAsked { state: Some("given_up"), most: 9, ..Default::default() };
    let given_up = place.records().await.deliveries(given_up).await.unwrap();
    assert_eq!((given_up.len(), given_up[0].tries), (1, 10));
    let event = checkout::EventId::parse(&given_up[0].event).unwrap();
    assert_eq!(checkout.replay(&event).await.unwrap(), 1);
    assert_eq!(take(&checkout, 0, Lane::Fresh).await[0].tries, 0);
}

async fn an_endpoint_that_is_gone_is_switched_off_and_the_others_are_told(place: Place) {
    let mut setup = crate::place::setup(false);
    setup.endpoints[1].events = None;
    let checkout = place.checkout_of(setup).await;
    let kept = accept(&checkout, "a").await;
    let taken = take(&checkout, 0, Lane::Fresh).await;
    let gone = checkout.settle_delivery(&endpoint(&checkout, 0), &taken[0], Answer::Status(410)).await;
    assert_eq!(gone.unwrap(), Some(Next::SwitchedOff));
    checkout.redeem(kept.offer.id(), "demo", order("A1")).await.unwrap();
    place.let_pass(100).await;
    assert!(take(&checkout, 0, Lane::Fresh).await.is_empty());
    let others = take(&checkout, 1, Lane::Fresh).await;
    assert_eq!(others.len(), 3);
    assert!(others[1].body.contains("endpoint.disabled") && others[1].body.contains(HOOK));
    let off = place.records().await.endpoints_off().await.unwrap();
    assert_eq!((off.len(), &*off[0].endpoint), (1, HOOK));
}

async fn a_ping_goes_to_the_endpoints_that_want_it(place: Place) {
    let checkout = place.checkout().await;
    let id = checkout.ping("demo").await.unwrap();
    let taken = take(&checkout, 0, Lane::Fresh).await;
    assert_eq!((taken.len(), taken[0].event.as_str()), (1, id.as_str()));
    assert!(take(&checkout, 1, Lane::Fresh).await.is_empty());
    assert_eq!(place.records().await.check_books().await.unwrap(), []);
}

async fn events_of_one_second_are_taken_in_the_order_in_which_they_happened(place: Place) {
    let checkout = place.checkout().await;
    let mut expected = Vec::new();
    for visit in 0..12 {
        let kept = accept(&checkout, &visit.to_string()).await;
        expected.push(checkout.story(kept.offer.id()).await.unwrap()[0].id.clone());
    }
    let mut taken = Vec::new();
    for _ in 0..12 {
        let hook = endpoint(&checkout, 0);
        let one = checkout.take_deliveries(&InstanceId::of(1), &hook, Lane::Fresh, 1).await.unwrap();
        taken.push(one[0].event.clone());
        checkout.settle_delivery(&hook, &one[0], Answer::Status(200)).await.unwrap();
    }
    assert_eq!(taken, expected);
}

async fn an_event_is_news_at_once(place: Place) {
    let checkout = place.checkout().await;
    let mut news = checkout.news();
    let mut told = || {
        let told = news.has_changed().unwrap();
        news.mark_unchanged();
        told
    };
    assert!(!told());
    let kept = accept(&checkout, "a").await;
    assert!(told());
    accept(&checkout, "a").await;
    assert!(!told(), "the offer was there already");
    checkout.redeem(kept.offer.id(), "demo", order("A1")).await.unwrap();
    assert!(told());
    let event = checkout.ping("demo").await.unwrap();
    assert!(told());
    checkout.replay(&event).await.unwrap();
    assert!(told());
}

async fn clocks_of_two_instances_that_are_ten_minutes_apart_harm_no_delivery(place: Place) {
    let other = Place::of_another(place.url.clone());
    other.set_clock(600);
    let [here, ahead] = [place.checkout().await, other.checkout().await];
    let hook = endpoint(&here, 0);
    let take = async |checkout: &Checkout, instance, lane| {
        checkout.take_deliveries(&InstanceId::of(instance), &hook, lane, 4).await.unwrap()
    };
    accept(&ahead, "a").await;
    let taken = take(&here, 1, Lane::Fresh).await;
    assert_eq!(taken.len(), 1, "it is due at once");
    assert!(take(&ahead, 2, Lane::Fresh).await.is_empty(), "it belongs to the other");
    here.settle_delivery(&hook, &taken[0], Answer::Status(500)).await.unwrap();
    assert!(take(&ahead, 2, Lane::Repeated).await.is_empty(), "it waits its five seconds");
    place.let_pass(7).await;
    let again = take(&ahead, 2, Lane::Repeated).await;
    assert_eq!(again.len(), 1);
    assert!(take(&here, 1, Lane::Repeated).await.is_empty());
    assert_eq!(here.settle_delivery(&hook, &taken[0], Answer::Status(200)).await.unwrap(), None, "too late");
    let next = ahead.settle_delivery(&hook, &again[0], Answer::Status(200)).await.unwrap();
    assert_eq!(next, Some(Next::Delivered));
}
