//! Offers and their events.

use jiff::{SignedDuration, Timestamp};
use records::{Added, OfferName, OffersAsked, Records, Span};

use crate::offer_things::{accepted, add, changed, offer};
use crate::place::{Place, on_both};
use crate::things::{at, key};

on_both!(
    an_offer_and_its_event_are_one_change,
    one_quote_product_and_visit_have_one_offer_however_often_it_is_accepted_at_once,
    after_a_withdrawal_or_its_end_the_same_can_be_accepted_once_more,
    two_offers_never_have_one_code,
    a_hundred_redemptions_at_once_take_an_offer_once,
    what_was_accepted_is_never_changed,
    offers_are_read_page_by_page_the_newest_first,
    offers_that_have_ended_are_found,
    offers_go_when_their_time_is_over_with_their_whole_story,
    a_database_that_another_holds_is_waited_for,
);

async fn an_offer_and_its_event_are_one_change(place: Place) {
    let records = place.records().await;
    place.poison("events", "body", "poison").await;
    let mut told = accepted(1);
    told.event.body = "poison".into();
    assert!(records.add_offer(&offer(1), None, &told).await.unwrap_err().is_of_the_record());
    assert_eq!(records.offer(OfferName::Id("of_1")).await.unwrap(), None);

    add(&records, 1).await;
    let (standing, mut told) = changed(1, 2, "redeemed", Some("A1"));
    told.event.body = "poison".into();
    assert!(records.change_offer("of_1", &standing, &told).await.is_err());
    assert_eq!(records.offer(OfferName::Code("code1")).await.unwrap(), Some(offer(1)));

    let (standing, told) = changed(1, 2, "redeemed", Some("A1"));
    assert!(records.change_offer("of_1", &standing, &told).await.unwrap());
    let kept = records.offer(OfferName::Id("of_1")).await.unwrap().unwrap();
    assert_eq!(kept.standing, standing);
    let story = records.events_of_offer("of_1").await.unwrap();
    assert_eq!(story, [accepted(1).event, told.event]);
    // A change based on an old version changes nothing and writes no event.
    let (standing, told) = changed(1, 2, "withdrawn", None);
    assert!(!records.change_offer("of_1", &standing, &told).await.unwrap());
    assert_eq!(records.events_of_offer("of_1").await.unwrap().len(), 2);
    assert_eq!(records.check_books().await.unwrap(), []);
}

async fn one_quote_product_and_visit_have_one_offer_however_often_it_is_accepted_at_once(place: Place) {
    let instances = [place.records().await, place.records().await];
    let adding = (0..20).map(|number| {
        let records = instances[number % 2].clone();
        tokio::spawn(async move {
            let number = number as u32;
            let added = records.add_offer(&offer(number), Some(&key(1)), &accepted(number)).await;
            match added.unwrap() {
                Added::New => (1, format!("of_{number}")),
                Added::Known(known) => (0, known.id),
                Added::CodeTaken => panic!("each has a code of its own"),
            }
        })
    });
    let (mut new, mut ids) = (0, Vec::new());
    for added in adding.collect::<Vec<_>>() {
        let (is_new, id) = added.await.unwrap();
        new += is_new;
        ids.push(id);
    }
    ids.dedup();
    assert_eq!((new, ids.len()), (1, 1), "{ids:?}");
    let mut other = place.other().await;
    assert_eq!(other.number("SELECT count(*) FROM events").await.unwrap(), 1);
}

async fn after_a_withdrawal_or_its_end_the_same_can_be_accepted_once_more(place: Place) {
    let records = place.records().await;
    assert_eq!(records.add_offer(&offer(1), Some(&key(1)), &accepted(1)).await.unwrap(), Added::New);
    let (standing, told) = changed(1, 2, "withdrawn", None);
    assert!(records.change_offer("of_1", &standing, &told).await.unwrap());
    assert_eq!(records.offer(OfferName::Key(&key(1))).await.unwrap(), None);
    assert_eq!(records.add_offer(&offer(2), Some(&key(1)), &accepted(2)).await.unwrap(), Added::New);
    assert_eq!(records.offer(OfferName::Key(&key(1))).await.unwrap(), Some(offer(2)));
    let (standing, told) = changed(2, 2, "expired", None);
    assert!(records.change_offer("of_2", &standing, &told).await.unwrap());
    assert_eq!(records.add_offer(&offer(3), Some(&key(1)), &accepted(3)).await.unwrap(), Added::New);
    // The same offer a second time, as after a lost answer.
    let again = records.add_offer(&offer(3), Some(&key(1)), &accepted(3)).await.unwrap();
    assert_eq!(again, Added::Known(offer(3).into()));
}

