//! Redeeming, releasing, withdrawing and expiring offers.

use std::sync::Arc;

use checkout::{
    Amount, Checkout, CheckoutError, Kept, OfferId, OfferToken, OrderId, Reason, Redemption, Refusal, State,
    TokenError,
};
use domain::Money;
use records::DeliveriesAsked;

use crate::place::{Place, accept, moment, on_both, order};

on_both!(
    an_offer_is_redeemed_by_one_order_and_the_same_may_ask_again,
    of_a_thousand_orders_at_once_one_takes_the_offer,
    the_same_order_many_times_at_once_is_told_the_same,
    another_amount_uses_nothing,
    another_merchants_offer_is_not_found,
    a_token_that_is_sent_along_must_be_the_offers,
    a_released_offer_can_be_redeemed_again_while_it_holds,
    a_withdrawn_offer_is_never_redeemed,
    offers_whose_end_has_come_are_marked_each_with_its_event,
    offers_that_cannot_be_read_keep_no_other_from_being_marked,
);

fn refusal(done: Result<Kept, CheckoutError>) -> Refusal {
    match done {
        Err(CheckoutError::Refused(refusal)) => refusal,
        done => panic!("{done:?}"),
    }
}

async fn kinds(checkout: &Checkout, id: &OfferId) -> Vec<(u64, String)> {
    let story = checkout.story(id).await.unwrap();
    story.into_iter().map(|event| (event.offer.unwrap().1, event.kind)).collect()
}

async fn an_offer_is_redeemed_by_one_order_and_the_same_may_ask_again(place: Place) {
    let checkout = place.checkout().await;
    let kept = accept(&checkout, "a").await;
    let id = kept.offer.id();
    place.set_clock(60);
    let redeemed = checkout.redeem(id, "demo", order("A1")).await.unwrap();
    let state = State::Redeemed { order_id: OrderId::parse("A1").unwrap(), at: moment(60) };
    assert_eq!((&redeemed.standing.state, redeemed.standing.version), (&state, 2));
    place.set_clock(100_000);
    assert_eq!(checkout.redeem(id, "demo", order("A1")).await.unwrap(), redeemed, "also after its end");
    assert_eq!(refusal(checkout.redeem(id, "demo", order("A2")).await), Refusal::AlreadyRedeemed);
    assert_eq!(refusal(checkout.withdraw(id, "demo").await), Refusal::AlreadyRedeemed);
    let told = [(1, "offer.accepted".to_owned()), (2, "offer.redeemed".to_owned())];
    assert_eq!(kinds(&checkout, id).await, told);
    // One endpoint gets both events, the other one only the redemption.
    let sent = DeliveriesAsked { most: 9, ..Default::default() };
    assert_eq!(place.records().await.deliveries(sent).await.unwrap().len(), 3);
}

/// Redeems one offer at two instances at once, for these orders. Returns how many succeed, and how many are
/// refused because the offer is redeemed already.
async fn at_once(place: &Place, orders: impl Iterator<Item = String>) -> (u32, u32) {
    let instances = [place.checkout().await, place.checkout().await];
    let kept = accept(&instances[0], "a").await;
    let redeeming = orders.enumerate().map(|(number, id)| {
        let (checkout, offer) = (Arc::clone(&instances[number % 2]), kept.offer.id().clone());
        tokio::spawn(async move { checkout.redeem(&offer, "demo", order(&id)).await })
    });
    let (mut taken, mut refused) = (0, 0);
    for redeemed in redeeming.collect::<Vec<_>>() {
        match redeemed.await.unwrap() {
            Ok(_) => taken += 1,
            done => {
                assert_eq!(refusal(done), Refusal::AlreadyRedeemed);
                refused += 1;
            }
        }
    }
    assert_eq!(kinds(&instances[0], kept.offer.id()).await.len(), 2);
    assert_eq!(place.records().await.check_books().await.unwrap(), []);
    (taken, refused)
}

async fn of_a_thousand_orders_at_once_one_takes_the_offer(place: Place) {
    let orders = (0..1000).map(|number| format!("A{number}"));
    assert_eq!(at_once(&place, orders).await, (1, 999));
}

async fn the_same_order_many_times_at_once_is_told_the_same(place: Place) {
    let orders = (0..50).map(|_| "A1".to_owned());
    assert_eq!(at_once(&place, orders).await, (50, 0));
}

async fn another_amount_uses_nothing(place: Place) {
    let checkout = place.checkout().await;
    let kept = accept(&checkout, "a").await;
    let given = Amount::cny(Money::from_fen(470_001));
    let wrong = Redemption { amount: given, ..order("A1") };
    let expected = Amount::cny(Money::from_fen(470_000));
    let told = refusal(checkout.redeem(kept.offer.id(), "demo", wrong).await);
    assert_eq!(told, Refusal::AmountMismatch { expected, given });
    assert_eq!(checkout.get(kept.offer.id().as_str(), None).await.unwrap(), kept);
}