async fn two_offers_never_have_one_code(place: Place) {
    let records = place.records().await;
    add(&records, 1).await;
    let mut second = offer(2);
    second.code = offer(1).code;
    assert_eq!(records.add_offer(&second, Some(&key(2)), &accepted(2)).await.unwrap(), Added::CodeTaken);
    assert_eq!(records.offer(OfferName::Id("of_2")).await.unwrap(), None);
    second.code = "another".into();
    assert_eq!(records.add_offer(&second, Some(&key(2)), &accepted(2)).await.unwrap(), Added::New);
}

/// Redeems an offer for an order as the checkout does: reads it, decides, and writes the change over the
/// version that was read.
async fn redeem(records: &Records, order: &str) -> bool {
    loop {
        let read = records.offer(OfferName::Id("of_1")).await.unwrap().unwrap();
        if read.standing.state != "accepted" {
            return false;
        }
        let (standing, mut told) = changed(1, read.standing.version + 1, "redeemed", Some(order));
        told.event.id = format!("ev_{order}");
        if records.change_offer("of_1", &standing, &told).await.unwrap() {
            return true;
        }
    }
}

async fn a_hundred_redemptions_at_once_take_an_offer_once(place: Place) {
    let instances = [place.records().await, place.records().await];
    add(&instances[0], 1).await;
    let redeeming = (0..100).map(|number| {
        let records = instances[number % 2].clone();
        tokio::spawn(async move { redeem(&records, &format!("A{number}")).await })
    });
    let mut taken = 0;
    for redeemed in redeeming.collect::<Vec<_>>() {
        taken += u32::from(redeemed.await.unwrap());
    }
    assert_eq!(taken, 1);
    let offer = instances[0].offer(OfferName::Id("of_1")).await.unwrap().unwrap();
    let story = instances[1].events_of_offer("of_1").await.unwrap();
    let holder = offer.standing.order_id.unwrap();
    assert_eq!((offer.standing.version, story.len()), (2, 2));
    assert_eq!(story[1].id, format!("ev_{holder}"));
    assert_eq!(instances[0].check_books().await.unwrap(), []);
}

async fn what_was_accepted_is_never_changed(place: Place) {
    let records = place.records().await;
    add(&records, 1).await;
    let mut other = place.other().await;
    for change in [
        "UPDATE offers SET amount = 1",
        "UPDATE offers SET expires_at = 1, version = version + 1",
        "UPDATE offers SET state = 'withdrawn'",
        "UPDATE offers SET state = 'withdrawn', version = version + 2",
        "UPDATE offers SET state = 'redeemed', version = version + 1",
        "UPDATE events SET body = ''",
    ] {
        assert!(other.run(change).await.is_err(), "{change}");
    }
    other.run("DELETE FROM events").await.unwrap();
    let found = records.check_books().await.unwrap();
    assert_eq!(found[0].what, "offers that do not have one event for each of their versions");
    assert_eq!((found.len(), found[0].example.as_str()), (1, "of_1"));
}

async fn offers_are_read_page_by_page_the_newest_first(place: Place) {
    let records = place.records().await;
    for number in 1..=5 {
        add(&records, number).await;
    }
    let mut of_another = offer(6);
    of_another.merchant = "other".into();
    records.add_offer(&of_another, None, &accepted(6)).await.unwrap();
    let (standing, told) = changed(4, 2, "withdrawn", None);
    records.change_offer("of_4", &standing, &told).await.unwrap();

    let of_demo = OffersAsked { merchant: Some("demo"), sandbox: Some(false), most: 2, ..Default::default() };
    let ids = async |asked| -> Vec<String> {
        records.offers(asked).await.unwrap().into_iter().map(|offer| offer.id).collect()
    };
    assert_eq!(ids(of_demo).await, ["of_5", "of_4"]);
    assert_eq!(ids(OffersAsked { after: Some("of_4"), ..of_demo }).await, ["of_3", "of_2"]);
    assert_eq!(ids(OffersAsked { after: Some("of_2"), ..of_demo }).await, ["of_1"]);
    assert!(ids(OffersAsked { after: Some("of_none"), ..of_demo }).await.is_empty());
    assert_eq!(ids(OffersAsked { state: Some("withdrawn"), ..of_demo }).await, ["of_4"]);
    let whole = Span { from: Timestamp::UNIX_EPOCH, to: Timestamp::MAX };
    assert_eq!(ids(OffersAsked { accepted: Some(whole), ..of_demo }).await.len(), 2);
    let none = Span { to: Timestamp::UNIX_EPOCH, ..whole };
    assert!(ids(OffersAsked { accepted: Some(none), ..of_demo }).await.is_empty());
    assert!(ids(OffersAsked { sandbox: Some(true), ..of_demo }).await.is_empty());
    assert_eq!(ids(OffersAsked { most: 9, ..Default::default() }).await.len(), 6);
}

async fn offers_that_have_ended_are_found(place: Place) {
    let records = place.records().await;
    assert_eq!(records.last_end().await.unwrap(), None);
    for number in 1..=3 {
        add(&records, number).await;
    }
    let (standing, told) = changed(2, 2, "redeemed", Some("A1"));
    records.change_offer("of_2", &standing, &told).await.unwrap();
    assert!(records.ended_offers(false, at(3_599), 0, 9).await.unwrap().is_empty());
    assert_eq!(records.ended_offers(false, at(3_600), 0, 9).await.unwrap(), [offer(1), offer(3)]);
    assert_eq!(records.ended_offers(false, at(3_600), 0, 1).await.unwrap(), [offer(1)]);
    assert_eq!(records.ended_offers(false, at(3_600), 1, 9).await.unwrap(), [offer(3)]);
    assert!(records.ended_offers(true, at(3_600), 0, 9).await.unwrap().is_empty());
    assert_eq!(records.last_end().await.unwrap(), Some(at(3_600)));
}

async fn offers_go_when_their_time_is_over_with_their_whole_story(place: Place) {
    let records = place.records().await;
    let day = 86_400;
    let mut open = offer(1);
    open.expires_at = at(90 * day);
    records.add_offer(&open, None, &accepted(1)).await.unwrap();
    add(&records, 2).await;
    let (standing, mut told) = changed(2, 2, "redeemed", Some("A1"));
    told.event.at = at(5 * day);
    records.change_offer("of_2", &standing, &told).await.unwrap();
    let week = SignedDuration::from_hours(7 * 24);
    let purge = async |days: i64| records.purge_offers(at(days * day), week).await.unwrap();
    assert_eq!(purge(12).await, 0, "it changed five days later");
    assert_eq!(purge(13).await, 3, "an offer and two events");
    assert_eq!(purge(80).await, 0, "an offer that still holds");
    assert_eq!(records.check_books().await.unwrap(), []);
    assert_eq!(purge(90).await, 2);
    let mut other = place.other().await;
    for table in ["offers", "events", "deliveries"] {
        assert_eq!(other.number(&format!("SELECT count(*) FROM {table}")).await.unwrap(), 0, "{table}");
    }
}

async fn a_database_that_another_holds_is_waited_for(place: Place) {
    let records = place.records().await;
    add(&records, 1).await;
    let mut other = place.other().await;
    let hold = if place.is_postgres {
        "BEGIN; UPDATE offers SET version = version + 1 WHERE id = 'of_1'"
    } else {
        "BEGIN IMMEDIATE"
    };
    other.run(hold).await.unwrap();
    let waiting = records.clone();
    let (standing, told) = changed(1, 2, "withdrawn", None);
    let changing = tokio::spawn(async move { waiting.change_offer("of_1", &standing, &told).await });
    // Longer than a single write waits for another process.
    tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
    other.run("ROLLBACK").await.unwrap();
    assert!(changing.await.unwrap().unwrap());
}