async fn another_merchants_offer_is_not_found(place: Place) {
    let checkout = place.checkout().await;
    let kept = accept(&checkout, "a").await;
    let (id, code) = (kept.offer.id(), kept.offer.code().to_string());
    let order_id = OrderId::parse("A1").unwrap();
    for done in [
        checkout.redeem(id, "other", order("A1")).await,
        checkout.release(id, Some("other"), order_id, None).await,
        checkout.withdraw(id, "other").await,
        checkout.get(id.as_str(), Some("other")).await,
        checkout.get(&code, Some("other")).await,
        checkout.get("of_none", None).await,
        checkout.redeem(&OfferId::from_random(99), "demo", order("A1")).await,
    ] {
        assert!(matches!(done, Err(CheckoutError::NotFound)), "{done:?}");
    }
}

async fn a_token_that_is_sent_along_must_be_the_offers(place: Place) {
    let checkout = place.checkout().await;
    let [one, two] = [accept(&checkout, "a").await, accept(&checkout, "b").await];
    let with = |kept: &Kept| Redemption { token: Some(checkout.token(&kept.offer)), ..order("A1") };
    let error = checkout.redeem(one.offer.id(), "demo", with(&two)).await.unwrap_err();
    assert!(matches!(error, CheckoutError::TokenOfAnother), "{error}");
    let torn = Redemption { token: Some(OfferToken::received("a.b.c".into())), ..order("A1") };
    let error = checkout.redeem(one.offer.id(), "demo", torn).await.unwrap_err();
    assert!(matches!(error, CheckoutError::Token(TokenError::Malformed)), "{error}");
    let redemption = with(&one);
    checkout.redeem(one.offer.id(), "demo", redemption.clone()).await.unwrap();
    // Again, after the end of the token.
    place.set_clock(100_000);
    checkout.redeem(one.offer.id(), "demo", redemption).await.unwrap();
    let late = checkout.redeem(two.offer.id(), "demo", with(&two)).await;
    assert_eq!(refusal(late), Refusal::Expired);
}

async fn a_released_offer_can_be_redeemed_again_while_it_holds(place: Place) {
    let checkout = place.checkout().await;
    let kept = accept(&checkout, "a").await;
    let id = kept.offer.id();
    let release = async |order: &str, reason: Option<&str>| {
        let reason = reason.map(|text| Reason::parse(text).unwrap());
        checkout.release(id, Some("demo"), OrderId::parse(order).unwrap(), reason).await
    };
    assert_eq!(refusal(release("A1", None).await), Refusal::Conflict);
    checkout.redeem(id, "demo", order("A1")).await.unwrap();
    assert_eq!(refusal(release("A2", None).await), Refusal::Conflict);
    let released = release("A1", Some("order cancelled")).await.unwrap();
    assert_eq!(released.standing.state, State::Accepted);
    let story = checkout.story(id).await.unwrap();
    assert_eq!(story[2].reason.as_deref(), Some("order cancelled"));
    assert!(!story[2].body.contains("cancelled"), "the event's body is fixed");
    checkout.redeem(id, "demo", order("A2")).await.unwrap();
    place.set_clock(86_400);
    let released = release("A2", None).await.unwrap();
    assert_eq!((released.standing.state, released.standing.version), (State::Expired, 5));
}

async fn a_withdrawn_offer_is_never_redeemed(place: Place) {
    let checkout = place.checkout().await;
    let kept = accept(&checkout, "a").await;
    let withdrawn = checkout.withdraw(kept.offer.id(), "demo").await.unwrap();
    assert_eq!(checkout.withdraw(kept.offer.id(), "demo").await.unwrap(), withdrawn);
    assert_eq!(refusal(checkout.redeem(kept.offer.id(), "demo", order("A1")).await), Refusal::Withdrawn);
}

async fn offers_that_cannot_be_read_keep_no_other_from_being_marked(place: Place) {
    let checkout = place.checkout().await;
    let kept = accept(&checkout, "a").await;
    place.add_unreadable_offers(150).await;
    place.set_clock(86_400);
    assert_eq!(checkout.expire_ended().await.unwrap(), 1);
    assert_eq!(kinds(&checkout, kept.offer.id()).await[1].1, "offer.expired");
    assert_eq!(checkout.expire_ended().await.unwrap(), 0);
}

async fn offers_whose_end_has_come_are_marked_each_with_its_event(place: Place) {
    let checkout = place.checkout().await;
    let [one, two, three] =
        [accept(&checkout, "a").await, accept(&checkout, "b").await, accept(&checkout, "c").await];
    checkout.redeem(two.offer.id(), "demo", order("A1")).await.unwrap();
    assert_eq!(checkout.expire_ended().await.unwrap(), 0);
    place.set_clock(86_400);
    assert_eq!(refusal(checkout.redeem(one.offer.id(), "demo", order("A1")).await), Refusal::Expired);
    // A shop reads an offer before it is marked as expired.
    let seen = checkout.get(three.offer.id().as_str(), Some("demo")).await.unwrap();
    assert_eq!(seen.standing.state, State::Expired);
    assert_eq!(checkout.expire_ended().await.unwrap(), 1);
    assert_eq!(checkout.expire_ended().await.unwrap(), 0);
    for id in [one.offer.id(), three.offer.id()] {
        assert_eq!(kinds(&checkout, id).await[1].1, "offer.expired");
    }
    assert_eq!(checkout.last_end().await.unwrap(), moment(86_400));
}
